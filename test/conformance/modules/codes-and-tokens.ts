import { decodeJwt } from 'jose';
import { expectIdToken, expectTokens, expectUnguessable } from '../checks.js';
import { SUITE, declaredClient, refreshing, registeredClient, unregister } from '../clients.js';
import type { SuiteClient } from '../clients.js';
import { aBehaviour } from '../plan.js';
import type { Run } from '../run.js';

async function expectInvalidGrant(
  answer: Promise<{ status: number; json: { error?: string } }>,
): Promise<void> {
  const { status, json } = await answer;
  expect([status, json.error]).toEqual([400, 'invalid_grant']);
}

export const codeReuse = aBehaviour('redeems a code once', async (run) => {
  const { callback } = await run.flow();
  await expectInvalidGrant(run.exchange(callback.parameters['code']!));
});

export const codeReuseAfter30Seconds = aBehaviour(
  'refuses a code that comes again later, and takes back what it gave',
  async (run) => {
    const { callback, accessToken } = await run.flow();
    run.server.clock.advance(30);
    expect((await run.callUserinfo(accessToken!)).status).toBe(200);
    await expectInvalidGrant(run.exchange(callback.parameters['code']!));
    expect((await run.callUserinfo(accessToken!)).status).toBe(401);
  },
);

/** With the wish of OpenID Connect Core §11. */
export const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };

/** A refresh token, and what is behind it after it was used once, with every check on the way. */
async function refreshed(run: Run): Promise<string> {
  const { tokens, idTokens } = await run.flow(OFFLINE);
  expectUnguessable(tokens['refresh_token']!);
  run.server.clock.advance(2);
  const again = expectTokens(await run.refresh(tokens['refresh_token']!));
  await expectSameSignIn(run, idTokens.at(-1)!.jwt, again['id_token']!);
  expect((await run.callUserinfo(again['access_token']!)).status).toBe(200);
  return again['refresh_token'] ?? tokens['refresh_token']!;
}

/** @see OpenID Connect Core §12.2 */
export async function expectSameSignIn(run: Run, before: string, after: string): Promise<void> {
  const { server, jwks, client } = run;
  const claims = await expectIdToken(after, { server, jwks, audience: client.id, nonce: undefined });
  const first = decodeJwt(before);
  for (const name of ['iss', 'sub', 'aud', 'auth_time', 'azp']) expect(claims[name]).toEqual(first[name]);
  expect(claims.iat).toBeGreaterThan(first.iat!);
}

export const refreshToken = aBehaviour(
  'refreshes for the client that the token was issued to, and for no other',
  async (run) => {
    expect(run.metadata['scopes_supported']).toContain('offline_access');
    expect(run.metadata['grant_types_supported']).toContain('refresh_token');
    await refreshed(run);
    const second = run.with(await secondClient(run));
    const token = await refreshed(second);
    await expectInvalidGrant(run.refresh(token));
    await unregister(run.server, second.client);
  },
  refreshing,
);

function secondClient({ server, variant }: Run): Promise<SuiteClient> | SuiteClient {
  if (variant.registration === 'static_client') return declaredClient(variant.method, true);
  const redirect_uris = [`${SUITE}/callback?dummy1=lorem&dummy2=ipsum`];
  return registeredClient(server, {
    ...variant,
    metadata: { ...refreshing(variant), redirect_uris },
  });
}
