import { createHash } from 'node:crypto';
import {
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  headerOf,
  sharedServer,
  tokensOf,
  verifyJwt,
} from '../../support/index.js';
import type { RelyingParty } from '../../support/index.js';

const HYBRID = {
  grant_types: ['authorization_code', 'refresh_token', 'implicit'],
  response_types: ['code', 'code id_token', 'code id_token token', 'id_token'],
};

/** The left half of the hash that belongs to the algorithm. */
function halfHash(text: string, alg: string): string {
  const digest = createHash(alg === 'EdDSA' ? 'sha512' : 'sha256')
    .update(text)
    .digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

describe('OpenID Connect Core §10.1 signing', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const metadata = (await server.send('/.well-known/openid-configuration')).json;

  const clientWith = async (alg: string): Promise<RelyingParty> => {
    const builder = aClient().with({ ...HYBRID, id_token_signed_response_alg: alg });
    return (await aRelyingParty(server, builder)).signIn(user);
  };

  describe.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('%s', (alg) => {
    it('is advertised, and has a key of its own', async () => {
      expect(metadata.id_token_signing_alg_values_supported).toContain(alg);
      const { keys } = (await server.send('/oauth/jwks')).json;
      const own = keys.filter((key: { alg?: string }) => key.alg === alg);
      expect(own.length).toBeGreaterThan(0);
      for (const key of own) expect(key).toMatchObject({ use: 'sig', kid: expect.any(String) });
    });

    it('signs the ID tokens of a client that is registered for it (oidcc-idtoken-signature)', async () => {
      const rp = await clientWith(alg);
      const { id_token, access_token, refresh_token } = await rp.tokens();
      expect(headerOf(id_token)).toEqual({ alg, typ: 'JWT', kid: expect.any(String) });
      const { payload } = await verifyJwt(server, id_token, { audience: rp.client.id, typ: 'JWT' });
      expect(payload['at_hash']).toBe(halfHash(access_token, alg));
      const refreshed = tokensOf(await rp.refresh(refresh_token));
      expect(headerOf(refreshed.id_token)['alg']).toBe(alg);
    });

    it('hashes what an authorization response holds beside the ID token: c_hash, at_hash, s_hash', async () => {
      const rp = await clientWith(alg);
      const request = { response_type: 'code id_token token', nonce: 'n', state: 'Zürich' };
      const back = await rp.signInAndConsent(undefined, request);
      const answer = new URLSearchParams(back.hash.slice(1));
      expect(claimsOf(answer.get('id_token')!)).toMatchObject({
        c_hash: halfHash(answer.get('code')!, alg),
        at_hash: halfHash(answer.get('access_token')!, alg),
        s_hash: halfHash('Zürich', alg),
      });
    });
  });

  it('is RS256 for a client that says nothing (oidcc-idtoken-rs256)', async () => {
    const rp = await (await aRelyingParty(server)).signIn(user);
    expect(headerOf((await rp.tokens()).id_token)['alg']).toBe('RS256');
  });

  it('never is none (oidcc-idtoken-unsigned)', async () => {
    expect(metadata.id_token_signing_alg_values_supported).not.toContain('none');
    const unsigned = aClient().with({ id_token_signed_response_alg: 'none' });
    await expect(unsigned.register(server)).rejects.toThrow('id_token_signed_response_alg');
  });

  it('FAPI 1.0 Advanced §5.2.2.1 has no s_hash where no state was sent, nor at the token endpoint', async () => {
    const rp = await clientWith('RS256');
    const request = { response_type: 'code id_token', nonce: 'n', state: undefined };
    const back = await rp.signInAndConsent(undefined, request);
    const answer = new URLSearchParams(back.hash.slice(1));
    expect(claimsOf(answer.get('id_token')!)).not.toHaveProperty('s_hash');
    expect(claimsOf((await rp.tokens()).id_token)).not.toHaveProperty('s_hash');
  });

  it('K01 takes a token that one key has signed for no other algorithm', async () => {
    const { keys } = (await server.send('/oauth/jwks')).json;
    const ids = keys.map((key: { kid: string }) => key.kid);
    expect(new Set(ids).size).toBe(ids.length);
    const rsa = keys.filter((key: { kty: string }) => key.kty === 'RSA');
    expect(new Set(rsa.map((key: { n: string }) => key.n)).size).toBe(rsa.length);
    for (const key of rsa) expect(Buffer.from(key.n, 'base64url').length).toBe(256);
  });
});
