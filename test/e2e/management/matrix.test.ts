import { aClient, aRelyingParty, aUser, startServer } from '../../support/index.js';
import { ManagementApi, asMachine, asUser } from './management-api.js';

interface Operation {
  readonly tags?: readonly string[];
}

/** M01, M05: who may call what, for every route that the OpenAPI document names. */
describe('The authorization matrix of the management API', async () => {
  const server = await startServer();
  afterAll(() => server.close());

  const paths = (await server.send('/docs/openapi.json')).json.paths as Record<
    string,
    Record<string, Operation>
  >;
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { tags }]) => tags?.includes('Management'))
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  );

  const { api: expired } = await asUser(server, 'admin');
  server.clock.advance(24 * 3600);

  const administrator = await aUser().roles('admin').register(server);
  const rp = await aRelyingParty(server, aClient().scope('openid profile management read'));
  const tokenOf = async (scope: string, overrides = {}) =>
    (await rp.tokens({ scope, ...overrides }, administrator)).access_token;
  const { id_token } = await rp.tokens({ scope: 'openid management' }, administrator);
  const revoked = await tokenOf('openid management');
  const live = await rp.tokens({ scope: 'openid management' }, administrator);
  await rp.revoke(revoked);
  const elsewhere = await tokenOf('read management', { resource: 'https://api1.test' });
  const { api: disabled, user: gone } = await asUser(server, 'admin');
  const admin = (await asUser(server, 'admin')).api;
  await admin.post(`/api/users/${gone.subject}/disable`);

  const with_ = (token: string) => new ManagementApi(server, token);
  const callers: Record<string, { api: ManagementApi; reads: number[]; changes: number[] }> = {
    nobody: { api: with_(''), reads: [401], changes: [401] },
    'a word that is no token': { api: with_('x'.repeat(43)), reads: [401], changes: [401] },
    'an expired token': { api: expired, reads: [401], changes: [401] },
    'a revoked token': { api: with_(revoked), reads: [401], changes: [401] },
    'an ID token': { api: with_(id_token), reads: [401], changes: [401] },
    'a refresh token': { api: with_(live.refresh_token), reads: [401], changes: [401] },
    'the token of a disabled administrator': { api: disabled, reads: [401], changes: [401] },
    'a token for another audience': { api: with_(elsewhere), reads: [401, 403], changes: [401, 403] },
    "an administrator's token without the scope": {
      api: with_(await tokenOf('openid profile')),
      reads: [403],
      changes: [403],
    },
    "a client's token without the scope": {
      api: await asMachine(server, 'read'),
      reads: [403],
      changes: [403],
    },
    'a user without a role': { api: (await asUser(server)).api, reads: [403], changes: [403] },
    'a user with another role': {
      api: (await asUser(server, 'developer')).api,
      reads: [403],
      changes: [403],
    },
    'an auditor': { api: (await asUser(server, 'auditor')).api, reads: [200, 404], changes: [403] },
    'an administrator': { api: admin, reads: [200, 404], changes: [200, 400, 404] },
    'a client that acts for itself': {
      api: await asMachine(server),
      reads: [200, 404],
      changes: [200, 400, 404],
    },
  };

  const call = (api: ManagementApi, { method, path }: { method: string; path: string }) =>
    api.send(
      method,
      path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000'),
      method === 'GET' ? undefined : {},
    );

  it('covers every route below /api', () => {
    expect(routes.length).toBeGreaterThan(30);
    const below = Object.keys(paths).filter((path) => path.startsWith('/api/') && path !== '/api/me');
    expect([...new Set(routes.map(({ path }) => path))].sort()).toEqual(below.sort());
  });

  it.each(Object.keys(callers))('for %s', async (name) => {
    const { api, reads, changes } = callers[name]!;
    const wrong: string[] = [];
    for (const route of routes) {
      const { status, headers } = await call(api, route);
      const expected = route.method === 'GET' ? reads : changes;
      if (!expected.includes(status)) wrong.push(`${route.method} ${route.path}: ${status}`);
      if (status === 401 && !headers['www-authenticate']?.startsWith('Bearer '))
        wrong.push(`${route.path}: no challenge`);
      if (headers['cache-control'] !== 'no-store') wrong.push(`${route.path}: may be stored`);
    }
    expect(wrong).toEqual([]);
  });

  it('has no routes beside those: what is not documented does not exist', async () => {
    const answers = await Promise.all(
      [
        '/api',
        '/api/',
        '/api/admin',
        '/api/clients/x/y',
        '/api/tokens',
        '/api/sessions',
        '/api/settings',
        '/api/users/x/password',
        '/api/keys/x',
        '/api/keys/x/private',
        '/api/audit/00000000-0000-7000-8000-000000000000',
        '/api/CLIENTS/../users',
      ].map((path) => admin.get(path)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST'])
      expect((await admin.send(method, '/api/audit', {})).status).toBe(404);
  });

  it('gives no reader a secret, a hash, a key or a token (M05)', async () => {
    const machine = await aClient().machine().with({ client_secret: 'canary-of-a-client' }).register(server);
    const user = await aUser().register(server);
    const { json: made } = await admin.post(`/api/clients/${machine.id}/secrets`, { label: 'second' });
    const { json: reset } = await admin.post(`/api/users/${user.subject}/reset-password`);
    const canaries = [
      ...['canary-of-a-client', made.client_secret, reset.password, user.password],
      ...[live.access_token, live.refresh_token, live.id_token],
    ];
    const rows = await server.sql<{ text: string }>(
      `SELECT password_hash AS text FROM gh_user UNION ALL SELECT password_hash FROM gh_client_secret
       UNION ALL SELECT encode(digest, 'hex') FROM gh_client_secret
       UNION ALL SELECT encode(encrypted_private_key, 'base64') FROM gh_key`,
    );
    const hashes = rows.map(({ text }) => text).filter(Boolean);
    const readers = [admin, callers['an auditor']!.api];
    for (const path of [
      '/api/clients?limit=100',
      `/api/clients/${machine.id}`,
      `/api/clients/${machine.id}/secrets`,
      '/api/users?limit=100',
      `/api/users/${user.subject}`,
      '/api/scopes',
      '/api/resources',
      '/api/authorizations?limit=100',
      '/api/keys',
      '/api/audit?limit=100',
    ]) {
      for (const reader of readers) {
        const { status, body } = await reader.get(path);
        expect([status, path]).toEqual([200, path]);
        for (const secret of [...canaries, ...hashes]) expect(body).not.toContain(secret);
        expect(body).not.toMatch(/password_?hash|client_secret"|digest|encrypted|\$argon2/i);
      }
    }
  });

  it('repeats nothing secret in a refusal (M05)', async () => {
    const body = { client_secret: 'canary-of-an-error', redirect_uris: ['not a uri'] };
    const { status, body: text } = await admin.post('/api/clients', body);
    expect(status).toBe(400);
    expect(text).not.toContain('canary');
  });
});
