import { ClientsService } from '../../../src/clients/index.js';
import { EDITOR, aClient, aRelyingParty, changeClient, startServer, textOf } from '../../support/index.js';
import type { TestClient, TestServer } from '../../support/index.js';
import { Developer, WEB } from '../portal/portal.js';

/** What a client has that may do everything that RFC 9700 discourages. */
const EVERYTHING = {
  grant_types: ['authorization_code', 'implicit', 'password', 'refresh_token'],
  response_types: ['code', 'code id_token', 'token'],
  allow_pkce_plain: true,
};

describe('what RFC 9700 discourages: implicit, hybrid, password and plain PKCE', () => {
  let server: TestServer;
  let developer: Developer;

  beforeAll(async () => {
    server = await startServer();
    developer = await Developer.signIn(server);
  });
  afterAll(() => server.close());

  const metadata = async () => (await server.send('/.well-known/oauth-authorization-server')).json;

  /** A developer's own application, to which an operator has given all of it. */
  async function spoiled(): Promise<TestClient> {
    const client = await developer.register();
    await changeClient(server, client, EVERYTHING);
    return client;
  }

  it('is neither on nor advertised by default', async () => {
    const document = await metadata();
    expect(document.response_types_supported).toEqual(['code']);
    expect(document.response_modes_supported).toEqual(['query', 'form_post']);
    expect(document.grant_types_supported).not.toEqual(expect.arrayContaining(['implicit']));
    expect(document.grant_types_supported).not.toEqual(expect.arrayContaining(['password']));
    const rp = await aRelyingParty(server);
    const { location } = await rp.authorize({ response_type: 'token' });
    expect(location?.searchParams.get('error')).toBe('unsupported_response_type');
    const answer = await rp.token({ grant_type: 'password', username: 'x', password: 'y' });
    expect(answer.json.error).toBe('unsupported_grant_type');
  });

  it.each(['implicit', 'password'])('is refused to the owner of an application: %s', async (grant) => {
    const fields = { ...WEB, grant_types: ['authorization_code', grant] };
    const created = await developer.post('/applications', fields);
    expect(created.status).toBe(400);
    expect(created.body).toContain(grant);
    const owner = { by: developer.user.subject, source: 'owner' } as const;
    const wanted = { redirect_uris: ['https://rp.test/cb'], grant_types: ['authorization_code', grant] };
    await expect(server.get(ClientsService).register(wanted, owner)).rejects.toThrow('discouraged');
    const { id } = await developer.register();
    await developer.post(`/applications/${id}`, fields);
    expect((await server.get(ClientsService).get(id)).allowsGrantType(grant)).toBe(false);
  });

  it('is refused to the owner by the names of the metadata, too', async () => {
    const owner = { by: developer.user.subject, source: 'owner' } as const;
    const wanted = { redirect_uris: ['https://rp.test/cb'], allow_pkce_plain: true };
    await expect(server.get(ClientsService).register(wanted, owner)).rejects.toThrow('allow_pkce_plain');
  });

  it('shows the owner a warning for each, with the reason and the section that gives it', async () => {
    const { id } = await spoiled();
    const page = await developer.get(`/applications/${id}`);
    expect(textOf(page, 'warnings-title')).toBe('Discouraged settings');
    for (const [flow, section] of [
      ['implicit or hybrid flow', 'RFC 9700 §2.1.2'],
      ['password grant', 'RFC 9700 §2.4'],
      ['PKCE challenge as plain text', 'RFC 9700 §2.1.1'],
    ]) {
      expect(page.body).toContain(flow);
      expect(page.body).toContain(section);
    }
  });

  it.each([
    [{ ...EVERYTHING, grant_types: ['authorization_code'], response_types: ['code'] }, 'RFC 9700 §2.1.1'],
    [{ grant_types: ['password'], response_types: [] }, 'RFC 9700 §2.4'],
    [{ grant_types: ['implicit'], response_types: ['token'] }, 'RFC 9700 §2.1.2'],
  ])('warns of what there is only: %j', async (given, section) => {
    const client = await developer.register();
    await changeClient(server, client, given);
    const { body } = await developer.get(`/applications/${client.id}`);
    expect([...body.matchAll(/RFC 9700 §[\d.]+/g)].map(([text]) => text)).toEqual([section]);
  });

  it('warns of nothing in an ordinary application', async () => {
    const { id } = await developer.register();
    expect((await developer.get(`/applications/${id}`)).body).not.toContain('warnings-title');
  });

  it('stays with an application whose owner changes something else', async () => {
    const { id } = await spoiled();
    const answer = await developer.post(`/applications/${id}`, { ...WEB, client_name: 'Renamed' });
    expect(answer.status).toBe(303);
    const client = await server.get(ClientsService).get(id);
    expect(client.name).toBe('Renamed');
    expect([...client.responseTypes].sort()).toEqual([...EVERYTHING.response_types].sort());
    expect(client.allowPkcePlain && client.allowsGrantType('password')).toBe(true);
  });

  it('leaves with the code what needs it, when the owner unticks the code', async () => {
    const { id } = await spoiled();
    const fields = { ...WEB, grant_types: ['refresh_token'] };
    expect((await developer.post(`/applications/${id}`, fields)).status).toBe(303);
    expect((await server.get(ClientsService).get(id)).responseTypes).toEqual(['token']);
  });

  it('keeps what else an owner does not see: endpoint methods, HS256 and its secret', async () => {
    const owned = {
      owner: developer.user.subject,
      readable_secret: true,
      id_token_signed_response_alg: 'HS256',
    };
    const methods = { introspection_endpoint_auth_method: 'client_secret_post' };
    const { id } = await aClient()
      .with({ ...owned, ...methods })
      .register(server);
    expect((await developer.post(`/applications/${id}`, { ...WEB, client_name: 'Renamed' })).status).toBe(
      303,
    );
    const client = await server.get(ClientsService).get(id);
    expect([client.name, client.idTokenAlgorithm, client.readableSecret]).toEqual(['Renamed', 'HS256', true]);
    expect(client.authenticationMethodAt('introspection')).toBe('client_secret_post');
    expect(client.secrets[0]!.encrypted).not.toBeNull();
    const toPublic = { ...WEB, confidential: 'false', grant_types: ['authorization_code'] };
    expect((await developer.post(`/applications/${id}`, toPublic)).status).toBe(303);
    const after = await server.get(ClientsService).get(id);
    expect([after.isPublic, after.idTokenAlgorithm, after.readableSecret]).toEqual([true, 'RS256', false]);
  });

  it('is advertised while a client may use it, and no longer', async () => {
    const clients = server.get(ClientsService);
    const advertised = (expected: boolean) =>
      vi.waitFor(
        async () => {
          const document = await metadata();
          expect(document.response_types_supported.includes('token')).toBe(expected);
          expect(document.response_modes_supported.includes('fragment')).toBe(expected);
          expect(document.grant_types_supported.includes('implicit')).toBe(expected);
          expect(document.grant_types_supported.includes('password')).toBe(expected);
        },
        { timeout: 3000 },
      );
    await spoiled();
    await advertised(true);
    for (const client of (await clients.list({ offset: 0, limit: 100 }))[0]) {
      if (client.managedBy === null) await clients.delete(client.id, EDITOR);
    }
    await advertised(false);
  });
});
