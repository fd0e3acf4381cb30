import { ClientsService, toMetadata } from '../../../src/clients/index.js';
import {
  KeyHolder,
  assertionClaims,
  assertionParameters,
  expectOAuthError,
  signedWithSecret,
  startServer,
} from '../../support/index.js';
import { Visitor } from '../console/console.js';
import { asMachine } from '../management/management-api.js';

const MACHINE = { grant_types: ['client_credentials'], scope: 'read' };
const SECRET = 'a secret of the file that is long enough';

describe('clients with keys, registered', async () => {
  const holder = new KeyHolder('RS256');
  const server = await startServer({
    settings: {
      clients: [
        {
          ...{ client_id: 'of-the-file', token_endpoint_auth_method: 'private_key_jwt', jwks: holder.jwks },
          ...{ token_endpoint_auth_signing_alg: 'RS256', ...MACHINE },
        },
        {
          ...{ client_id: 'of-the-file-keyed', token_endpoint_auth_method: 'client_secret_jwt', ...MACHINE },
          ...{ client_secret: SECRET, readable_secret: true },
        },
      ],
    },
  });
  const api = await asMachine(server);
  afterAll(() => server.close());

  const present = async (assertion: string) =>
    server.send('/oauth/token', {
      method: 'POST',
      body: { grant_type: 'client_credentials', ...assertionParameters(assertion) },
    });
  const byKey = async (id: string) => present(await holder.sign(assertionClaims(server, id)));
  const secretsOf = (id: string) => server.sql('SELECT 1 FROM gh_client_secret WHERE client_id = $1', [id]);

  it('in the declarative file', async () => {
    expect((await byKey('of-the-file')).status).toBe(200);
    expect(await secretsOf('of-the-file')).toEqual([]);
    const keyed = await signedWithSecret(assertionClaims(server, 'of-the-file-keyed'), SECRET);
    expect((await present(keyed)).status).toBe(200);
  });

  it('through the management API, which takes the keys away again', async () => {
    const answer = await api.post('/api/clients', {
      ...{ token_endpoint_auth_method: 'private_key_jwt', jwks: holder.jwks, ...MACHINE },
    });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ jwks: holder.jwks });
    expect(answer.json).not.toHaveProperty('client_secret');
    const { client_id: id } = answer.json as { client_id: string };
    expect((await byKey(id)).status).toBe(200);

    const without = await api.patch(`/api/clients/${id}`, { jwks: null });
    expect([without.status, without.json.error]).toEqual([400, 'invalid_client_metadata']);
    const moved = await api.patch(`/api/clients/${id}`, { jwks: null, jwks_uri: 'https://rp.test/jwks' });
    expect(moved.json).toMatchObject({ jwks_uri: 'https://rp.test/jwks' });
    expect(moved.json).not.toHaveProperty('jwks');
  });

  it('through the management API, with a secret for client_secret_jwt', async () => {
    const method = { token_endpoint_auth_method: 'client_secret_jwt', readable_secret: true };
    const { json } = await api.post('/api/clients', { ...method, ...MACHINE });
    const assertion = await signedWithSecret(assertionClaims(server, json.client_id), json.client_secret);
    expect((await present(assertion)).status).toBe(200);
  });

  it.each([
    ['private_key_jwt without keys', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['jwks beside jwks_uri', { jwks_uri: 'https://rp.test/jwks' }],
    ['an algorithm of the other method', { token_endpoint_auth_signing_alg: 'HS256' }],
    ['client_secret_jwt without a readable secret', { token_endpoint_auth_method: 'client_secret_jwt' }],
    ['keys that are none', { jwks: { keys: [] } }],
    ['a private key', { jwks: { keys: [{ ...holder.jwk, d: 'AQAB' }] } }],
    ['a shared key', { jwks: { keys: [{ kty: 'oct', k: 'AQAB' }] } }],
    ['an introspection method without keys', { introspection_endpoint_auth_method: 'private_key_jwt' }],
  ])('D02 not with %s', async (_, change) => {
    const needsNone = !('jwks_uri' in change || 'token_endpoint_auth_signing_alg' in change);
    const base = needsNone ? {} : { token_endpoint_auth_method: 'private_key_jwt', jwks: holder.jwks };
    const answer = await api.post('/api/clients', { ...base, ...MACHINE, ...change });
    expect([answer.status, answer.json.error]).toEqual([400, 'invalid_client_metadata']);
  });

  it('in the console, whose form keeps what it does not show', async () => {
    const admin = await Visitor.signIn(server, 'admin');
    const made = await admin.submit(await admin.get('/admin/new/client'), {
      ...{
        client_id: 'of-the-console',
        client_name: 'Console',
        token_endpoint_auth_method: 'private_key_jwt',
      },
      ...{ jwks: JSON.stringify(holder.jwks), token_endpoint_auth_signing_alg: 'RS256' },
      ...{ grant_types: 'client_credentials', response_types: '', scope: 'read' },
    });
    expect(made.status).toBe(201);
    expect((await byKey('of-the-console')).status).toBe(200);
    await api.patch('/api/clients/of-the-console', { contacts: ['ada@example.com'] });
    const form = await admin.get('/admin/clients/of-the-console/edit');
    expect((await admin.submit(form, { client_name: 'Renamed' })).status).toBe(200);
    const saved = toMetadata(await server.get(ClientsService).get('of-the-console'));
    expect(saved).toMatchObject({ client_name: 'Renamed', jwks: holder.jwks, contacts: ['ada@example.com'] });
    expect((await byKey('of-the-console')).status).toBe(200);
    const other = await present(await new KeyHolder('RS256').sign(assertionClaims(server, 'of-the-console')));
    expectOAuthError(other, 401, 'invalid_client');
  });
});
