import { aClient, aRelyingParty, aScope, sharedServer } from '../../support/index.js';
import { asMachine } from './management-api.js';

let number = 0;

describe('Management of scopes', async () => {
  const server = await sharedServer();
  const api = await asMachine(server);

  const made = async (state: object = {}) => {
    const name = `made.here:${++number}`;
    const answer = await api.post('/api/scopes', { name, ...state });
    expect(answer.status).toBe(201);
    return { name, path: `/api/scopes/${encodeURIComponent(name)}`, answer };
  };

  it('makes a scope that clients can ask for at once', async () => {
    const { name, path, answer } = await made({ title: 'Notes', description: 'Read notes.' });
    expect(answer.headers.location).toBe(server.issuer + path);
    expect(answer.json).toEqual({
      ...{ name, title: 'Notes', description: 'Read notes.', claims: [], access_token_ttl: null },
      ...{ default: false, restricted: false, managed_by: null },
    });
    const rp = await aRelyingParty(server, aClient().machine().scope(name));
    expect((await rp.clientCredentials()).json.scope).toBe(name);
    expect((await api.get('/api/scopes')).json).toContainEqual(answer.json);
  });

  it('takes the name for the title that is left out', async () => {
    const { name, answer } = await made();
    expect(answer.json.title).toBe(name);
  });

  it('replaces: what is left out gets its default', async () => {
    const { name, path } = await made({ title: 'A', restricted: true, access_token_ttl: 60 });
    const { json } = await api.put(path, { title: 'B' });
    expect(json).toMatchObject({ name, title: 'B', restricted: false, access_token_ttl: null });
    expect((await api.get(path)).json).toEqual(json);
  });

  it('changes only what is named (M08)', async () => {
    const { path, answer } = await made({
      title: 'A',
      restricted: true,
      access_token_ttl: 60,
      claims: ['x'],
    });
    const { json } = await api.patch(path, { title: 'B' });
    expect(json).toEqual({ ...answer.json, title: 'B' });
    expect((await api.patch(path, { access_token_ttl: null })).json.access_token_ttl).toBeNull();
  });

  it.each([['title'], ['claims'], ['restricted'], ['default'], ['description']])(
    'refuses null for %s (M08)',
    async (field) => {
      const { path, answer } = await made();
      expect((await api.patch(path, { [field]: null })).status).toBe(400);
      expect((await api.put(path, { [field]: null })).status).toBe(400);
      expect((await api.get(path)).json).toEqual(answer.json);
    },
  );

  it('loses none of two changes: each merges into what is there', async () => {
    const { path } = await made();
    const changes = [{ title: 'A' }, { description: 'B' }, { restricted: true }, { access_token_ttl: 9 }];
    const answers = await Promise.all(changes.map((change) => api.patch(path, change)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await api.get(path)).json).toMatchObject(Object.assign({}, ...changes) as object);
  });

  it('knows a tag that is no longer true (RFC 9110 §13.1.1)', async () => {
    const { path, answer } = await made();
    const headers = { 'if-match': answer.headers.etag };
    expect((await api.patch(path, { title: 'A' }, headers)).status).toBe(200);
    expect((await api.patch(path, { title: 'B' }, headers)).status).toBe(412);
    expect((await api.delete(path, headers)).status).toBe(412);
    expect((await api.get(path)).json.title).toBe('A');
  });

  it('deletes a scope: nobody gets it any more', async () => {
    const { name, path } = await made();
    const rp = await aRelyingParty(server, aClient().machine().scope(name));
    expect((await rp.clientCredentials({ scope: name })).status).toBe(200);
    expect((await api.delete(path)).status).toBe(204);
    expect((await rp.clientCredentials({ scope: name })).json.error).toBe('invalid_scope');
    expect((await api.get(path)).status).toBe(404);
    expect((await api.delete(path)).status).toBe(404);
  });

  it.each(['openid', 'management', 'read'])(
    'leaves %s alone, which is standard or in the file',
    async (name) => {
      const before = await api.get(`/api/scopes/${name}`);
      expect(before.json.managed_by).toBe(name === 'read' ? 'file' : 'standard');
      expect((await api.patch(`/api/scopes/${name}`, { restricted: false })).status).toBe(409);
      expect((await api.put(`/api/scopes/${name}`, { title: 'Mine' })).status).toBe(409);
      expect((await api.delete(`/api/scopes/${name}`)).status).toBe(409);
      expect((await api.post('/api/scopes', { name })).status).toBe(409);
      expect((await api.get(`/api/scopes/${name}`)).json).toEqual(before.json);
    },
  );

  it('never takes an existing scope over', async () => {
    const { name } = await aScope(server, { restricted: true });
    expect((await api.post('/api/scopes', { name })).status).toBe(409);
    expect((await api.get(`/api/scopes/${name}`)).json.restricted).toBe(true);
  });

  it.each([
    ['no name', {}],
    ['a name with a space', { name: 'a b' }],
    ['a name with a quote', { name: 'a"b' }],
    ['an empty name', { name: '' }],
    ['a name that is a list', { name: ['a'] }],
    ['a lifetime of a text', { name: 'x1', access_token_ttl: '60' }],
    ['a lifetime of nothing', { name: 'x2', access_token_ttl: 0 }],
    ['what it does not know', { name: 'x3', isDefault: true }],
    ['who manages it', { name: 'x4', managed_by: null }],
  ])('refuses %s', async (_, body) => {
    expect((await api.post('/api/scopes', body)).status).toBe(400);
  });

  it('refuses a new name for an old scope', async () => {
    const { name, path } = await made();
    expect((await api.put(path, { name: 'other' })).status).toBe(400);
    expect((await api.put(path, { name, title: 'A' })).status).toBe(200);
  });
});
