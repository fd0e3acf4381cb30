import { aClient, aRelyingParty, sharedServer } from '../../support/index.js';
import { asMachine } from './management-api.js';

let number = 0;

describe('Management of resources', async () => {
  const server = await sharedServer();
  const api = await asMachine(server);

  const made = async (state: object = {}) => {
    const identifier = `https://made-here.test/${++number}?a=b`;
    const answer = await api.post('/api/resources', { identifier, ...state });
    expect(answer.status).toBe(201);
    return { identifier, path: `/api/resources/${encodeURIComponent(identifier)}`, answer };
  };

  it('makes a resource that tokens can be meant for at once', async () => {
    const { identifier, path, answer } = await made({ scopes: ['read'], access_token_format: 'opaque' });
    expect(answer.headers.location).toBe(server.issuer + path);
    expect(answer.json).toEqual({
      ...{ identifier, name: identifier, scopes: ['read'], access_token_format: 'opaque' },
      ...{ access_token_ttl: null, managed_by: null },
    });
    const rp = await aRelyingParty(server, aClient().machine());
    const judge = await aRelyingParty(server, aClient().resourceServer(identifier));
    const { access_token } = (await rp.clientCredentials({ resource: identifier })).json;
    expect((await judge.introspect(access_token)).json.aud).toContain(identifier);
  });

  it('replaces, changes and deletes', async () => {
    const { path, identifier } = await made({ name: 'A', scopes: ['read'], access_token_ttl: 60 });
    expect((await api.patch(path, { name: 'B' })).json).toMatchObject({ name: 'B', access_token_ttl: 60 });
    expect((await api.patch(path, { access_token_ttl: null })).json.access_token_ttl).toBeNull();
    expect((await api.put(path, { scopes: [] })).json).toMatchObject({ name: identifier, scopes: [] });
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
    const rp = await aRelyingParty(server, aClient().machine());
    expect((await rp.clientCredentials({ resource: identifier })).json.error).toBe('invalid_target');
  });

  it('knows a tag that is no longer true (RFC 9110 §13.1.1)', async () => {
    const { path, answer } = await made();
    const headers = { 'if-match': answer.headers.etag };
    expect((await api.patch(path, { name: 'A' }, headers)).status).toBe(200);
    expect((await api.put(path, { name: 'B' }, headers)).status).toBe(412);
    expect((await api.delete(path, headers)).status).toBe(412);
  });

  it('leaves those of the configuration file alone', async () => {
    const path = `/api/resources/${encodeURIComponent('https://api1.test')}`;
    expect((await api.get(path)).json.managed_by).toBe('file');
    expect((await api.patch(path, { name: 'Mine' })).status).toBe(409);
    expect((await api.put(path, {})).status).toBe(409);
    expect((await api.delete(path)).status).toBe(409);
    expect((await api.post('/api/resources', { identifier: 'https://api1.test' })).status).toBe(409);
  });

  it.each([
    ['no identifier', {}],
    ['a relative one', { identifier: '/api' }],
    ['one with a fragment', { identifier: 'https://x.test/#a' }],
    ['one with a space', { identifier: 'https://x.test/a b' }],
    ['null for its scopes', { identifier: 'https://x.test', scopes: null }],
    ['a format that is none', { identifier: 'https://x.test', access_token_format: 'saml' }],
  ])('refuses %s', async (_, body) => {
    expect((await api.post('/api/resources', body)).status).toBe(400);
  });
});
