import { ClientsService } from '../../../src/clients/index.js';
import { aClient, sharedServer } from '../../support/index.js';
import type { TestServer } from '../../support/index.js';
import { asMachine, metadata } from '../management/management-api.js';
import type { ManagementApi } from '../management/management-api.js';
import { Developer } from '../portal/portal.js';

const NOTES = { team: 'payments', contacts: ['a@example.com'], cost: { centre: 4711, shared: null } };

describe('metadata: whatever an operator keeps with a client', () => {
  let server: TestServer;
  let api: ManagementApi;

  beforeAll(async () => {
    server = await sharedServer();
    api = await asMachine(server);
  });

  it('comes back as it was given, and an update replaces it', async () => {
    const created = (await api.post('/api/clients', metadata({ metadata: NOTES }))).json;
    expect(created.metadata).toEqual(NOTES);
    const { client_id } = created;
    const patched = await api.patch(`/api/clients/${client_id}`, { metadata: { team: 'identity' } });
    expect(patched.status).toBe(200);
    expect((await api.get(`/api/clients/${client_id}`)).json.metadata).toEqual({ team: 'identity' });
  });

  it('is empty where nothing was given', async () => {
    expect((await api.post('/api/clients', metadata())).json.metadata).toEqual({});
  });

  it.each([
    ['4097 bytes', { x: 'x'.repeat(4097 - 8) }],
    ['4 kB of characters that are more than a byte', { x: 'é'.repeat(2500) }],
    ['a list', ['x']],
    ['a text', 'x'],
    ['NUL', { x: '\0' }],
    ['half a surrogate pair', { x: '\ud800' }],
  ])('refuses %s', async (_, notes) => {
    const answer = await api.post('/api/clients', metadata({ metadata: notes }));
    expect(answer.status).toBe(400);
  });

  it.each([{ x: '\0' }, { '\0': 1 }, { x: ['\udc00'] }])(
    'refuses %j from the configuration file, too, instead of failing at the database',
    async (notes) => {
      await expect(aClient().with({ metadata: notes }).register(server)).rejects.toThrow('metadata');
    },
  );

  it('takes exactly 4 kB, and a backslash before u0000 that is only text', async () => {
    const full = { x: 'x'.repeat(4096 - 8) };
    expect((await api.post('/api/clients', metadata({ metadata: full }))).json.metadata).toEqual(full);
    const text = { x: String.raw`\u0000 \ud800` };
    expect((await api.post('/api/clients', metadata({ metadata: text }))).json.metadata).toEqual(text);
  });

  it('is out of reach for the owner, and stays when the owner changes something else', async () => {
    const developer = await Developer.signIn(server);
    const { id } = await developer.register();
    await api.patch(`/api/clients/${id}`, { metadata: NOTES });
    await developer.post(`/applications/${id}`, {
      client_name: 'Renamed',
      redirect_uris: 'https://rp.test/cb',
      grant_types: ['authorization_code'],
      scope: ['openid'],
      metadata: '{"team":"mine"}',
    });
    const client = await server.get(ClientsService).get(id);
    expect([client.name, client.metadata]).toEqual(['Renamed', NOTES]);
  });
});
