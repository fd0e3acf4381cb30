import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { allow } from './person.js';
import { Terminal } from './terminal.js';

describe('examples/client-demo', () => {
  let server: ChildServer;
  let redirectUri: string;

  beforeAll(async () => {
    redirectUri = `http://localhost:${await freePort()}/callback`;
    const env = { GATEHOUSE_REFRESH_TOKEN_GRACE: '1s', DATABASE_URL: undefined };
    server = await startChildServer({ config: configFor(redirectUri), env });
  });

  afterAll(() => server.stop());

  const start = (...args: string[]): Terminal => {
    const env = {
      ISSUER: server.issuer,
      CLIENT_ID: 'command-line',
      CLIENT_SECRET: 'secret-of-the-demo',
      REDIRECT_URI: redirectUri,
      GRACE: '1',
    };
    return new Terminal(process.execPath, ['examples/client-demo/client-demo.mjs', ...args], { env });
  };

  const allowed = async (demo: Terminal): Promise<URL> => {
    const [address] = await demo.until(/http:\S+\/oauth\/authorize\?\S+/);
    return allow(address, 'alice', 'a-password-of-the-test');
  };

  it('goes from a refused call to a good one, refreshes, and ends when a refresh token is used twice', async () => {
    const demo = start();
    await fetch(await allowed(demo));
    expect(await demo.ended()).toBe(0);

    const statuses = [...demo.output.matchAll(/^(\d{3}) http\S+\/(me|token)$/gm)].map(
      ([, status, endpoint]) => `${endpoint} ${status}`,
    );
    expect(statuses).toEqual([
      'me 401',
      'token 200',
      'me 200',
      'token 200',
      'me 200',
      'token 200',
      'token 400',
      'me 401',
    ]);
    expect(demo.output).toContain('"username": "alice"');
    expect(demo.output).toContain('the same refresh token: true');
    expect(demo.output).toContain('"error": "invalid_grant"');
    expect(demo.output).toContain('WWW-Authenticate: Bearer');
  });

  it('takes the address of the callback from the keyboard', async () => {
    const demo = start('--paste');
    const callback = await allowed(demo);
    await demo.until(/ends at: $/);
    demo.type(`${callback.href}\n`);
    await demo.until(/"username": "alice"/);
    await demo.end();
  });

  it('takes no answer that is not to its own request', async () => {
    const demo = start('--paste');
    const callback = await allowed(demo);
    callback.searchParams.set('state', 'of somebody else');
    demo.type(`${callback.href}\n`);
    expect(await demo.ended()).toBe(1);
    expect(demo.output).toContain('state is not ours');
  });
});

const configFor = (redirectUri: string): object => ({
  clients: [
    {
      client_id: 'command-line',
      client_secret: 'secret-of-the-demo',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid offline_access user_info',
    },
  ],
  users: [{ username: 'alice', password: 'a-password-of-the-test', email: 'alice@example.com' }],
});
