import { startServer } from '../../support/index.js';
import { WEB, register } from '../rfc7591/registration.js';
import { asMachine } from './management-api.js';

const PATH = '/api/initial-access-tokens';

describe('Initial access tokens in the management API', async () => {
  const server = await startServer({ settings: { registration: { access: 'token' } } });
  afterAll(() => server.close());
  const api = await asMachine(server);

  it('are made, shown once, and good for one client unless told', async () => {
    const made = await api.post(PATH, { label: 'ACME' });
    expect(made.status).toBe(201);
    const { initial_access_token: token, ...shown } = made.json;
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(shown).toMatchObject({ label: 'ACME', uses_left: 1, expires_at: null, last_used_at: null });
    expect((await register(server, WEB, token)).status).toBe(201);
    expect((await register(server, WEB, token)).status).toBe(401);
    const { json, body } = await api.get(PATH);
    expect(json[0]).toEqual({ ...shown, uses_left: 0, last_used_at: expect.any(String) });
    expect(body).not.toContain(token);
  });

  it('have as many uses as they are given, or any number', async () => {
    const three = await api.post(PATH, { label: 'three', uses: 3 });
    const endless = await api.post(PATH, { label: 'endless', uses: null });
    expect([three.json.uses_left, endless.json.uses_left]).toEqual([3, null]);
    for (let use = 0; use < 4; use++)
      expect((await register(server, WEB, endless.json.initial_access_token)).status).toBe(201);
  });

  it('expire', async () => {
    const expires_at = new Date(server.clock.in(60)).toISOString();
    const { json } = await api.post(PATH, { label: 'short', uses: null, expires_at });
    expect((await register(server, WEB, json.initial_access_token)).status).toBe(201);
    server.clock.advance(61);
    expect((await register(server, WEB, json.initial_access_token)).status).toBe(401);
  });

  it('are deleted; what has registered stays', async () => {
    const { json } = await (await asMachine(server)).post(PATH, { label: 'gone', uses: 2 });
    const fresh = await asMachine(server);
    const client = await register(server, WEB, json.initial_access_token);
    expect((await fresh.delete(`${PATH}/${json.id}`)).status).toBe(204);
    expect((await fresh.delete(`${PATH}/${json.id}`)).status).toBe(404);
    expect((await register(server, WEB, json.initial_access_token)).status).toBe(401);
    expect((await fresh.get(`/api/clients/${client.json.client_id}`)).json).toMatchObject({
      registered_with: 'initial access token gone',
    });
  });

  it('are recorded, without the token', async () => {
    const { json } = await (await asMachine(server)).post(PATH, { label: 'recorded' });
    const fresh = await asMachine(server);
    await fresh.delete(`${PATH}/${json.id}`);
    const { body, json: trail } = await fresh.get(
      `/api/audit?target_type=initial_access_token&target=${json.id}`,
    );
    expect(trail.items.map(({ action }: { action: string }) => action)).toEqual([
      'initial_access_token.deleted',
      'initial_access_token.created',
    ]);
    expect(body).not.toContain(json.initial_access_token);
  });

  it.each([
    {},
    { label: '' },
    { label: 'x'.repeat(101) },
    { label: 1 },
    { label: 'x', uses: 0 },
    { label: 'x', uses: 1.5 },
    { label: 'x', uses: '3' },
    { label: 'x', uses: 1_000_001 },
    { label: 'x', expires_at: '2020-01-01T00:00:00Z' },
    { label: 'x', expires_at: '2099-01-01' },
    { label: 'x', initial_access_token: 'chosen' },
    { label: 'x', id: '00000000-0000-7000-8000-000000000000' },
  ])('are not made of %j', async (body) => {
    expect((await (await asMachine(server)).post(PATH, body)).status).toBe(400);
  });
});
