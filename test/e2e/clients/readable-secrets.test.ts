import { createHash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { ClientsService } from '../../../src/clients/index.js';
import {
  EDITOR,
  aClient,
  aRelyingParty,
  aUser,
  changeClient,
  headerOf,
  startServer,
  tokensOf,
  verifyJwt,
} from '../../support/index.js';
import type { RelyingParty, TestServer, TestUser } from '../../support/index.js';

const CHOSEN = 'a secret that a person chose, longer than 256 bits';
const HS256 = { id_token_signed_response_alg: 'HS256', readable_secret: true } as const;

interface StoredSecret {
  id: string;
  digest: Buffer | null;
  password_hash: string | null;
  encrypted: Buffer | null;
}

describe('ID tokens that are keyed by the client secret (HS256)', () => {
  let server: TestServer;
  let user: TestUser;

  beforeAll(async () => {
    server = await startServer();
    user = await aUser().register(server);
    const metadata = (await server.send('/.well-known/openid-configuration')).json;
    expect(metadata.id_token_signing_alg_values_supported.sort()).toEqual([
      'ES256',
      'EdDSA',
      'PS256',
      'RS256',
    ]);
  });
  afterAll(() => server.close());

  const verifyWith = (rp: RelyingParty, jwt: string, key: string | Buffer) =>
    jwtVerify(jwt, Buffer.from(key), {
      issuer: server.issuer,
      audience: rp.client.id,
      algorithms: ['HS256'],
      currentDate: server.clock.now(),
    });

  const storedSecrets = ({ client }: RelyingParty) =>
    server.sql<StoredSecret>(
      'SELECT id, digest, password_hash, encrypted FROM gh_client_secret WHERE client_id = $1 ORDER BY created_at',
      [client.id],
    );

  it.each([
    ['that the server made', undefined],
    ['that a person chose', CHOSEN],
  ])('are signed with the very secret %s', async (_, client_secret) => {
    const rp = await aRelyingParty(server, aClient().with({ ...HS256, client_secret }));
    const { id_token } = await rp.tokens({ nonce: 'n' }, user);
    expect(headerOf(id_token)).toEqual({ alg: 'HS256', typ: 'JWT' });
    const { payload } = await verifyWith(rp, id_token, rp.client.secret!);
    expect(payload).toMatchObject({ sub: user.subject, aud: rp.client.id, nonce: 'n' });
  });

  it('are not signed with a hash of it, nor with anything that the database holds readable', async () => {
    const rp = await aRelyingParty(server, aClient().with({ ...HS256, client_secret: CHOSEN }));
    const { id_token } = await rp.tokens({}, user);
    const sha256 = createHash('sha256').update(CHOSEN).digest();
    const [stored] = await storedSecrets(rp);
    for (const key of [sha256, sha256.toString('hex'), stored!.password_hash!, stored!.encrypted!]) {
      await expect(verifyWith(rp, id_token, key)).rejects.toThrow(errors.JWSSignatureVerificationFailed);
    }
    await expect(verifyJwt(server, id_token, { audience: rp.client.id })).rejects.toThrow();
  });

  it('leave nothing readable in the database: the secret is encrypted, and bound to its row', async () => {
    const made = await aRelyingParty(server, aClient().with(HS256));
    const chosen = await aRelyingParty(server, aClient().with({ ...HS256, client_secret: CHOSEN }));
    for (const { client } of [made, chosen]) {
      const [row] = await server.sql<object>(
        'SELECT row_to_json(s)::text AS text, encode(encrypted, $2) AS raw FROM gh_client_secret s WHERE client_id = $1',
        [client.id, 'escape'],
      );
      expect(JSON.stringify(row)).not.toContain(client.secret);
      expect(JSON.stringify(row)).not.toContain(Buffer.from(client.secret!).toString('hex'));
    }
    const [[one], [other]] = await Promise.all([storedSecrets(made), storedSecrets(chosen)]);
    await server.sql('UPDATE gh_client_secret SET encrypted = $2 WHERE id = $1', [one!.id, other!.encrypted]);
    const client = await server.get(ClientsService).get(made.client.id);
    expect(() => server.get(ClientsService)['clientSecrets'].read(client)).toThrow('decrypted');
  });

  it('are signed with the youngest secret, so that one can be rolled over', async () => {
    const rp = await aRelyingParty(server, aClient().with(HS256));
    const old = rp.client.secret!;
    const { secret } = await server.get(ClientsService).addSecret(rp.client.id, 'next', EDITOR);
    const { id_token } = await rp.tokens({}, user);
    await expect(verifyWith(rp, id_token, old)).rejects.toThrow(errors.JWSSignatureVerificationFailed);
    expect((await verifyWith(rp, id_token, secret)).payload.sub).toBe(user.subject);
  });

  it('come with refreshed tokens, too, and from the authorization endpoint', async () => {
    const builder = aClient()
      .grants('authorization_code', 'implicit', 'refresh_token')
      .with({ ...HS256, response_types: ['code', 'code id_token'] });
    const rp = await (await aRelyingParty(server, builder)).signIn(user);
    const refreshed = tokensOf(await rp.refresh((await rp.tokens()).refresh_token));
    expect((await verifyWith(rp, refreshed.id_token, rp.client.secret!)).payload.sub).toBe(user.subject);
    const back = await rp.signInAndConsent(user, { response_type: 'code id_token', nonce: 'n' });
    const front = new URLSearchParams(back.hash.slice(1)).get('id_token')!;
    expect((await verifyWith(rp, front, rp.client.secret!)).payload).toHaveProperty('c_hash');
  });

  it('count as hints: whom the client expects, and who asks to sign out', async () => {
    const post_logout_redirect_uris = ['https://rp.test/bye'];
    const rp = await (
      await aRelyingParty(server, aClient().with({ ...HS256, post_logout_redirect_uris }))
    ).signIn(user);
    const { id_token } = await rp.tokens();
    const again = await rp.authorize({ id_token_hint: id_token, prompt: 'none' });
    expect(again.location?.searchParams.has('code')).toBe(true);
    const query = new URLSearchParams({
      id_token_hint: id_token,
      post_logout_redirect_uri: 'https://rp.test/bye',
    });
    // Issued in this very session, it proves enough that nobody is asked.
    const left = await rp.browser.open(`/oauth/logout?${query.toString()}`);
    expect(left.location?.href).toBe('https://rp.test/bye');
  });

  it('count as hints only when they were signed with the secret of the client they name', async () => {
    const mine = await aRelyingParty(server, aClient().with(HS256));
    const theirs = await (await aRelyingParty(server, aClient().with(HS256))).signIn(user);
    const { id_token } = await theirs.tokens();
    const [header, payload, signature] = id_token.split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, aud: mine.client.id })).toString('base64url');
    for (const hint of [`${header}.${forged}.${signature}`, `${header}.${payload}.`]) {
      const { location } = await theirs.authorize({ id_token_hint: hint });
      expect(location?.searchParams.get('error')).toBe('invalid_request');
    }
  });

  it.each([
    ['a public client', aClient().public().with({ id_token_signed_response_alg: 'HS256' })],
    ['a public client that wants its secret readable', aClient().public().with(HS256)],
    ['a client whose secret cannot be read', aClient().with({ id_token_signed_response_alg: 'HS256' })],
    [
      'a secret of less than 256 bits (RFC 7518 §3.2)',
      aClient().with({ ...HS256, client_secret: 'x'.repeat(31) }),
    ],
  ])('are refused to %s', async (_, builder) => {
    await expect(builder.register(server)).rejects.toThrow(/HS256|public/);
  });

  it('are refused to a client whose secrets were made before it wanted them readable', async () => {
    const rp = await aRelyingParty(server, aClient());
    await expect(changeClient(server, rp.client, HS256)).rejects.toThrow('HS256 needs a readable secret');
    await changeClient(server, rp.client, { readable_secret: true });
    const { secret } = await server.get(ClientsService).addSecret(rp.client.id, 'readable', EDITOR);
    await changeClient(server, rp.client, HS256);
    const { id_token } = await rp.tokens({}, user);
    expect((await verifyWith(rp, id_token, secret)).payload.sub).toBe(user.subject);
  });

  it('stop with the choice: nothing that was readable stays so, and the secret still works', async () => {
    const rp = await aRelyingParty(server, aClient().with(HS256));
    await changeClient(server, rp.client, { id_token_signed_response_alg: 'RS256', readable_secret: false });
    expect((await storedSecrets(rp)).map(({ encrypted }) => encrypted)).toEqual([null]);
    const { id_token } = await rp.tokens({}, user);
    expect((await verifyJwt(server, id_token, { audience: rp.client.id })).payload.sub).toBe(user.subject);
  });

  it('are nobody else’s business: without the choice no secret is ever kept readable', async () => {
    const made = await aRelyingParty(server, aClient());
    const chosen = await aRelyingParty(server, aClient().with({ client_secret: CHOSEN }));
    for (const rp of [made, chosen]) {
      expect((await storedSecrets(rp)).every(({ encrypted }) => encrypted === null)).toBe(true);
    }
  });

  it('are advertised while a client has chosen them', async () => {
    await vi.waitFor(
      async () => {
        const metadata = (await server.send('/.well-known/openid-configuration')).json;
        expect(metadata.id_token_signing_alg_values_supported.sort()).toEqual([
          'ES256',
          'EdDSA',
          'HS256',
          'PS256',
          'RS256',
        ]);
      },
      { timeout: 3000 },
    );
  });
});
