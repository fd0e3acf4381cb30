import { aClient, aRelyingParty, aUser, basic, startServer } from '../../support/index.js';
import type { HttpAnswer, TestServer } from '../../support/index.js';

const challengeOf = (answer: HttpAnswer): string | undefined => answer.headers['www-authenticate'];

describe('the setting realm', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startServer({ settings: { realm: 'Example Ltd (staff)' } })));
  afterAll(() => server.close());

  it('is named by the challenge to a client that is not who it says', async () => {
    const { client } = await aRelyingParty(server);
    const headers = { authorization: basic(client.id, 'wrong') };
    for (const path of ['/oauth/token', '/oauth/introspect', '/oauth/revoke']) {
      const answer = await server.send(path, { method: 'POST', headers, body: { token: 'x' } });
      expect(challengeOf(answer)).toBe('Basic realm="Example Ltd (staff)", charset="UTF-8"');
    }
  });

  it('is named by the challenges of every protected API', async () => {
    const rp = await aRelyingParty(server, aClient().scope('openid read'));
    const { access_token } = await rp.tokens({ scope: 'read' }, await aUser().register(server));
    const metadata = `, resource_metadata="${server.issuer}/.well-known/oauth-protected-resource"`;
    const of = (path: string, token?: string) =>
      server.send(path, { headers: { authorization: token && `Bearer ${token}` } });
    for (const path of ['/oauth/userinfo', '/api/me', '/api/clients']) {
      expect(challengeOf(await of(path))).toBe(`Bearer realm="Example Ltd (staff)"${metadata}`);
      expect(challengeOf(await of(path, 'wrong'))).toMatch(
        /^Bearer realm="Example Ltd \(staff\)", error="invalid_token", error_description="[^"]+", resource_metadata="[^"]+"$/,
      );
    }
    expect(challengeOf(await of('/api/me', access_token))).toBe(
      `Bearer realm="Example Ltd (staff)", error="insufficient_scope", scope="user_info"${metadata}`,
    );
  });
});
