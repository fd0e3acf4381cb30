import { aClient, aRelyingParty, tokensOf } from '../support/index.js';
import type { RelyingParty } from '../support/index.js';
import { CARLA } from './shop/start-shop.js';
import type { Shop } from './shop/start-shop.js';

/**
 * Everything that an application does: asks for authorization, has a customer of the shop sign in and consent, gets
 * tokens, uses, refreshes, looks up and revokes them. Each answer is what its RFC says, whatever the shop is made of.
 */
export async function completeFlow(shop: Shop): Promise<void> {
  const { gatehouse } = shop;
  await discovery(shop);
  const rp = await aRelyingParty(gatehouse, aClient().scope('openid profile offline_access invoices'));
  const scope = 'openid profile offline_access invoices';

  const code = await rp.code({ scope }, CARLA);
  const answer = await rp.exchange(code);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const tokens = tokensOf(answer);
  expect(Object.keys(tokens)).toEqual(expect.arrayContaining(['access_token', 'token_type', 'refresh_token', 'id_token']));

  const refreshed = tokensOf(await rp.refresh(tokens.refresh_token));
  expect((await rp.userinfo(refreshed.access_token)).json).toEqual({ sub: CARLA.subject, name: 'Carla Customer' });
  expect((await rp.introspect(refreshed.access_token)).json).toMatchObject({
    active: true,
    iss: gatehouse.issuer,
    sub: CARLA.subject,
    username: CARLA.username,
  });
  await revocation(shop, rp, refreshed.access_token);
}

/** The addresses that the document names are where something answers. */
async function discovery(shop: Shop): Promise<void> {
  const { issuer } = shop.gatehouse;
  const { json } = await shop.gatehouse.send('/.well-known/openid-configuration');
  expect(json.issuer).toBe(issuer);
  expect(json.token_endpoint).toBe(`${issuer}/oauth/token`);
  const keys = await shop.gatehouse.send((json.jwks_uri as string).slice(issuer.length));
  expect(keys.json).toEqual({ keys: [expect.anything(), ...Array(keys.json.keys.length - 1).fill(expect.anything())] });
}

async function revocation(shop: Shop, rp: RelyingParty, token: string): Promise<void> {
  const authorization = `Bearer ${token}`;
  expect((await rp.userinfo(token)).status).toBe(200);
  expect((await rp.revoke(token)).status).toBe(200);
  expect((await rp.introspect(token)).json).toEqual({ active: false });
  const refused = await rp.userinfo(token);
  expect(refused.status).toBe(401);
  expect(refused.headers['www-authenticate']).toMatch(/^Bearer realm="gatehouse", error="invalid_token"/);
  void authorization;
}
