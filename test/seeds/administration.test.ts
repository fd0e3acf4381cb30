import { readFileSync } from 'node:fs';
import { Controller, Get, Module, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Public } from '../../src/common/index.js';
import { SessionsModule, SessionsService, Settings, UserStore } from '../../src/index.js';
import {
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  formOf,
  sharedServer,
  startServer,
} from '../support/index.js';
import { curl } from '../support/curl.js';
import { asUser, metadata } from '../e2e/management/management-api.js';

/** A sign-in page that knows whoever wears a badge. */
@Controller('badge')
class BadgeController {
  constructor(
    private readonly users: UserStore,
    private readonly sessions: SessionsService,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Public()
  async read(
    @Req() request: Request,
    @Res() response: Response,
    @Query('interaction') id: string,
  ): Promise<void> {
    const user = await this.users.findBySubject(request.get('x-badge') ?? '');
    if (!user) return void response.status(401).send('Who are you?');
    await this.sessions.start(request, response, user, ['hwk']);
    response.redirect(303, `${this.settings.issuer}/oauth/authorize/${id}`);
  }
}

@Module({ imports: [SessionsModule], controllers: [BadgeController] })
class BadgeModule {}

describe('Seeds: running it', async () => {
  const server = await sharedServer();

  // @see src/login/login.controller.ts, docs/configuration.md
  it('row 12: people sign in at a page of the operator’s own where login.url names one', async () => {
    const own = await startServer({ settings: { login: { url: '/badge' } }, modules: [BadgeModule] });
    try {
      const rp = await aRelyingParty(own);
      const page = await rp.authorize();
      expect(new URL(page.url).pathname).toBe('/badge');
      const { subject } = await aUser().register(own);
      const consent = await rp.browser.follow(await rp.browser.get(page.url, { 'x-badge': subject }));
      expect((await rp.complete(consent)).searchParams.has('code')).toBe(true);
    } finally {
      await own.close();
    }
  });

  // @see src/console/clients.controller.ts, src/console/scopes.controller.ts, src/console/authorizations.controller.ts
  it('row 15: administrators make clients and scopes in a console, and see there what was allowed', async () => {
    const admin = await aUser().roles('admin').register(server);
    const { browser } = await (await aRelyingParty(server)).signIn(admin);
    /** Fills in the form of a console page. */
    const create = async (what: string, fields: Record<string, string>) => {
      const { action, hidden } = formOf(await browser.open(`/admin/new/${what}`), 1);
      return browser.post(action, { ...hidden, ...fields });
    };
    const scope = `row-15-${admin.subject.slice(0, 8)}`;
    expect((await create('scope', { name: scope, title: 'Row 15' })).status).toBe(303);
    const fields = { client_name: 'Row 15', token_endpoint_auth_method: 'client_secret_basic', scope };
    const made = await create('client', { ...fields, grant_types: 'client_credentials' });
    expect([made.status, made.body]).toEqual([201, expect.stringContaining('Row 15')]);
    expect((await browser.open('/admin/clients?search=Row+15')).body).toContain('Row 15');
    const rp = await aRelyingParty(server);
    const user = await aUser().register(server);
    await rp.tokens({}, user);
    expect((await browser.open(`/admin/authorizations?sub=${user.subject}`)).body).toContain(rp.client.id);
    expect((await rp.browser.open('/admin/clients')).status).toBe(403);
  });

  // @see docs/troubleshooting.md, src/applications/refusal-explanation.ts
  it('row 72: a page lists what usually goes wrong, by the words of the errors', async () => {
    const page = readFileSync('docs/troubleshooting.md', 'utf8');
    for (const [heading, sentence] of [
      ['After signing in I am not where I should be', 'please start again at the application'],
      ['invalid_client', 'client authentication failed'],
      ['The redirect URI is refused', 'redirect_uri is not registered for this client'],
      ['invalid_request, because of PKCE', 'code_challenge is missing'],
    ]) {
      expect(page).toMatch(new RegExp(`^## ${heading}`, 'm'));
      expect(page).toContain(sentence);
    }
    const rp = await aRelyingParty(server);
    expect((await rp.authorize({ redirect_uri: 'https://rp.test/' })).body).toContain(
      'redirect_uri is not registered for this client',
    );
  });

  // @see src/https-only.ts, src/clients/redirect-uris.ts, docs/configuration.md
  it('row 81: with an https issuer plain http is refused everywhere, and https.required turns that off', async () => {
    const https = { issuer: 'https://login.example.com', trustedProxies: ['loopback'] };
    const byHttp = { headers: { 'x-forwarded-proto': 'http', authorization: 'Bearer x' } };
    const strict = await startServer({ settings: https });
    const lax = await startServer({ settings: { ...https, https: { required: false } } });
    try {
      for (const path of ['/oauth/authorize', '/oauth/token', '/api/me']) {
        expect((await strict.send(path, byHttp)).status).toBe(403);
        expect((await lax.send(path, byHttp)).status).not.toBe(403);
      }
      const insecure = aClient().redirectUris('http://rp.test/cb');
      await expect(insecure.register(strict)).rejects.toThrow('must use https');
    } finally {
      await Promise.all([strict.close(), lax.close()]);
    }
  });

  // @see docs/a-provider-in-a-minute.md, docs/getting-started.md
  it('row 86: curl is enough to use it, and the callback may be an address where nobody listens', async () => {
    const redirectUri = 'http://localhost:1111';
    const client = await aClient().redirectUris(redirectUri).register(server);
    const rp = new RelyingParty(server, client);
    const back = await rp.signInAndConsent(await aUser().register(server), { scope: 'read' });
    expect(back.origin).toBe(redirectUri);
    const form = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code')!,
      redirect_uri: redirectUri,
      code_verifier: rp.verifier,
    };
    const data = Object.entries(form).flatMap(([name, value]) => ['-d', `${name}=${value}`]);
    const answer = await curl('-u', `${client.id}:${client.secret}`, ...data, `${server.issuer}/oauth/token`);
    expect(JSON.parse(answer)).toMatchObject({ token_type: 'Bearer', scope: 'read' });
  });

  // @see src/admin/authorizations.controller.ts, src/tokens/authorization.entity.ts
  it('row 89: administrators see and end what was allowed, and nobody sees a token again', async () => {
    const { api } = await asUser(server, 'admin');
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server);
    const tokens = await rp.tokens({ scope: 'openid read' }, user);
    const listed = await api.get(`/api/authorizations?sub=${user.subject}`);
    expect(listed.json.items).toMatchObject([{ client_id: rp.client.id, scope: 'openid read' }]);
    for (const token of [tokens.access_token, tokens.refresh_token]) expect(listed.body).not.toContain(token);
    expect((await api.delete(`/api/authorizations/${listed.json.items[0].id}`)).status).toBe(204);
    expect(await rp.isAlive(tokens.access_token)).toBe(false);
    expect((await (await asUser(server)).api.get('/api/authorizations')).status).toBe(403);
    expect((await api.post('/api/clients', metadata())).status).toBe(201);
  });
});
