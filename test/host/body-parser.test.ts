import { aClient, basic, expectOAuthError } from '../support/index.js';
import { completeFlow } from './complete-flow.js';
import { aShop } from './shop/start-shop.js';
import type { Shop } from './shop/start-shop.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

const postToken = (shop: Shop, body: string, headers: Record<string, string> = FORM) =>
  shop.gatehouse.send('/oauth/token', { method: 'POST', headers, body: Buffer.from(body) });

/** Whoever has read the form before us: a parameter comes once, or not at all. @see RFC 6749 §3.2 */
async function expectStrictness(shop: Shop): Promise<void> {
  const { id, secret } = await aClient().machine().register(shop.gatehouse);
  const asClient = { ...FORM, authorization: basic(id, secret!) };
  expect((await postToken(shop, 'grant_type=client_credentials', asClient)).status).toBe(200);
  for (const body of [
    'grant_type=client_credentials&grant_type=client_credentials',
    'grant_type=client_credentials&scope=read&scope=write',
    'grant_type[]=client_credentials',
    'grant_type[]=client_credentials&grant_type[]=client_credentials',
    'grant_type[a]=client_credentials',
    'grant_type=client_credentials&grant_type[b]=c&grant_type=d',
    'x=1',
  ]) {
    const answer = await postToken(shop, body, asClient);
    expect([body, answer.status]).toEqual([body, 400]);
    expectOAuthError(answer, 400, 'invalid_request');
  }
  expectOAuthError(await postToken(shop, `a=${'x'.repeat(200_000)}`), 413, 'invalid_request');
  expectOAuthError(
    await postToken(shop, '{"grant_type":"refresh_token"}', JSON_TYPE),
    415,
    'invalid_request',
  );
  const broken = await postToken(shop, '{"grant_type":', JSON_TYPE);
  expectOAuthError(broken, broken.status, 'invalid_request');
  expect([400, 415]).toContain(broken.status);
}

describe("The host keeps its body parser, Express's own", () => {
  const shop = aShop();

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('which reads the JSON and the forms of its routes, nested ones too', async () => {
    const placed = await shop().postJson('/orders', { article: 'tea', count: 2 });
    expect(placed.json.placed).toEqual({ article: 'tea', count: 2 });
    const form = { method: 'POST', headers: FORM, body: Buffer.from('items[0][article]=tea&note=x') };
    expect((await shop().send('/orders/paid', form)).json).toEqual({
      raw: null,
      body: { items: [{ article: 'tea' }], note: 'x' },
    });
  });

  it('and the token endpoint stays strict', () => expectStrictness(shop()));

  it('and what it cannot read of a route of its own, it answers itself', async () => {
    const answer = await shop().send('/orders', {
      method: 'POST',
      headers: JSON_TYPE,
      body: Buffer.from('{"a'),
    });
    expect(answer.json).toMatchObject({ statusCode: 400, error: 'Bad Request' });
  });
});

describe('The host keeps its raw bodies (rawBody: true)', () => {
  const shop = aShop({ create: { rawBody: true } });

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('and sees every byte of what came to its route', async () => {
    const signed = '{ "amount":  1.50, "amount": 2 }';
    const answer = await shop().send('/orders/paid', {
      method: 'POST',
      headers: JSON_TYPE,
      body: Buffer.from(signed),
    });
    expect(answer.json.raw).toBe(signed);
  });

  it('and the token endpoint stays strict, to the byte', async () => {
    await expectStrictness(shop());
    const broken = await postToken(shop(), 'grant_type=client_credentials&client_id=%ff');
    expectOAuthError(broken, 400, 'invalid_request');
    expect(broken.json.error_description).toContain('UTF-8');
  });
});

describe('The host without a body parser (bodyParser: false)', () => {
  const shop = aShop({ create: { bodyParser: false } });

  it('has none afterwards, and the complete flow passes', async () => {
    await completeFlow(shop());
    expect((await shop().postJson('/orders/paid', { a: 1 })).json).toEqual({ raw: null });
  });

  it('and the token endpoint stays strict', () => expectStrictness(shop()));
});
