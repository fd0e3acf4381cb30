import { Injectable } from '@nestjs/common';
import { ConsentPolicy, Scope } from '../../src/index.js';
import type { ConsentQuestion } from '../../src/index.js';
import {
  aClient,
  aRelyingParty,
  aUser,
  challengeOf,
  changeClient,
  claimsOf,
  expectErrorPage,
  expectRedirectError,
  formOf,
  sharedServer,
  shows,
  startServer,
  tokensOf,
} from '../support/index.js';

const fragmentOf = (back: URL): URLSearchParams => new URLSearchParams(back.hash.slice(1));

describe('Seeds: the authorization endpoint', async () => {
  const server = await sharedServer();
  const user = await aUser().with({ email: 'seeds@example.com' }).register(server);
  const signedIn = async (builder = aClient()) => (await aRelyingParty(server, builder)).signIn(user);

  // @see src/login/login.controller.ts, src/pages/templates/login.hbs
  it('row 13: the sign-in form carries unseen what it is for, and leads back to the authorization request', async () => {
    const rp = await aRelyingParty(server);
    const page = await rp.authorize({ state: 'row-13' });
    expect(formOf(page).hidden['interaction']).toMatch(/^[\w-]{43}$/);
    const next = await rp.browser.signIn(user, page);
    expect(new URL(next.url).pathname).toBe('/consent');
    const back = await rp.complete(next);
    expect(back.searchParams.get('state')).toBe('row-13');
  });

  // @see src/authorization/authorization-flow.ts, src/authorization/login.prompt.ts
  it('row 14: whoever is not signed in signs in first, is asked then, and needs neither the next time', async () => {
    const rp = await aRelyingParty(server);
    const login = await rp.authorize();
    expect(shows(login, 'login-submit')).toBe(true);
    const consent = await rp.browser.signIn(user, login);
    expect(shows(consent, 'consent-allow')).toBe(true);
    expect((await rp.complete(consent)).searchParams.has('code')).toBe(true);
    expect((await rp.authorize()).location?.searchParams.has('code')).toBe(true);
  });

  // @see src/authorization/authorization-requests.service.ts
  it('row 44: a request is checked from end to end before anybody is asked anything', async () => {
    const rp = await signedIn();
    for (const fault of [{ scope: 'unknown' }, { response_type: 'token' }, { code_challenge: 'short' }]) {
      const answer = await rp.authorize(fault);
      expect(answer.location?.searchParams.get('error')).toMatch(/^(invalid|unsupported)_/);
      expect(answer.body).not.toContain('consent-allow');
    }
  });

  // @see src/consent/consent.controller.ts, src/authorization/consent.prompt.ts
  it('row 45: allowing leads to a code for that person, and denying to access_denied', async () => {
    const rp = await signedIn();
    const page = await rp.authorize({ state: 's' });
    const denied = await rp.browser.submit(page, { decision: 'deny' });
    expectRedirectError(server, denied.location, 'access_denied', 's');
    const { access_token } = await rp.tokens();
    expect((await rp.introspect(access_token)).json.sub).toBe(user.subject);
  });

  // @see src/consent/consent-policy.ts
  it('row 46: whether somebody is asked is a policy that a host binds', async () => {
    const own = await startServer({ ports: { consentPolicy: AskForWriting } });
    try {
      const rp = await (await aRelyingParty(own)).signIn(await aUser().register(own));
      expect((await rp.authorize({ scope: 'read' })).location?.searchParams.has('code')).toBe(true);
      expect(shows(await rp.authorize({ scope: 'read write' }), 'consent-allow')).toBe(true);
    } finally {
      await own.close();
    }
  });

  // @see src/authorization/authorization-requests.service.ts, src/authorization/request-rules.ts
  it('row 49: every parameter of the request means what the standards say', async () => {
    const rp = await signedIn(aClient().redirectUris('https://rp.test/a', 'https://rp.test/b'));
    const code = await rp.code({
      response_type: 'code',
      redirect_uri: 'https://rp.test/b',
      scope: 'openid read',
      state: 'a state',
      nonce: 'a-nonce',
      claims: '{"id_token":{"email":null}}',
    });
    const tokens = tokensOf(await rp.exchange(code, { redirect_uri: 'https://rp.test/b' }));
    expect(tokens.scope).toBe('openid read');
    expect(claimsOf(tokens.id_token)).toMatchObject({ nonce: 'a-nonce', email: 'seeds@example.com' });
  });

  // @see src/consent/consent.controller.ts
  it('row 50: GET shows and decides nothing; the decision is a POST', async () => {
    const rp = await signedIn();
    const page = await rp.authorize();
    const { action, hidden } = formOf(page);
    const query = new URLSearchParams({ ...hidden, decision: 'allow' }).toString();
    expect(shows(await rp.browser.open(`${action}?${query}`), 'consent-allow')).toBe(true);
    const answer = await rp.browser.submit(page, { decision: 'allow' });
    expect(answer.location?.searchParams.has('code')).toBe(true);
  });

  // @see src/clients/response-types.ts, src/authorization/authorization-answer.ts
  it('row 51: code, token, id_token and what they combine to are answered as they say', async () => {
    const types = [
      'code',
      'token',
      'id_token',
      'id_token token',
      'code id_token',
      'code token',
      'code id_token token',
    ];
    const grants = aClient().grants('authorization_code', 'implicit');
    const rp = await signedIn(grants.with({ response_types: types }));
    for (const type of types) {
      const back = await rp.signInAndConsent(user, { response_type: type, nonce: 'n' });
      const answer = type === 'code' ? back.searchParams : fragmentOf(back);
      const carried = ['code', 'access_token', 'id_token'].filter((name) => answer.has(name));
      expect(carried.map((name) => name.replace('access_', ''))).toEqual(
        ['code', 'token', 'id_token'].filter((part) => type.split(' ').includes(part)),
      );
    }
  });

  // @see src/authorization/response-modes.ts
  it('row 52: state comes back unchanged, with codes and with errors', async () => {
    const rp = await signedIn();
    const state = 'ünusual & "quoted" +%20 {state}';
    expect((await rp.signInAndConsent(user, { state })).searchParams.get('state')).toBe(state);
    const { location } = await rp.authorize({ state, scope: 'unknown' });
    expect([location?.searchParams.get('error'), location?.searchParams.get('state')]).toEqual([
      'invalid_scope',
      state,
    ]);
    expect((await rp.authorize({ state: undefined })).location?.searchParams.has('state')).toBe(false);
  });

  // @see src/grants/authorization-code/authorization-codes.service.ts, src/authorization/request-rules.ts
  it('row 53: PKCE binds the code to who asked for it, and lets a public client do without a secret', async () => {
    const rp = await signedIn(aClient().public());
    const code = await rp.code();
    for (const code_verifier of [undefined, 'x'.repeat(43), challengeOf(rp.verifier)]) {
      expect((await rp.exchange(code, { code_verifier })).json.error).toBe('invalid_grant');
    }
    expect((await rp.exchange(code)).status).toBe(200);
  });

  // @see src/authorization/authorization-requests.service.ts, docs/configuration.md
  it('row 54: PKCE is required by default, and one setting or one client can do without', async () => {
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    const rp = await signedIn();
    const refused = await rp.authorize(without);
    expect(refused.location?.searchParams.get('error_description')).toBe('code_challenge is missing');
    await changeClient(server, rp.client, { require_pkce: false });
    const code = await rp.code(without);
    expect((await rp.exchange(code, { code_verifier: undefined })).status).toBe(200);
    const own = await startServer({ settings: { pkce: { required: false } } });
    const other = await aRelyingParty(own);
    const page = await other.authorize(without);
    await own.close();
    expect(shows(page, 'login-submit')).toBe(true);
  });

  // @see src/grants/authorization-code/authorization-code.grant.ts
  it('row 55: an authorization code comes in the query of the redirect and becomes tokens, once', async () => {
    const rp = await signedIn();
    const back = await rp.signInAndConsent();
    expect(back.href).toMatch(/^https:\/\/rp\.test\/cb\?code=[\w-]{43}&/);
    expect([...back.searchParams.keys()]).toEqual(expect.arrayContaining(['code', 'state', 'iss']));
    const code = back.searchParams.get('code')!;
    expect(tokensOf(await rp.exchange(code)).token_type).toBe('Bearer');
    expect((await rp.exchange(code)).json.error).toBe('invalid_grant');
  });

  // @see src/authorization/authorization-answer.ts, src/applications/application-warnings.ts
  it('row 60: implicit and hybrid exist for clients that an operator registers for them, and for no others', async () => {
    const grants = aClient().grants('authorization_code', 'implicit');
    const rp = await signedIn(grants.with({ response_types: ['token', 'code id_token'] }));
    const implicit = fragmentOf(await rp.signInAndConsent(user, { response_type: 'token' }));
    expect(await rp.isAlive(implicit.get('access_token')!)).toBe(true);
    expect(implicit.has('refresh_token')).toBe(false);
    const hybrid = fragmentOf(
      await rp.signInAndConsent(user, { response_type: 'code id_token', nonce: 'n' }),
    );
    expect(claimsOf(hybrid.get('id_token')!)).toHaveProperty('c_hash');
    const { location } = await (await signedIn()).authorize({ response_type: 'token' });
    expect(location?.searchParams.get('error')).toBe('unsupported_response_type');
  });

  // @see src/authorization/authorization-error.filter.ts, src/common/oauth-errors.ts
  it('row 70: errors go to the redirect URI with error and error_description', async () => {
    const rp = await signedIn();
    const ask = async (overrides: Record<string, string | undefined>) =>
      (await rp.authorize({ ...overrides, state: 's' })).location;
    expectRedirectError(server, await ask({ response_type: undefined }), 'invalid_request', 's');
    expectRedirectError(server, await ask({ response_type: 'banana' }), 'unsupported_response_type', 's');
    expectRedirectError(server, await ask({ scope: 'unknown' }), 'invalid_scope', 's');
    const page = await rp.authorize({ state: 's' });
    const denied = await rp.browser.submit(page, { decision: 'deny' });
    expectRedirectError(server, denied.location, 'access_denied', 's');
    const implicitOnly = aClient()
      .grants('implicit')
      .with({ response_types: ['token'] });
    const other = await (await signedIn(implicitOnly)).authorize({ state: 's' });
    expectRedirectError(server, other.location, 'unauthorized_client', 's');
    const own = await startServer();
    const broken = await (await aRelyingParty(own)).signIn(await aUser().register(own));
    await own.sql('ALTER TABLE gh_consent RENAME TO gh_consent_gone');
    const failed = await broken.authorize({ state: 's' });
    await own.close();
    expectRedirectError(own, failed.location, 'server_error', 's');
  });

  // @see src/authorization/authorization-requests.service.ts, src/pages/templates/error.hbs
  it('row 79: an unknown client or redirect URI is told on a page, and never redirected anywhere', async () => {
    const rp = await signedIn();
    for (const fault of [
      { redirect_uri: 'https://evil.test/' },
      { redirect_uri: 'https://rp.test/cb#x' },
      { client_id: 'unknown' },
      { client_id: undefined },
    ]) {
      expectErrorPage(await rp.authorize(fault));
    }
    const page = await rp.authorize({ redirect_uri: 'https://evil.test/' });
    expect(page.body).toContain('redirect_uri is not registered for this client');
  });

  // @see src/authorization/claims-parameter.ts, src/tokens/released-claims.ts
  it('row 88: the nonce is in the ID token, and claims asked for by name come where they were asked for', async () => {
    const rp = await signedIn();
    const claims = JSON.stringify({ userinfo: { email: { essential: true } }, id_token: { email: null } });
    const tokens = await rp.tokens({ nonce: 'n-0S6_WzA2Mj', claims });
    expect(claimsOf(tokens.id_token)).toMatchObject({ nonce: 'n-0S6_WzA2Mj', email: 'seeds@example.com' });
    expect((await rp.userinfo(tokens.access_token)).json).toEqual({
      sub: user.subject,
      email: 'seeds@example.com',
    });
    expect(claimsOf((await rp.tokens()).id_token)).not.toHaveProperty('email');
  });

  // @see src/config/settings.schema.ts, docs/configuration.md
  it('row 90: state can be made mandatory; lifetimes, the realm and whether tokens are refreshable are chosen', async () => {
    const settings = {
      state: { required: true },
      realm: 'seeds',
      accessToken: { ttl: '90s' },
      authorizationCode: { ttl: '30s' },
    };
    const own = await startServer({ settings });
    try {
      const rp = await aRelyingParty(own, aClient().grants('authorization_code'));
      const { location } = await rp.authorize({ state: undefined });
      expect(location?.searchParams.get('error_description')).toBe('state is missing');
      const somebody = await aUser().register(own);
      const tokens = await rp.tokens({}, somebody);
      expect([tokens.expires_in, tokens.refresh_token]).toEqual([90, undefined]);
      const challenge = (await own.send('/oauth/userinfo')).headers['www-authenticate'];
      expect(challenge).toMatch(/^Bearer realm="seeds"(,|$)/);
      const code = await rp.code({}, somebody);
      own.clock.advance(31);
      expect((await rp.exchange(code)).json.error).toBe('invalid_grant');
    } finally {
      await own.close();
    }
  });
});

/** Reading is nothing to ask about here. */
@Injectable()
class AskForWriting extends ConsentPolicy {
  missing({ scope }: ConsentQuestion): Scope {
    return scope.without(new Scope(['read']));
  }
}
