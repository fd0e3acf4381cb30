import { aClient, aRelyingParty, aUser, sharedServer, shows } from '../../support/index.js';
import { asMachine, asUser } from './management-api.js';

describe('Management of users', async () => {
  const server = await sharedServer();
  const api = await asMachine(server);

  it('shows a user, never with a hash', async () => {
    const user = await aUser().with({ name: 'Alice' }).roles('auditor').register(server);
    const { status, json, body } = await api.get(`/api/users/${user.subject}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      sub: user.subject,
      username: user.username,
      roles: ['auditor'],
      disabled: false,
      claims: { name: 'Alice' },
    });
    expect(body).not.toMatch(/password|hash|argon/);
  });

  it('ends at once whatever a disabled user has', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server);
    const tokens = await rp.tokens({ scope: 'openid offline_access' }, user);
    expect(await rp.isAlive(tokens.access_token)).toBe(true);
    const answer = await api.post(`/api/users/${user.subject}/disable`);
    expect([answer.status, answer.json.disabled]).toEqual([200, true]);
    expect(await rp.isAlive(tokens.access_token)).toBe(false);
    expect((await rp.userinfo(tokens.access_token)).status).toBe(401);
    expect((await rp.refresh(tokens.refresh_token)).json.error).toBe('invalid_grant');
    expect(shows(await rp.authorize(), 'login-submit')).toBe(true);
    expect(shows(await rp.browser.signIn(user, await rp.authorize()), 'login-submit')).toBe(true);
  });

  it('ends a code that was not redeemed yet', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server, aClient());
    const code = await rp.code({}, user);
    await api.post(`/api/users/${user.subject}/disable`);
    expect((await rp.exchange(code)).json.error).toBe('invalid_grant');
  });

  it('lets an enabled user begin anew, and brings nothing back', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server);
    const tokens = await rp.tokens({}, user);
    await api.post(`/api/users/${user.subject}/disable`);
    expect((await api.post(`/api/users/${user.subject}/enable`)).json.disabled).toBe(false);
    expect(await rp.isAlive(tokens.access_token)).toBe(false);
    expect((await rp.tokens({}, user)).token_type).toBe('Bearer');
  });

  it('lets nobody disable himself', async () => {
    const { user, api: own } = await asUser(server, 'admin');
    expect((await own.post(`/api/users/${user.subject}/disable`)).status).toBe(409);
    expect((await own.get('/api/clients')).status).toBe(200);
  });

  it('knows no user that is not there', async () => {
    expect((await api.get('/api/users/nobody')).status).toBe(404);
    expect((await api.post('/api/users/nobody/disable')).status).toBe(404);
    expect((await api.post('/api/users/nobody/enable')).status).toBe(404);
  });
});
