import { startServer } from '../../support/index.js';
import { asMachine } from './management-api.js';

type Listed = Record<'alg' | 'use' | 'state', string>;

describe('Management of keys', async () => {
  const server = await startServer();
  const api = await asMachine(server);
  afterAll(() => server.close());

  it('lists them, never with the private half', async () => {
    const { json, body } = await api.get('/api/keys');
    expect(json.map(({ alg, use, state }: Listed) => `${alg} ${use} ${state}`).sort()).toEqual([
      'ECDH-ES enc decrypting',
      'ES256 sig signing',
      'EdDSA sig signing',
      'PS256 sig signing',
      'RS256 sig signing',
      'RSA-OAEP enc decrypting',
    ]);
    expect(Object.keys(json[0]).sort()).toEqual(
      ['active_from', 'alg', 'created_at', 'kid', 'published_until', 'state', 'use'].sort(),
    );
    expect(body).not.toMatch(/"d"|private|encrypted/);
  });

  it('rotates one: published first, signing later; and says so in the record', async () => {
    const answer = await api.post('/api/keys/rotate', { alg: 'ES256' });
    expect(answer.status).toBe(200);
    const { kid, made } = answer.json;
    expect(made).toBe(true);
    const [waiting] = (await api.get('/api/keys')).json.filter((key: { kid: string }) => key.kid === kid);
    expect(waiting.state).toBe('next');
    expect((await server.send('/oauth/jwks')).body).toContain(kid);
    expect((await api.post('/api/keys/rotate', { alg: 'ES256' })).json).toMatchObject({ kid, made: false });
    const { items } = (await api.get('/api/audit?action=key.rotated')).json;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ target_type: 'key', target: kid });
  });

  it('lets the next key sign at once in an emergency', async () => {
    const { kid } = (await api.post('/api/keys/rotate', { alg: 'ES256', immediately: true })).json;
    const [signing] = (await api.get('/api/keys')).json.filter((key: { kid: string }) => key.kid === kid);
    expect(signing.state).toBe('signing');
    expect((await api.get('/api/audit?action=key.rotated')).json.items).toHaveLength(2);
  });

  it.each([
    {},
    { alg: 'HS256' },
    { alg: ['ES256'] },
    { alg: 'ES256', immediately: 'true' },
    { alg: 'ES256', x: 1 },
  ])('refuses %j', async (body) => {
    expect((await api.post('/api/keys/rotate', body)).status).toBe(400);
  });
});
