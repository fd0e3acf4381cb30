import { aClient, aRelyingParty, aUser, sharedServer, shows, startServer } from '../../support/index.js';
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

  it('lists users by name, and finds them by how their names begin', async () => {
    const names = ['ada', 'alan', 'a_b'].map((name) => `listed${server.issuer.length}-${name}`);
    for (const name of names) await aUser().named(name).register(server);
    const list = async (query: string) => (await api.get(`/api/users?${query}`)).json;
    const all = await list(`username=listed${server.issuer.length}-A`);
    expect(all.items.map(({ username }: { username: string }) => username)).toEqual([...names].sort());
    expect(await list(`username=${names[0]}&limit=1`)).toMatchObject({ total: 1, limit: 1 });
    expect(await list('username=%25')).toMatchObject({ total: 0 });
    expect(JSON.stringify(all)).not.toMatch(/password|hash|argon/);
  });

  it('makes a user, and shows the password once', async () => {
    const username = `Made ${Date.now()}`;
    const answer = await api.post('/api/users', { username, roles: ['staff'], claims: { name: 'M' } });
    expect(answer.status).toBe(201);
    const { sub, password } = answer.json;
    expect(password).toMatch(/^[\w-]{20}$/);
    expect(answer.headers.location).toBe(`${server.issuer}/api/users/${sub}`);
    const again = await api.get(`/api/users/${sub}`);
    expect(again.body).not.toContain(password);
    expect(again.json).toMatchObject({
      username: username.toLowerCase(),
      roles: ['staff'],
      managed_by: null,
    });
    const rp = await aRelyingParty(server);
    expect((await rp.tokens({}, { username, password })).access_token).toBeDefined();
    expect((await api.post('/api/users', { username: username.toUpperCase() })).status).toBe(409);
  });

  it.each([
    {},
    { username: '' },
    { username: ' ' },
    { username: 'a\nb' },
    { username: 'x', password: 'mine' },
    { username: 'x', sub: 'mine' },
    { username: 'x', disabled: true },
    { username: 'x', roles: 'admin' },
    { username: 'x', roles: ['a b'] },
    { username: 'x', roles: null },
    { username: 'x', claims: { sub: 'mine' } },
    { username: 'x', claims: { iss: 'mine' } },
    { username: 'x', claims: { note: 'x'.repeat(9000) } },
  ])('makes none of %j', async (body) => {
    expect((await api.post('/api/users', body)).status).toBe(400);
  });

  it('changes claims and roles, and only those that are named (M08)', async () => {
    const { subject } = await aUser()
      .with({ name: 'A', email: 'a@example.com' })
      .roles('staff')
      .register(server);
    const path = `/api/users/${subject}`;
    const patched = await api.patch(path, { claims: { name: 'B', email: null, nickname: 'bee' } });
    expect(patched.json).toMatchObject({ claims: { name: 'B', nickname: 'bee' }, roles: ['staff'] });
    expect((await api.patch(path, { roles: [] })).json).toMatchObject({ roles: [], claims: { name: 'B' } });
    for (const body of [
      { roles: null },
      { claims: null },
      { passwordHash: 'x' },
      { disabled: false },
      { sub: 'x' },
    ]) {
      expect((await api.patch(path, body)).status).toBe(400);
    }
    expect((await api.patch(path, { roles: ['a'] }, { 'if-match': patched.headers.etag })).status).toBe(412);
    const { etag } = (await api.get(path)).headers;
    expect((await api.patch(path, { roles: ['a'] }, { 'if-match': etag })).status).toBe(200);
  });

  it('gives a new password: the old one and whatever it opened is worth nothing', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server);
    const { access_token } = await rp.tokens({}, user);
    const { status, json } = await api.post(`/api/users/${user.subject}/reset-password`);
    expect(status).toBe(200);
    expect(await rp.isAlive(access_token)).toBe(false);
    expect(shows(await rp.browser.signIn(user, await rp.authorize()), 'login-submit')).toBe(true);
    expect((await rp.tokens({}, { ...user, password: json.password })).access_token).toBeDefined();
    expect((await api.get(`/api/users/${user.subject}`)).body).not.toContain(json.password);
  });
});

describe('The last administrator (M04)', async () => {
  const server = await startServer();
  const { user: one, api } = await asUser(server, 'admin');
  await server.sql(`UPDATE gh_user SET roles = '{}' WHERE username = 'admin'`);
  const machine = await asMachine(server);
  afterAll(() => server.close());

  it('cannot lose the role or be disabled, by whomever', async () => {
    for (const answer of [
      await api.patch(`/api/users/${one.subject}`, { roles: ['auditor'] }),
      await machine.patch(`/api/users/${one.subject}`, { roles: [] }),
      await machine.post(`/api/users/${one.subject}/disable`),
    ]) {
      expect(answer.status).toBe(409);
    }
    expect((await api.get('/api/clients')).status).toBe(200);
  });

  it('is whoever is left when two go at once', async () => {
    const others = [
      await aUser().roles('admin').register(server),
      await aUser().roles('admin').register(server),
    ];
    const all = [one, ...others];
    const answers = await Promise.all(
      all.map(({ subject }) => machine.patch(`/api/users/${subject}`, { roles: [] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
    const left = await server.sql(`SELECT 1 FROM gh_user WHERE 'admin' = ANY(roles) AND NOT disabled`);
    expect(left).toHaveLength(1);
  });

  it('may still be changed in other ways', async () => {
    const [{ subject }] = (await server.sql<{ subject: string }>(
      `SELECT subject FROM gh_user WHERE 'admin' = ANY(roles)`,
    )) as [{ subject: string }];
    expect((await machine.patch(`/api/users/${subject}`, { roles: ['admin', 'auditor'] })).status).toBe(200);
  });
});
