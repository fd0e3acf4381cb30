import {
  aClient,
  aRelyingParty,
  aResource,
  aScope,
  aUser,
  claimsOf,
  expectOAuthError,
  startServer,
  tokensOf,
} from '../../support/index.js';
import type { TestServer, TestUser } from '../../support/index.js';

describe('the life of tokens: the shortest of what client, scope and resource say', () => {
  let server: TestServer;
  let user: TestUser;

  beforeAll(async () => {
    server = await startServer();
    user = await aUser().register(server);
    await aScope(server, { name: 'short', accessTokenTtl: 40 });
    await aScope(server, { name: 'long', accessTokenTtl: 7200 });
    await aResource(server, { identifier: 'https://brief.test', accessTokenTtl: 50 });
    await aResource(server, {
      identifier: 'https://brief-jwt.test',
      accessTokenTtl: 30,
      accessTokenFormat: 'jwt',
    });
  });
  afterAll(() => server.close());

  const machine = (access_token_ttl?: number) =>
    aRelyingParty(server, aClient().machine().scope('read short long').with({ access_token_ttl }));

  const lifeOf = async (ttl: number | undefined, request: { scope?: string; resource?: string } = {}) =>
    tokensOf(await (await machine(ttl)).clientCredentials({ scope: 'read', ...request })).expires_in;

  it('is the setting where nobody says anything', async () => {
    expect(await lifeOf(undefined)).toBe(3600);
  });

  it('is the client’s, be it shorter or longer than the setting', async () => {
    expect(await lifeOf(90)).toBe(90);
    expect(await lifeOf(86_400)).toBe(86_400);
  });

  it('is the scope’s when that is shorter, and only for a token that carries it', async () => {
    expect(await lifeOf(90, { scope: 'read short' })).toBe(40);
    expect(await lifeOf(20, { scope: 'read short' })).toBe(20);
    expect(await lifeOf(undefined, { scope: 'short long' })).toBe(40);
    expect(await lifeOf(undefined, { scope: 'long' })).toBe(7200);
  });

  it('is the resource’s when that is shorter', async () => {
    expect(await lifeOf(90, { resource: 'https://brief.test' })).toBe(50);
    expect(await lifeOf(45, { resource: 'https://brief.test' })).toBe(45);
    expect(await lifeOf(undefined, { resource: 'https://brief.test', scope: 'short' })).toBe(40);
  });

  it('is what expires_in says: of an opaque token, and of a JWT', async () => {
    const rp = await machine(90);
    const opaque = tokensOf(await rp.clientCredentials({ scope: 'read' }));
    const jwt = tokensOf(await rp.clientCredentials({ scope: 'read', resource: 'https://brief-jwt.test' }));
    const { exp, iat } = claimsOf(jwt.access_token);
    expect([jwt.expires_in, exp! - iat!]).toEqual([30, 30]);
    const introspection = (await rp.introspect(opaque.access_token)).json;
    expect(introspection.exp - introspection.iat).toBe(90);
    server.clock.advance(31);
    expect([await rp.isAlive(opaque.access_token), await rp.isAlive(jwt.access_token)]).toEqual([
      true,
      false,
    ]);
    server.clock.advance(60);
    expect(await rp.isAlive(opaque.access_token)).toBe(false);
  });

  it('of a family of refresh tokens is the client’s, however often it is used', async () => {
    const rp = await aRelyingParty(server, aClient().with({ refresh_token_ttl: 100 }));
    let { refresh_token } = await rp.tokens({}, user);
    server.clock.advance(60);
    refresh_token = tokensOf(await rp.refresh(refresh_token)).refresh_token;
    server.clock.advance(50);
    expectOAuthError(await rp.refresh(refresh_token), 400, 'invalid_grant');
  });

  it('never outlasts its family: what was allowed is over, and so is every token of it', async () => {
    const rp = await aRelyingParty(
      server,
      aClient().with({ refresh_token_ttl: 100, access_token_ttl: 3600 }),
    );
    const { access_token } = await rp.tokens({}, user);
    server.clock.advance(101);
    expect(await rp.isAlive(access_token)).toBe(false);
    expect((await rp.userinfo(access_token)).status).toBe(401);
  });

  it('survives a refresh that asks for less', async () => {
    const rp = await aRelyingParty(server, aClient().scope('read short'));
    const { refresh_token, expires_in } = await rp.tokens({ scope: 'read short' }, user);
    const less = tokensOf(await rp.refresh(refresh_token, { scope: 'read' }));
    expect([expires_in, less.expires_in]).toEqual([40, 3600]);
  });
});
