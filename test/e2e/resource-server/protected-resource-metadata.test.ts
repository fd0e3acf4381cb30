import { send, startServer } from '../../support/index.js';
import { createGatehouseTest } from '../../../src/testing/index.js';
import { PrefixedShopModule } from '../../testing/shop.js';
import { AUDIENCE, ProtectedApi } from './protected-api.js';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';
const ISSUER = 'https://sso.test';

describe('RFC 9728: an API describes itself', () => {
  let api: ProtectedApi | undefined;
  afterEach(async () => {
    await api?.close();
    api = undefined;
  });

  const start = async (...args: Parameters<typeof ProtectedApi.start>): Promise<ProtectedApi> =>
    (api = await ProtectedApi.start(...args));
  const challenge = async (): Promise<string | undefined> => (await api!.get()).headers['www-authenticate'];

  it('§3.2: says who issues its tokens, to everybody', async () => {
    await start({ issuer: ISSUER, audience: AUDIENCE });
    const answer = await api!.get(WELL_KNOWN);
    expect([answer.status, answer.json]).toEqual([
      200,
      { resource: AUDIENCE, authorization_servers: [ISSUER], bearer_methods_supported: ['header'] },
    ]);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
    });
  });

  it('§2: says what it is told to say, and leaves out what has no value', async () => {
    const metadata = {
      name: 'Notes',
      scopes: ['read', 'write'],
      documentation: 'https://api.test/docs',
      policy: 'https://api.test/policy',
      termsOfService: 'https://api.test/terms',
    };
    await start({ issuer: ISSUER, audience: AUDIENCE, metadata });
    expect((await api!.get(WELL_KNOWN)).json).toEqual({
      resource: AUDIENCE,
      authorization_servers: [ISSUER],
      bearer_methods_supported: ['header'],
      resource_name: 'Notes',
      scopes_supported: ['read', 'write'],
      resource_documentation: 'https://api.test/docs',
      resource_policy_uri: 'https://api.test/policy',
      resource_tos_uri: 'https://api.test/terms',
    });
    await api!.close();
    await start({ issuer: ISSUER, audience: AUDIENCE, metadata: { scopes: [] } });
    expect((await api!.get(WELL_KNOWN)).json).not.toHaveProperty('scopes_supported');
  });

  it('§3.1: puts the well-known part between host and path, and says so in the challenge (§5.1)', async () => {
    await start({ issuer: ISSUER, audience: 'https://api.test/v1/notes' });
    expect((await api!.get(`${WELL_KNOWN}/v1/notes`)).json.resource).toBe('https://api.test/v1/notes');
    expect((await api!.get(WELL_KNOWN)).status).toBe(404);
    expect((await api!.get(`${WELL_KNOWN}/v1`)).status).toBe(404);
    expect(await challenge()).toContain(`resource_metadata="https://api.test${WELL_KNOWN}/v1/notes"`);
  });

  it.each([
    ['told not to', { audience: AUDIENCE, metadata: false as const }],
    ['named by no address', { audience: 'notes' }],
    ['named by a URN', { audience: 'urn:example:notes' }],
  ])('keeps it to itself when %s', async (_, options) => {
    await start({ issuer: ISSUER, ...options });
    expect((await api!.get(WELL_KNOWN)).status).toBe(404);
    expect(await challenge()).toBe('Bearer realm="gatehouse"');
  });

  it('stands at the root whatever prefix and guards the application has', async () => {
    await start({ issuer: ISSUER, audience: AUDIENCE }, undefined, (app) => {
      app.setGlobalPrefix('api').useGlobalGuards({ canActivate: () => false });
    });
    expect((await api!.get(WELL_KNOWN)).status).toBe(200);
    expect((await api!.get('/api/notes')).status).toBe(403);
  });

  it('answers nothing but GET and HEAD there', async () => {
    await start({ issuer: ISSUER, audience: AUDIENCE });
    const url = api!.url + WELL_KNOWN;
    expect((await send(url, { method: 'HEAD' })).status).toBe(200);
    expect((await send(url, { method: 'POST' })).status).toBe(404);
  });
});

describe('RFC 9728: the APIs of the authorization server itself', () => {
  it('are one resource, the issuer, and say which scopes there are', async () => {
    const server = await startServer({ settings: { scopes: [{ name: 'secret', restricted: true }] } });
    try {
      const { headers } = await server.send('/api/me');
      const url = /resource_metadata="([^"]+)"/.exec(headers['www-authenticate']!)![1]!;
      const { status, json } = await send(url);
      expect(status).toBe(200);
      expect(json).toMatchObject({ resource: server.issuer, authorization_servers: [server.issuer] });
      expect(json.scopes_supported).toEqual(expect.arrayContaining(['openid', 'user_info']));
      expect(json.scopes_supported).not.toContain('secret');
      const wrong = { method: 'POST', headers: { authorization: 'Basic eDp5' }, body: 'token=x' };
      const challenge = (await server.send('/oauth/revoke', wrong)).headers['www-authenticate'];
      expect(challenge, 'no access token helps there').not.toContain('resource_metadata');
    } finally {
      await server.close();
    }
  });

  it('§3.1: are described between host and path where the issuer has a path', async () => {
    const test = await createGatehouseTest(PrefixedShopModule);
    try {
      const challenge = (await test.http.get('/orders')).headers['www-authenticate'];
      expect(challenge).toContain(`resource_metadata="http://localhost:3000${WELL_KNOWN}/auth"`);
      const answer = await test.http.get(`${WELL_KNOWN}/auth`);
      expect(answer.json).toMatchObject({ resource: test.issuer, authorization_servers: [test.issuer] });
    } finally {
      await test.close();
    }
  });
});
