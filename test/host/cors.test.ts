import { aClient } from '../support/index.js';
import type { HttpAnswer } from '../support/index.js';
import { completeFlow } from './complete-flow.js';
import { aShop } from './shop/start-shop.js';
import type { ShopOptions } from './shop/start-shop.js';

const FRIEND = 'https://friend-of-the-shop.test';
const SPA = 'https://spa.test';
const STRANGER = 'https://stranger.test';

const ways: { by: string; options: ShopOptions }[] = [
  { by: 'enableCors', options: { main: (app) => app.enableCors({ origin: [FRIEND] }) } },
  { by: 'the option cors', options: { create: { cors: { origin: [FRIEND] } } } },
];

const allowed = (answer: HttpAnswer) => answer.headers['access-control-allow-origin'];

describe.each(ways)('The host keeps its CORS, by $by', ({ options }) => {
  const shop = aShop(options);

  const preflight = (path: string, origin: string) =>
    shop().send(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('which answers for its own routes', async () => {
    const asked = await preflight('/orders', FRIEND);
    expect([asked.status, allowed(asked)]).toEqual([204, FRIEND]);
    expect(allowed(await preflight('/orders', SPA))).toBeUndefined();
    expect(allowed(await shop().get('/orders', { origin: FRIEND }))).toBe(FRIEND);
  });

  it('and pages of a registered client may call the endpoints that are for them, which the host does not know', async () => {
    const spa = await aClient()
      .public()
      .with({ allowed_origins: [SPA] })
      .register(shop().gatehouse);
    for (const endpoint of ['token', 'revoke', 'userinfo', 'jwks']) {
      const asked = await preflight(`/oauth/${endpoint}`, SPA);
      expect([endpoint, asked.status, allowed(asked)]).toEqual([endpoint, 204, SPA]);
      expect(asked.headers['access-control-allow-headers']).toContain('authorization');
      expect(allowed(await preflight(`/oauth/${endpoint}`, STRANGER))).toBeUndefined();
    }
    const answer = await shop().send('/oauth/token', {
      method: 'POST',
      headers: { origin: SPA },
      body: { grant_type: 'refresh_token', refresh_token: 'none', client_id: spa.id },
    });
    expect([answer.json.error, allowed(answer)]).toEqual(['invalid_grant', SPA]);
  });
});
