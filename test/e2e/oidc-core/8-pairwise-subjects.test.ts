import {
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  sharedServer,
  startServer,
} from '../../support/index.js';
import type { ClientBuilder, TestServer, TestUser } from '../../support/index.js';

const SALT = 'a salt that stays the same for ever, and nobody knows';
const PAIRWISE = { subject_type: 'pairwise' } as const;

describe('OpenID Connect Core §8 subject identifiers', () => {
  let server: TestServer;
  let user: TestUser;

  beforeAll(async () => {
    server = await startServer({ settings: { subject: { pairwiseSalt: SALT } } });
    user = await aUser().with({ email: 'ada@example.com' }).register(server);
  });
  afterAll(() => server.close());

  const clientAt = (...uris: string[]): ClientBuilder =>
    aClient()
      .redirectUris(...uris)
      .with(PAIRWISE);
  const party = async (builder: ClientBuilder): Promise<RelyingParty> =>
    (await aRelyingParty(server, builder)).signIn(user);
  const subjectAt = async (builder: ClientBuilder): Promise<string> =>
    claimsOf((await (await party(builder)).tokens()).id_token).sub!;

  it('advertises both kinds', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json.subject_types_supported).toEqual(['public', 'pairwise']);
  });

  it('§8.1 knows a user by one value in one sector, by another in the next, and never by his own', async () => {
    const [one, same, other] = [
      await subjectAt(clientAt('https://one.test/cb')),
      await subjectAt(clientAt('https://one.test:8443/elsewhere?x=1')),
      await subjectAt(clientAt('https://two.test/cb')),
    ];
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    expect([one, other]).not.toContain(user.subject);
    // Each a keyed hash: nobody who knows user and sector can compute it.
    for (const subject of [one, other]) expect(subject).toMatch(/^[\w-]{43}$/);
  });

  it('§8.1 takes the host of sector_identifier_uri as the sector, over that of the redirect URIs', async () => {
    const sector = { sector_identifier_uri: 'https://sector.test/uris.json' };
    const [one, other] = [
      await subjectAt(clientAt('https://a.test/cb', 'https://b.test/cb').with(sector)),
      await subjectAt(clientAt('https://c.test/cb').with(sector)),
    ];
    expect(other).toBe(one);
    expect(await subjectAt(clientAt('https://a.test/cb'))).not.toBe(one);
    expect(await subjectAt(clientAt('https://sector.test/cb'))).toBe(one);
  });

  it('§8.1 puts an application on everybody’s own machine into a sector of its own', async () => {
    const native = () => aClient().public().native().redirectUris('http://127.0.0.1/cb').with(PAIRWISE);
    expect(await subjectAt(native())).not.toBe(await subjectAt(native()));
    const scheme = () => aClient().public().native().redirectUris('com.example.app:/cb').with(PAIRWISE);
    expect(await subjectAt(scheme())).not.toBe(await subjectAt(scheme()));
  });

  it('tells two users of one sector apart', async () => {
    const other = await aUser().register(server);
    const rp = await aRelyingParty(server, clientAt('https://one.test/cb'));
    const theirs = claimsOf((await rp.tokens({}, other)).id_token).sub;
    expect(theirs).not.toBe(await subjectAt(clientAt('https://one.test/cb')));
  });

  it('leaves a public client with the user’s own', async () => {
    expect(await subjectAt(aClient())).toBe(user.subject);
  });

  describe.each(['opaque', 'jwt'] as const)('with access tokens that are %s', (access_token_format) => {
    const builder = () =>
      clientAt('https://pair.test/cb').with({
        access_token_format,
        scope: 'openid email user_info offline_access',
      });
    const SCOPE = { scope: 'openid email user_info offline_access' };

    it('is the same in the ID token, at userinfo and at introspection, and after a refresh', async () => {
      const rp = await party(builder());
      const { id_token, access_token, refresh_token } = await rp.tokens(SCOPE);
      const { sub } = claimsOf(id_token);
      expect((await rp.userinfo(access_token)).json).toEqual({ sub, email: 'ada@example.com' });
      const refreshed = (await rp.refresh(refresh_token)).json;
      expect(claimsOf(refreshed.id_token).sub).toBe(sub);
      for (const token of [refreshed.access_token, refreshed.refresh_token]) {
        const { json } = await rp.introspect(token);
        expect(json).toMatchObject({ active: true, sub });
        expect(json).not.toHaveProperty('username');
      }
      expect(sub).not.toBe(user.subject);
    });

    it('is what a resource server is told, too: it must not learn more than the client’s tokens say', async () => {
      const rp = await party(builder());
      const { id_token, access_token } = await rp.tokens(SCOPE);
      const api = await aRelyingParty(server, aClient().resourceServer(server.issuer));
      const told = (await api.introspect(access_token)).json;
      expect(told).toMatchObject({ active: true, sub: claimsOf(id_token).sub });
      expect(JSON.stringify(told)).not.toContain(user.subject);
      expect(JSON.stringify(told)).not.toContain(user.username);
    });

    it('does not keep this server’s own APIs from finding the user', async () => {
      const rp = await party(builder());
      const { access_token } = await rp.tokens(SCOPE);
      const authorization = `Bearer ${access_token}`;
      const { json } = await server.send('/api/me', { headers: { authorization } });
      expect(json.username).toBe(user.username);
    });
  });

  it('RFC 9068 §2.2 is the sub of a self-contained access token, which holds nothing else of the user', async () => {
    const rp = await party(clientAt('https://pair.test/cb').with({ access_token_format: 'jwt' }));
    const { id_token, access_token } = await rp.tokens();
    expect(claimsOf(access_token).sub).toBe(claimsOf(id_token).sub);
    expect(JSON.stringify(claimsOf(access_token))).not.toContain(user.subject);
  });

  it('is the sub of signed userinfo', async () => {
    const registered = { userinfo_signed_response_alg: 'ES256' };
    const rp = await party(clientAt('https://pair.test/cb').with(registered));
    const { id_token, access_token } = await rp.tokens();
    expect(claimsOf((await rp.userinfo(access_token)).body).sub).toBe(claimsOf(id_token).sub);
  });

  it('is not for a machine: it is itself', async () => {
    const machine = await aRelyingParty(
      server,
      aClient()
        .machine()
        .with({ ...PAIRWISE, access_token_format: 'jwt' }),
    );
    const { access_token } = (await machine.clientCredentials()).json;
    expect(claimsOf(access_token).sub).toBe(machine.client.id);
    expect((await machine.introspect(access_token)).json.sub).toBe(machine.client.id);
  });

  describe('§3.1.2.1, §5.5.1 whom the client expects', () => {
    const error = async (rp: RelyingParty, request: Record<string, string>) => {
      const { location } = await rp.authorize({ prompt: 'none', ...request });
      return location?.searchParams.get('error');
    };
    const expecting = (value: string) => ({ claims: JSON.stringify({ id_token: { sub: { value } } }) });

    it('is named as the client knows him, by id_token_hint or by claims', async () => {
      const rp = await party(clientAt('https://pair.test/cb'));
      const { id_token } = await rp.tokens();
      expect(await error(rp, { id_token_hint: id_token })).toBeNull();
      expect(await error(rp, expecting(claimsOf(id_token).sub!))).toBeNull();
    });

    it('is not found by his own identifier, nor by that of another sector', async () => {
      const rp = await party(clientAt('https://pair.test/cb'));
      await rp.tokens();
      expect(await error(rp, expecting(user.subject))).toBe('login_required');
      const elsewhere = await subjectAt(clientAt('https://elsewhere.test/cb'));
      expect(await error(rp, expecting(elsewhere))).toBe('login_required');
    });

    it('must be the one who is signed in', async () => {
      const rp = await party(clientAt('https://pair.test/cb'));
      const { id_token } = await rp.tokens();
      const other = new RelyingParty(server, rp.client);
      await other.signIn(await aUser().register(server));
      expect(await error(other, { id_token_hint: id_token })).toBe('login_required');
    });
  });

  it('oidcc-registration-sector: needs sector_identifier_uri where redirect URIs have several hosts', async () => {
    const several = clientAt('https://a.test/cb', 'https://b.test/cb');
    await expect(several.register(server)).rejects.toThrow('sector_identifier_uri');
  });

  it('is neither offered nor registered without a salt', async () => {
    const plain = await sharedServer();
    const { json } = await plain.send('/.well-known/openid-configuration');
    expect(json.subject_types_supported).toEqual(['public']);
    await expect(clientAt('https://one.test/cb').register(plain)).rejects.toThrow(/subject\.pairwiseSalt/);
  });
});
