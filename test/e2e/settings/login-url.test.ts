import { Controller, Get, Module, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionsModule, SessionsService, Settings, UserStore } from '../../../src/index.js';
import { AuthenticatedBy } from '../../../src/common/index.js';
import { aRelyingParty, aUser, startServer } from '../../support/index.js';
import type { TestServer } from '../../support/index.js';

/** The sign-in page of an operator who has users of his own to recognise: here, by a header. */
@Controller('staff-sign-in')
class StaffSignInController {
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
    @Query('return_to') returnTo = '/account',
  ): Promise<void> {
    const user = await this.users.findBySubject(request.get('x-badge') ?? '');
    if (!user) return void response.status(401).send('Show your badge.');
    await this.sessions.start(request, response, user, ['hwk']);
    const next = interaction ? `/oauth/authorize/${interaction}` : returnTo;
    response.redirect(303, this.settings.issuer + next);
  }
}

@Module({ imports: [SessionsModule], controllers: [StaffSignInController] })
class StaffSignInModule {}

describe('the setting login.url: a sign-in page of the operator’s own', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({
      settings: { login: { url: '/staff-sign-in' } },
      modules: [StaffSignInModule],
    });
  });
  afterAll(() => server.close());

  it('is where an authorization request leads, with the interaction, and back to it with a code', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server);
    const page = await rp.authorize();
    expect([page.status, page.body]).toEqual([401, 'Show your badge.']);
    const address = new URL(page.url);
    expect(address.pathname).toBe('/staff-sign-in');
    expect([...address.searchParams.keys()]).toEqual(['interaction']);
    const signedIn = await rp.browser.get(page.url, { 'x-badge': user.subject });
    const back = await rp.complete(await rp.browser.follow(signedIn));
    const tokens = (await rp.exchange(back.searchParams.get('code')!)).json;
    expect((await rp.introspect(tokens.access_token)).json.sub).toBe(user.subject);
  });

  it('is where our own pages lead, with the page to return to', async () => {
    const { browser } = await aRelyingParty(server);
    const page = await browser.open('/applications');
    expect(page.url).toBe(`${server.issuer}/staff-sign-in?return_to=%2Fapplications`);
  });

  it('is never told to return to anywhere else', async () => {
    const answer = await server.send('/login?return_to=https://evil.example/');
    expect(answer.location?.href).toBe(`${server.issuer}/staff-sign-in`);
  });

  it('gets no interaction of another browser', async () => {
    const page = await (await aRelyingParty(server)).authorize();
    const interaction = new URL(page.url).searchParams.get('interaction')!;
    const { browser } = await aRelyingParty(server);
    const answer = await browser.get(`/login?interaction=${interaction}`);
    expect([answer.status, answer.location]).toEqual([400, null]);
  });
});

describe('login.url elsewhere', () => {
  it('is used as it is', async () => {
    const server = await startServer({ settings: { login: { url: 'https://sso.example.com/sign-in' } } });
    const rp = await aRelyingParty(server);
    const { location } = await rp.authorize();
    await server.close();
    expect(location?.href).toMatch(/^https:\/\/sso\.example\.com\/sign-in\?interaction=[\w-]+$/);
  });
});
