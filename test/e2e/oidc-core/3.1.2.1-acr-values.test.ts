import { Controller, Get, Module, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionsModule, SessionsService, Settings, UserStore } from '../../../src/index.js';
import { AuthenticatedBy } from '../../../src/common/index.js';
import {
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  expectRedirectError,
  startServer,
  tokensOf,
} from '../../support/index.js';
import type { Parameters, TestServer, TestUser } from '../../support/index.js';

/** A sign-in page that knows two ways: with a password, and with a key as well. */
@Controller('strong-sign-in')
class StrongSignInController {
  constructor(
    private readonly users: UserStore,
    private readonly sessions: SessionsService,
    private readonly settings: Settings,
  ) {}

  @Get()
  @AuthenticatedBy('public')
  async signIn(
    @Req() request: Request,
    @Res() response: Response,
    @Query('interaction') interaction?: string,
  ): Promise<void> {
    const [subject = '', ...methods] = (request.get('x-proof') ?? '').split(' ');
    const user = await this.users.findBySubject(subject);
    if (!user) return void response.status(401).send('Prove it.');
    await this.sessions.start(request, response, user, methods);
    response.redirect(303, `${this.settings.issuer}/oauth/authorize/${interaction}`);
  }
}

@Module({ imports: [SessionsModule], controllers: [StrongSignInController] })
class StrongSignInModule {}

const ACR = [
  { value: 'urn:example:password', methods: ['pwd'] },
  { value: 'urn:example:two-factors', methods: ['pwd', 'hwk'] },
  { value: 'urn:example:face', methods: ['face'] },
];
const essential = (values: string[]): string =>
  JSON.stringify({ id_token: { acr: { essential: true, values } } });

describe('OpenID Connect Core §3.1.2.1 acr_values', () => {
  let server: TestServer;
  let alice: TestUser;

  describe('with what is set up out of the box', () => {
    beforeAll(async () => {
      server = await startServer();
      alice = await aUser().register(server);
    });
    afterAll(() => server.close());

    it('oidcc-ensure-request-with-acr-values-succeeds: acr is one of acr_values_supported', async () => {
      const { acr_values_supported: supported } = (await server.send('/.well-known/openid-configuration'))
        .json;
      expect(supported).toEqual(['1']);
      const rp = await (await aRelyingParty(server)).signIn(alice);
      const first = await rp.tokens({ acr_values: supported.join(' ') });
      expect(claimsOf(first.id_token)).toMatchObject({ acr: '1', amr: ['pwd'] });
      const unknown = await rp.tokens({ acr_values: 'urn:unknown 2' });
      expect(claimsOf(unknown.id_token)['acr']).toBe('1');
    });

    it('is in every ID token, refreshed ones too, and in access tokens that are JWTs (RFC 9068 §2.2.1)', async () => {
      const builder = aClient().with({ access_token_format: 'jwt' });
      const rp = await (await aRelyingParty(server, builder)).signIn(alice);
      const first = await rp.tokens({ scope: 'openid offline_access', prompt: 'consent' });
      const second = tokensOf(await rp.refresh(first.refresh_token));
      for (const token of [first.id_token, second.id_token, first.access_token])
        expect(claimsOf(token)['acr']).toBe('1');
    });
  });

  describe('where the operator has named several', () => {
    beforeAll(async () => {
      server = await startServer({
        settings: { acr: ACR, login: { url: '/strong-sign-in' } },
        modules: [StrongSignInModule],
      });
      alice = await aUser().register(server);
    });
    afterAll(() => server.close());

    async function signIn(rp: RelyingParty, methods: string, overrides: Parameters = {}) {
      const page = await rp.authorize(overrides);
      expect(page.body).toBe('Prove it.');
      server.clock.advance(1);
      const answer = await rp.browser.get(page.url, { 'x-proof': `${alice.subject} ${methods}` });
      return rp.browser.follow(answer);
    }

    async function acrOf(rp: RelyingParty, overrides: Parameters = {}): Promise<unknown> {
      return claimsOf((await rp.tokens(overrides)).id_token)['acr'];
    }

    async function signedInWith(methods: string): Promise<RelyingParty> {
      const rp = await aRelyingParty(server);
      await rp.complete(await signIn(rp, methods));
      return rp;
    }

    it('says the strongest that was reached, and the one that was asked for when that was reached as well', async () => {
      const rp = await signedInWith('pwd hwk');
      expect(await acrOf(rp)).toBe('urn:example:two-factors');
      expect(await acrOf(rp, { acr_values: 'urn:example:face urn:example:password' })).toBe(
        'urn:example:password',
      );
    });

    it('steps up: whoever has signed in too weakly signs in again', async () => {
      const rp = await signedInWith('pwd');
      expect(await acrOf(rp)).toBe('urn:example:password');
      const stronger = { acr_values: 'urn:example:two-factors' };
      const { location } = await rp.authorize({ ...stronger, prompt: 'none', state: 's' });
      expectRedirectError(server, location, 'login_required', 's');
      await rp.complete(await signIn(rp, 'pwd hwk', stronger));
      expect(await acrOf(rp, stronger)).toBe('urn:example:two-factors');
    });

    it('is only a wish: whoever has tried goes on with what was reached', async () => {
      const rp = await signedInWith('pwd');
      const back = await signIn(rp, 'pwd', { acr_values: 'urn:example:face' });
      const { json } = await rp.exchange(back.location!.searchParams.get('code')!);
      expect(claimsOf(json.id_token)['acr']).toBe('urn:example:password');
    });

    it('default_acr_values count where a request names none', async () => {
      const builder = aClient().with({ default_acr_values: ['urn:example:two-factors'] });
      const { browser } = await signedInWith('pwd');
      const rp = new RelyingParty(server, await builder.register(server), browser);
      expect((await rp.authorize()).body).toBe('Prove it.');
    });

    it('§5.5.1.1 an essential one must be reached, or the attempt has failed', async () => {
      const rp = await signedInWith('pwd');
      const claims = essential(['urn:example:two-factors']);
      const { location } = await signIn(rp, 'pwd', { claims, state: 's' });
      expectRedirectError(server, location, 'unmet_authentication_requirements', 's');
      await rp.complete(await signIn(rp, 'pwd hwk', { claims }));
      expect(await acrOf(rp, { claims })).toBe('urn:example:two-factors');
    });

    it('§5.5.1.1 an essential one that nobody can reach is refused at once, and before anybody signs in', async () => {
      const rp = await aRelyingParty(server);
      const { location } = await rp.authorize({ claims: essential(['urn:unknown']), state: 's' });
      expectRedirectError(server, location, 'unmet_authentication_requirements', 's');
    });

    it.each(['"x"', '[1]', '{"a":1}'])(
      '§5.5.1 refuses values %s, which are no list of texts',
      async (values) => {
        const claims = `{"id_token":{"acr":{"values":${values}}}}`;
        const { location } = await (await aRelyingParty(server)).authorize({ claims, state: 's' });
        expectRedirectError(server, location, 'invalid_request', 's');
      },
    );
  });
});
