import { LogoutReceiver } from '../e2e/oidc-backchannel-logout/logout-receiver.js';
import { Browser, RelyingParty, claimsOf } from '../support/index.js';
import type { TestServer } from '../support/index.js';
import { startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { freshDatabase } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';

const ALICE = { username: 'alice', password: 'a-password-of-the-test', subject: 'alice' };

/** F01 for the outbox: whoever was seen to sign out is signed out everywhere, whenever the server dies. */
describe('kill -9 between the end of a session and its delivery', () => {
  let receiver: LogoutReceiver;
  let database: TestDatabase | undefined;
  let server: ChildServer;

  beforeAll(async () => {
    receiver = await LogoutReceiver.start();
    database = process.env['DATABASE_URL'] ? await freshDatabase() : undefined;
  });
  afterAll(async () => {
    await server.stop();
    await receiver.stop();
    await database?.drop();
  });

  const start = (place: { port?: number; directory?: string } = {}): Promise<ChildServer> =>
    startChildServer({
      ...place,
      config: configFor(receiver),
      env: database?.url ? { DATABASE_URL: database.url } : {},
    });

  it('is made up for after the restart, with a token of its own', async () => {
    receiver.behaviour = 'hangs';
    server = await start();
    const port = Number(new URL(server.issuer).port);
    const rp = relyingPartyOf(server, receiver);
    await rp.signInAndConsent(ALICE);
    const page = await rp.browser.submit(await rp.browser.get(`${server.issuer}/oauth/logout`), {});
    expect(page.body).toContain('You are signed out');
    await server.kill();
    const before = receiver.tokens.length;

    receiver.behaviour = 'answers';
    server = await start({ port, directory: server.directory });
    await receiver.received(before + 1);
    const claims = receiver.tokens.map((token) => claimsOf(token));
    expect(claims.every(({ sub }) => sub === ALICE.subject)).toBe(true);
    expect(new Set(claims.map(({ jti }) => jti)).size).toBe(claims.length);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(receiver.tokens).toHaveLength(before + 1);
  });
});

/** The driver of the other tests, at a server of another process. */
function relyingPartyOf({ issuer }: ChildServer, { origin }: LogoutReceiver): RelyingParty {
  const server = { issuer, url: issuer } as TestServer;
  const authenticationMethod = 'client_secret_basic';
  const client = { id: 'web', secret: undefined, authenticationMethod, redirectUri: `${origin}/callback` };
  return new RelyingParty(server, client, new Browser(server));
}

const configFor = ({ origin, uri }: LogoutReceiver) => ({
  keyEncryptionKey: Buffer.alloc(32, 7).toString('base64url'),
  fetching: { allowedHosts: ['127.0.0.1'], timeout: '1s' },
  clients: [
    {
      client_id: 'web',
      client_secret: 'web-secret-of-the-test',
      redirect_uris: [`${origin}/callback`],
      backchannel_logout_uri: uri,
      scope: 'openid',
      skip_consent: true,
    },
  ],
  users: [{ username: ALICE.username, password: ALICE.password, sub: ALICE.subject }],
});
