import { ClientsService } from '../../src/clients/index.js';
import {
  EDITOR,
  RelyingParty,
  aClient,
  aRelyingParty,
  basic,
  expectOAuthError,
  sharedServer,
  tokensOf,
} from '../support/index.js';

const MACHINE_FORM = { grant_type: 'client_credentials' };

describe('Seeds: how a client proves itself', async () => {
  const server = await sharedServer();

  const storedSecrets = (id: string) =>
    server.sql<Record<string, unknown>>('SELECT * FROM gh_client_secret WHERE client_id = $1', [id]);

  // @see src/clients/client-secret.entity.ts, docs/decisions/0008-secrets-that-people-chose.md
  it('row 29: secrets are hashed and unrecoverable, unless readable_secret is chosen, which encrypts them', async () => {
    const hashed = await aClient()
      .machine()
      .with({ client_secret: 'a secret of the operator' })
      .register(server);
    const readable = await aClient().machine().with({ readable_secret: true }).register(server);
    const [[one], [other]] = [await storedSecrets(hashed.id), await storedSecrets(readable.id)];
    expect([one!['password_hash'], one!['encrypted']]).toEqual([
      expect.stringMatching(/^\$argon2id\$/),
      null,
    ]);
    expect(other!['encrypted']).not.toBeNull();
    for (const [row, { secret }] of [
      [one, hashed],
      [other, readable],
    ] as const) {
      expect(Object.values(row!).map(String).join()).not.toContain(secret);
    }
  });

  // @see src/clients/client-secrets.service.ts, src/clients/client-secret.entity.ts
  it('row 32: a secret may look like a hash, because what was hashed is a column and not a guess', async () => {
    const looks = [
      'pbkdf2_sha256$600000$salt$hash',
      '$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA',
      '0'.repeat(64),
    ];
    for (const client_secret of looks) {
      const rp = await aRelyingParty(server, aClient().machine().with({ client_secret }));
      expect((await rp.clientCredentials()).status).toBe(200);
      const [row] = await storedSecrets(rp.client.id);
      const hash = String(row!['password_hash']);
      const thief = new RelyingParty(server, { ...rp.client, secret: hash });
      expect((await thief.clientCredentials()).json.error).toBe('invalid_client');
    }
  });

  // @see src/client-authentication/client-authenticator.ts
  it('row 37: token_endpoint_auth_method is kept to, in both directions', async () => {
    for (const [registered, other] of [
      ['client_secret_basic', 'client_secret_post'],
      ['client_secret_post', 'client_secret_basic'],
    ]) {
      const rp = await aRelyingParty(
        server,
        aClient().machine().with({ token_endpoint_auth_method: registered }),
      );
      expect((await rp.clientCredentials()).status).toBe(200);
      const wrong = new RelyingParty(server, { ...rp.client, authenticationMethod: other! });
      expectOAuthError(await wrong.clientCredentials(), 401, 'invalid_client');
    }
  });

  // @see src/clients/client.entity.ts, src/client-authentication/client-authentication.guard.ts
  it('row 38: introspection and revocation have methods of their own, as at the token endpoint unless told', async () => {
    const methods = {
      introspection_endpoint_auth_method: 'client_secret_post',
      revocation_endpoint_auth_method: 'client_secret_post',
    };
    const rp = await aRelyingParty(server, aClient().machine().with(methods));
    const { access_token } = tokensOf(await rp.clientCredentials());
    const byPost = new RelyingParty(server, { ...rp.client, authenticationMethod: 'client_secret_post' });
    expectOAuthError(await rp.introspect(access_token), 401, 'invalid_client');
    expectOAuthError(await rp.revoke(access_token), 401, 'invalid_client');
    expect(await byPost.isAlive(access_token)).toBe(true);
    expect((await byPost.revoke(access_token)).status).toBe(200);
    const usual = await aRelyingParty(server, aClient().machine());
    expect((await usual.introspect(access_token)).status).toBe(200);
  });

  // @see src/clients/client-secrets.service.ts
  it('row 39: a secret is compared by its digest, in a time that does not depend on it, with each that has not expired', async () => {
    const clients = server.get(ClientsService);
    const rp = await aRelyingParty(server, aClient().machine());
    const { secret } = await clients.addSecret(rp.client.id, 'soon over', EDITOR, server.clock.in(60));
    const timed = new RelyingParty(server, { ...rp.client, secret });
    expect([(await rp.clientCredentials()).status, (await timed.clientCredentials()).status]).toEqual([
      200, 200,
    ]);
    const [row] = await storedSecrets(rp.client.id);
    expect(row!['digest']).toBeInstanceOf(Buffer);
    server.clock.advance(61);
    expect([(await rp.clientCredentials()).status, (await timed.clientCredentials()).status]).toEqual([
      200, 401,
    ]);
    const none = await clients.get((await aClient().public().register(server)).id);
    expect(none.secrets).toEqual([]);
  });

  // @see src/client-authentication/client-secret-basic.method.ts
  it('row 61: HTTP Basic works at the token, revocation and introspection endpoints', async () => {
    const { client } = await aRelyingParty(server, aClient().machine());
    const headers = { authorization: basic(client.id, client.secret!) };
    const post = (path: string, body: Record<string, string>) =>
      server.send(path, { method: 'POST', headers, body });
    const { access_token } = tokensOf(await post('/oauth/token', MACHINE_FORM));
    expect((await post('/oauth/introspect', { token: access_token })).json.active).toBe(true);
    expect((await post('/oauth/revoke', { token: access_token })).status).toBe(200);
    expect((await post('/oauth/introspect', { token: access_token })).json).toEqual({ active: false });
  });

  // @see src/client-authentication/client-secret-post.method.ts
  it('row 62: client_id and client_secret in the form work as well, for a client that is registered for it', async () => {
    const { client } = await aRelyingParty(server, aClient().machine().post());
    const body = { ...MACHINE_FORM, client_id: client.id, client_secret: client.secret };
    expect((await server.send('/oauth/token', { method: 'POST', body })).status).toBe(200);
    const wrong = { ...body, client_secret: 'wrong' };
    expectOAuthError(
      await server.send('/oauth/token', { method: 'POST', body: wrong }),
      401,
      'invalid_client',
    );
  });
});
