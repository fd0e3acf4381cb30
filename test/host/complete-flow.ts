import { aClient, aRelyingParty, tokensOf } from '../support/index.js';
import type { RelyingParty } from '../support/index.js';
import { CARLA } from './shop/start-shop.js';
import type { Shop } from './shop/start-shop.js';

/**
 * Everything that an application does: asks for authorization, has a customer of the shop sign in and consent, gets
 * tokens, uses, refreshes, looks up and revokes them. Each answer is what its RFC says, whatever the shop is made of.
 */
export async function completeFlow(shop: Shop, { path = '/invoices', headers = {} } = {}): Promise<void> {
  const { gatehouse } = shop;
  await discovery(shop);
  const rp = await aRelyingParty(gatehouse, aClient().scope('openid profile offline_access invoices'));
  const scope = 'openid profile offline_access invoices';

  const code = await rp.code({ scope }, CARLA);
  const answer = await rp.exchange(code);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const tokens = tokensOf(answer);
  expect(Object.keys(tokens)).toEqual(
    expect.arrayContaining(['access_token', 'token_type', 'refresh_token', 'id_token']),
  );

  const refreshed = tokensOf(await rp.refresh(tokens.refresh_token));
  expect((await rp.userinfo(refreshed.access_token)).json).toEqual({
    sub: CARLA.subject,
    name: 'Carla Customer',
    preferred_username: CARLA.username,
  });
  expect((await rp.introspect(refreshed.access_token)).json).toMatchObject({
    active: true,
    iss: gatehouse.issuer,
    sub: CARLA.subject,
    username: CARLA.username,
  });
  const { access_token: token } = refreshed;
  const shopAccepts = (token: string) =>
    isAccepted(shop, path, { authorization: `Bearer ${token}`, ...headers });
  expect(await shopAccepts(token)).toBe(true);
  await revocation(rp, token);
  expect(await shopAccepts(token)).toBe(false);
}

/** At the shop's own API, which Gatehouse guards. */
async function isAccepted(shop: Shop, path: string, headers: Record<string, string>): Promise<boolean> {
  const answer = await shop.get(path, headers);
  if (answer.status === 200) expect(answer.body).toContain(CARLA.subject);
  else expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="gatehouse", error="invalid_token"/);
  return answer.status === 200;
}

/** The addresses that the document names are where something answers. */
async function discovery(shop: Shop): Promise<void> {
  const { issuer } = shop.gatehouse;
  const answer = await shop.gatehouse.send('/.well-known/openid-configuration');
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
  const { json } = answer;
  expect(json.issuer).toBe(issuer);
  expect(json.token_endpoint).toBe(`${issuer}/oauth/token`);
  const keys = await shop.gatehouse.send((json.jwks_uri as string).slice(issuer.length));
  expect(Object.keys(keys.json as object)).toEqual(['keys']);
}

async function revocation(rp: RelyingParty, token: string): Promise<void> {
  expect((await rp.userinfo(token)).status).toBe(200);
  expect((await rp.revoke(token)).status).toBe(200);
  expect((await rp.introspect(token)).json).toEqual({ active: false });
  const refused = await rp.userinfo(token);
  expect(refused.status).toBe(401);
  expect(refused.headers['www-authenticate']).toMatch(/^Bearer realm="gatehouse", error="invalid_token"/);
}
