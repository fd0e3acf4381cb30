import { ClientsService } from '../../../src/clients/index.js';
import { aClient, aRelyingParty, sharedServer, tokensOf } from '../../support/index.js';
import { asMachine, metadata } from './management-api.js';

describe('Management of clients', async () => {
  const server = await sharedServer();
  const api = await asMachine(server);

  const registered = async (overrides: object = {}) => {
    const answer = await api.post('/api/clients', metadata(overrides));
    expect(answer.status).toBe(201);
    return { path: `/api/clients/${answer.json.client_id}`, client: answer.json, answer };
  };
  const stored = (path: string) => api.get(path).then((answer) => answer.json);

  describe('POST /api/clients', () => {
    it('registers a client and says where it is', async () => {
      const { path, client, answer } = await registered({ owner: 'somebody' });
      expect(answer.headers.location).toBe(server.issuer + path);
      expect(answer.headers.etag).toBe('"1"');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(client).toMatchObject({ ...metadata(), owner: 'somebody', response_types: ['code'] });
    });

    it('shows the secret once', async () => {
      const { path, client } = await registered();
      expect(client.client_secret).toMatch(/^[\w-]{43}$/);
      const answers = [await api.get(path), await api.get(`${path}/secrets`), await api.get('/api/clients')];
      for (const { body } of answers) {
        expect(body).not.toMatch(/"client_secret"|hash|digest/);
        expect(body).not.toContain(client.client_secret);
      }
    });

    it('gives a public client no secret', async () => {
      const { client } = await registered({ token_endpoint_auth_method: 'none' });
      expect(client).not.toHaveProperty('client_secret');
    });

    it('takes a secret that the request chose, and does not repeat it', async () => {
      const chosen = { grant_types: ['client_credentials'], redirect_uris: [], client_secret: 'a secret' };
      const { client } = await registered(chosen);
      expect(client).not.toHaveProperty('client_secret');
      const form = { grant_type: 'client_credentials' };
      const authorization = `Basic ${Buffer.from(`${client.client_id}:a+secret`).toString('base64')}`;
      const answer = await server.send('/oauth/token', {
        method: 'POST',
        body: form,
        headers: { authorization },
      });
      expect(answer.status).toBe(200);
    });

    it('never takes an existing client over', async () => {
      const { path, client } = await registered();
      const answer = await api.post('/api/clients', metadata({ client_id: client.client_id, scope: '' }));
      expect(answer.status).toBe(409);
      expect((await stored(path)).scope).toBe('openid read');
    });

    it('registers an id with any printable character', async () => {
      const id = `a/b?c#d%e ${Date.now()}`.replace(' ', '&');
      const { answer } = await registered({ client_id: id });
      expect((await stored(new URL(answer.headers.location!).pathname)).client_id).toBe(id);
    });
  });

  describe('GET /api/clients', () => {
    it('lists a page, filtered by owner', async () => {
      const owner = `owner-${Date.now()}`;
      for (const client_name of ['A', 'B', 'C']) await registered({ owner, client_name });
      const { json } = await api.get(`/api/clients?owner=${owner}&offset=1&limit=1`);
      expect(json).toMatchObject({ total: 3, offset: 1, limit: 1 });
      expect(json.items.map((client: { client_name: string }) => client.client_name)).toEqual(['B']);
    });

    it.each([
      'limit=101',
      'limit=0',
      'limit=-1',
      'limit=1e2',
      'offset=-1',
      'offset=9999999999',
      'offset=x',
      'owner=a%00b',
      'owner=a&owner=b',
      'ownr=a',
      '__proto__=a',
    ])('refuses ?%s', async (query) => {
      const answer = await api.get(`/api/clients?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.json.error).toBe('invalid_request');
    });
  });

  describe('PUT /api/clients/:client_id', () => {
    it('takes back what GET gave', async () => {
      const { path } = await registered({ owner: 'somebody', logo_uri: 'https://rp.test/logo' });
      const before = await stored(path);
      const answer = await api.put(path, before);
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual(before);
      expect(answer.headers.etag).toBe('"2"');
    });

    it('gives what is left out its default', async () => {
      const { path } = await registered({ skip_consent: true, owner: 'somebody', may_introspect: true });
      const { json } = await api.put(path, metadata({ client_name: 'Other' }));
      expect(json).toMatchObject({
        client_name: 'Other',
        skip_consent: false,
        may_introspect: false,
        owner: null,
      });
    });

    it('keeps the secret', async () => {
      const { path, client } = await registered({ grant_types: ['client_credentials'], redirect_uris: [] });
      const kept = { grant_types: ['client_credentials'], redirect_uris: [], scope: 'read' };
      expect((await api.put(path, kept)).status).toBe(200);
      const found = (await server.get(ClientsService).find(client.client_id))!;
      expect(found.secrets).toHaveLength(1);
    });

    it.each([
      ['another client_id', { client_id: 'another' }],
      ['a secret', { client_secret: 'x' }],
    ])('refuses %s', async (_, change) => {
      const { path } = await registered();
      expect((await api.put(path, metadata(change))).status).toBe(400);
    });
  });

  describe('PATCH /api/clients/:client_id', () => {
    it('changes only what it names', async () => {
      const security = {
        token_endpoint_auth_method: 'client_secret_post',
        require_pkce: true,
        skip_consent: true,
        may_introspect: true,
        owner: 'somebody',
        disabled: true,
        access_token_format: 'jwt',
        resources: ['https://api1.test'],
        post_logout_redirect_uris: ['https://rp.test/bye'],
      };
      const { path } = await registered(security);
      const before = await stored(path);
      const answer = await api.patch(path, { client_name: 'Other' });
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({ ...before, client_name: 'Other' });
      expect(await stored(path)).toEqual({ ...before, client_name: 'Other' });
    });

    it('takes away what is null and may be absent', async () => {
      const { path } = await registered({ owner: 'somebody', logo_uri: 'https://rp.test/logo' });
      const { json } = await api.patch(path, { owner: null, logo_uri: null });
      expect(json.owner).toBeNull();
      expect(json).not.toHaveProperty('logo_uri');
    });

    it.each(['redirect_uris', 'token_endpoint_auth_method', 'grant_types', 'scope', 'skip_consent'])(
      'refuses null for %s',
      async (field) => {
        const { path } = await registered();
        const before = await stored(path);
        const answer = await api.patch(path, { [field]: null });
        expect(answer.status).toBe(400);
        expect(answer.json.error).toBe('invalid_client_metadata');
        expect(await stored(path)).toEqual(before);
      },
    );

    it('checks the whole that results', async () => {
      const { path } = await registered();
      expect((await api.patch(path, { redirect_uris: [] })).json.error).toBe('invalid_redirect_uri');
    });

    it('takes effect at once', async () => {
      const rp = await aRelyingParty(server, aClient().machine());
      expect((await rp.clientCredentials()).status).toBe(200);
      await api.patch(`/api/clients/${rp.client.id}`, { disabled: true });
      expect((await rp.clientCredentials()).status).toBe(401);
    });
  });

  describe('If-Match (RFC 9110 §13.1.1)', () => {
    it('lets a change of the version that was read through', async () => {
      const { path, answer } = await registered();
      const headers = { 'if-match': `"99", ${answer.headers.etag}` };
      expect((await api.patch(path, { client_name: 'A' }, headers)).status).toBe(200);
      expect((await api.patch(path, { client_name: 'B' }, { 'if-match': '*' })).status).toBe(200);
    });

    it.each(['"99"', 'W/"1"', '1', ''])('refuses %s', async (tag) => {
      const { path } = await registered();
      const headers = { 'if-match': tag };
      expect((await api.patch(path, { client_name: 'A' }, headers)).status).toBe(412);
      expect((await api.put(path, metadata(), headers)).status).toBe(412);
      expect((await api.delete(path, headers)).status).toBe(412);
      expect((await api.get(path)).headers.etag).toBe('"1"');
    });

    it('loses none of two changes at once', async () => {
      const { path } = await registered();
      const names = ['A', 'B', 'C', 'D', 'E'];
      const answers = await Promise.all(
        names.map((client_name) => api.patch(path, { client_name }, { 'if-match': '"1"' })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
      const winner = answers.find(({ status }) => status === 200)!;
      expect((await stored(path)).client_name).toBe(winner.json.client_name);
    });

    it('is not needed, and still no change overwrites another that it has not read', async () => {
      const { path } = await registered({ scope: 'openid' });
      const changes = [{ client_name: 'A' }, { scope: 'openid read' }, { skip_consent: true }];
      const answers = await Promise.all(changes.map((change) => api.patch(path, change)));
      const done = changes.filter((_, index) => answers[index]!.status === 200);
      expect(await stored(path)).toMatchObject(Object.assign({}, ...done));
      for (const { status } of answers) expect([200, 412]).toContain(status);
    });
  });

  describe('DELETE /api/clients/:client_id', () => {
    it('ends the client and its tokens', async () => {
      const rp = await aRelyingParty(server, aClient().machine());
      const judge = await aRelyingParty(server, aClient().resourceServer());
      const { access_token } = tokensOf(await rp.clientCredentials());
      expect(await judge.isAlive(access_token)).toBe(true);
      const answer = await api.delete(`/api/clients/${rp.client.id}`);
      expect([answer.status, answer.body]).toEqual([204, '']);
      expect(await judge.isAlive(access_token)).toBe(false);
      expect((await api.delete(`/api/clients/${rp.client.id}`)).status).toBe(404);
    });
  });

  describe('A client of the configuration file', () => {
    it('is read here and changed there', async () => {
      const declared = metadata({ client_id: `declared-${Date.now()}` });
      const editor = { by: 'configuration file', source: 'operator', managedBy: 'file' } as const;
      const { client } = await server.get(ClientsService).register(declared, editor);
      const path = `/api/clients/${client.id}`;
      expect((await stored(path)).managed_by).toBe('file');
      for (const answer of [
        await api.patch(path, { client_name: 'X' }),
        await api.put(path, metadata()),
        await api.delete(path),
      ]) {
        expect(answer.status).toBe(409);
        expect(answer.json.error_description).toContain('configuration file');
      }
    });
  });
});
