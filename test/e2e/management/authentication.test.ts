import { Browser, aClient, aRelyingParty, aUser, sharedServer, tokensOf } from '../../support/index.js';
import { ManagementApi, asMachine, asUser, metadata } from './management-api.js';

describe('The management API knows who calls by a bearer token', async () => {
  const server = await sharedServer();

  it.each(['/api/clients', '/api/clients/x', '/api/clients/x/secrets', '/api/users/x'])(
    'refuses %s without one',
    async (path) => {
      const answer = await server.send(path);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(
        /^Bearer realm="gatehouse", resource_metadata="[^"]+"$/,
      );
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it('takes no cookie, not even that of an administrator', async () => {
    const browser = new Browser(server);
    await browser.signIn(await aUser().roles('admin').register(server));
    expect((await browser.get('/api/clients')).status).toBe(401);
    const posted = await browser.post('/api/clients', JSON.stringify(metadata()), {
      'content-type': 'application/json',
    });
    expect(posted.status).toBe(401);
  });

  it('takes no token from the address, a form or a JSON body (RFC 6750 §2.2, §2.3)', async () => {
    const rp = await aRelyingParty(server, aClient().machine().scope('management'));
    const { access_token } = tokensOf(await rp.clientCredentials());
    expect((await server.send(`/api/clients?access_token=${access_token}`)).status).toBe(401);
    const user = await aUser().register(server);
    const path = `/api/users/${user.subject}/enable`;
    const asJson = {
      method: 'POST',
      body: JSON.stringify({ access_token }),
      headers: { 'content-type': 'application/json' },
    };
    expect((await server.send(path, asJson)).status).toBe(401);
    expect((await server.send(path, { method: 'POST', body: { access_token } })).status).toBe(415);
  });

  it('refuses a token without the scope', async () => {
    const api = await asMachine(server, 'read');
    const answer = await api.get('/api/clients');
    expect(answer.status).toBe(403);
    expect(answer.json.error).toBe('insufficient_scope');
    expect(answer.headers['www-authenticate']).toContain('scope="management"');
  });

  it('lets a client that acts for itself do everything', async () => {
    const api = await asMachine(server);
    expect((await api.get('/api/clients')).status).toBe(200);
    expect((await api.post('/api/clients', metadata())).status).toBe(201);
  });

  it('lets a user with the role admin do everything', async () => {
    const { api } = await asUser(server, 'admin');
    expect((await api.get('/api/clients')).status).toBe(200);
    expect((await api.post('/api/clients', metadata())).status).toBe(201);
  });

  it('lets a user with the role auditor read only', async () => {
    const { api } = await asUser(server, 'auditor');
    const { id } = await aClient().register(server);
    expect((await api.get(`/api/clients/${id}`)).status).toBe(200);
    expect((await api.send('HEAD', `/api/clients/${id}`, undefined)).status).toBe(200);
    for (const answer of [
      await api.post('/api/clients', metadata()),
      await api.patch(`/api/clients/${id}`, { client_name: 'Mine' }),
      await api.delete(`/api/clients/${id}`),
      await api.post(`/api/clients/${id}/secrets`, { label: 'mine' }),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.json.error).toBe('insufficient_scope');
    }
  });

  it('refuses a user without a role, whatever the token says', async () => {
    const { api } = await asUser(server);
    const answer = await api.get('/api/clients');
    expect(answer.status).toBe(403);
    expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
  });

  it('asks for the role at every request', async () => {
    const { user, api } = await asUser(server, 'admin');
    expect((await api.get('/api/clients')).status).toBe(200);
    await server.sql(`UPDATE gh_user SET roles = '{}' WHERE subject = $1`, [user.subject]);
    expect((await api.get('/api/clients')).status).toBe(403);
  });

  it('refuses a token of a client that is gone', async () => {
    const rp = await aRelyingParty(server, aClient().machine().scope('management'));
    const api = new ManagementApi(server, tokensOf(await rp.clientCredentials()).access_token);
    expect((await api.delete(`/api/clients/${rp.client.id}`)).status).toBe(204);
    expect((await api.get('/api/clients')).status).toBe(401);
  });
});
