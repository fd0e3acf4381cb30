import { createHash } from 'node:crypto';
import {
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  headerOf,
  sharedServer,
  tokensOf,
  verifyJwt,
} from '../../support/index.js';

const server = await sharedServer();
const user = await aUser().with({ name: 'Ada Lovelace', email: 'ada@example.com' }).register(server);
const now = () => Math.floor(server.clock.now().getTime() / 1000);

describe('OpenID Connect Core §2 ID token', async () => {
  const rp = await (await aRelyingParty(server)).signIn(user);

  it('says who signed in, when and how, and nothing else about the person', async () => {
    const { id_token, access_token } = await rp.tokens({
      scope: 'openid profile email offline_access',
      nonce: 'n',
    });
    const { payload } = await verifyJwt(server, id_token, { audience: rp.client.id, typ: 'JWT' });
    expect(payload).toEqual({
      iss: server.issuer,
      sub: user.subject,
      aud: rp.client.id,
      iat: now(),
      exp: now() + 3600,
      auth_time: expect.any(Number),
      amr: ['pwd'],
      acr: '1',
      nonce: 'n',
      at_hash: createHash('sha256').update(access_token).digest().subarray(0, 16).toString('base64url'),
      sid: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it('is signed with RS256 and names its key', async () => {
    const { id_token } = await rp.tokens();
    expect(headerOf(id_token)).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) });
  });

  it.each(['n', 'x'.repeat(384), 'Zürich 🔑 "&<'])('returns the nonce intact: %.10s', async (nonce) => {
    expect(claimsOf((await rp.tokens({ nonce })).id_token)).toMatchObject({ nonce });
  });

  it('holds no nonce where none was sent', async () => {
    expect(claimsOf((await rp.tokens()).id_token)).not.toHaveProperty('nonce');
  });

  it('is for one client alone', async () => {
    const other = await (await aRelyingParty(server)).signIn(user);
    const [one, two] = [await rp.tokens(), await other.tokens()].map(({ id_token }) => claimsOf(id_token));
    expect(one!.sub).toBe(two!.sub);
    expect(one!.aud).not.toBe(two!.aud);
  });

  it('says the same sid in one session, and another at the next browser', async () => {
    const first = claimsOf((await rp.tokens()).id_token);
    expect(claimsOf((await rp.tokens()).id_token).sid).toBe(first.sid);
    const elsewhere = await new RelyingParty(server, rp.client).signIn(user);
    expect(claimsOf((await elsewhere.tokens()).id_token).sid).not.toBe(first.sid);
  });

  it('§12.2 is refreshed with the same iss, sub, aud and auth_time, and a newer iat', async () => {
    const first = await rp.tokens({ nonce: 'n' });
    server.clock.advance(60);
    const second = tokensOf(await rp.refresh(first.refresh_token));
    const [before, after] = [claimsOf(first.id_token), claimsOf(second.id_token)];
    for (const claim of ['iss', 'sub', 'aud', 'auth_time', 'sid'])
      expect(after[claim]).toEqual(before[claim]);
    expect(after.iat).toBe(before.iat! + 60);
    expect(after).not.toHaveProperty('nonce');
  });

  it('is not given without openid, nor to a client that acts for itself', async () => {
    expect((await rp.tokens({ scope: 'profile' })).id_token).toBeUndefined();
    const machine = await aRelyingParty(server, aClient().machine());
    expect((await machine.clientCredentials()).json).not.toHaveProperty('id_token');
  });
});
