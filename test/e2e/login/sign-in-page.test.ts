import { aClient, aRelyingParty, expectErrorPage, sharedServer, shows, textOf } from '../../support/index.js';
import type { HttpAnswer } from '../../support/index.js';

const server = await sharedServer();

const imageSources = (page: HttpAnswer): string | undefined =>
  /img-src ([^;]*);/.exec(String(page.headers['content-security-policy']))?.[1];

const tagOf = (page: HttpAnswer, id: string): string =>
  new RegExp(`<[^>]* id="${id}"[^>]*>`).exec(page.body)?.[0] ?? '';

async function signInPageOf(metadata: object): Promise<HttpAnswer> {
  const rp = await aRelyingParty(server, aClient().with({ client_name: 'Planner', ...metadata }));
  return rp.authorize();
}

describe('OpenID Connect Dynamic Client Registration §2 on the sign-in page', () => {
  it('oidcc-registration-logo-uri: shows the logo, and the policy of the page allows its origin alone', async () => {
    const page = await signInPageOf({ logo_uri: 'https://cdn.planner.example/logo.png?v=1' });
    const logo = tagOf(page, 'client-logo');
    expect(logo).toMatch(/^<img /);
    expect(logo).toContain('src="https://cdn.planner.example/logo.png?v&#x3D;1"');
    expect(logo).toContain('alt="Logo of Planner"');
    expect(logo).toContain('referrerpolicy="no-referrer"');
    expect(imageSources(page)).toBe("'self' https://cdn.planner.example");
  });

  it('allows no picture of others where there is no logo', async () => {
    const page = await signInPageOf({});
    expect(shows(page, 'client-logo')).toBe(false);
    expect(imageSources(page)).toBe("'self'");
  });

  it.each([
    ['policy_uri', 'client-policy', 'oidcc-registration-policy-uri'],
    ['tos_uri', 'client-tos', 'oidcc-registration-tos-uri'],
  ])('%s: links to it (#%s, %s), without telling where from', async (name, id) => {
    const page = await signInPageOf({ [name]: 'https://planner.example/page' });
    expect(tagOf(page, id)).toMatch(/^<a .*href="https:\/\/planner.example\/page"/);
    expect(tagOf(page, id)).toContain('rel="noopener noreferrer"');
    expect(shows(await signInPageOf({}), id)).toBe(false);
  });

  it('the name of an application can neither break out of the page nor turn it round', async () => {
    const page = await signInPageOf({
      client_name: '"><svg onload=alert(1)>',
      logo_uri: 'https://cdn.planner.example/l.png',
    });
    expect(page.body).not.toContain('<svg onload');
  });
});

describe('error pages', () => {
  it('oidcc-ensure-registered-redirect-uri: name the error and the parameter where a person can read them', async () => {
    const page = await (await aRelyingParty(server)).authorize({ redirect_uri: 'https://rp.test/other' });
    expectErrorPage(page);
    expect(textOf(page, 'error-code')).toBe('invalid_request');
    expect(textOf(page, 'error-parameter')).toBe('redirect_uri');
    expect(textOf(page, 'error-description')).toBeTruthy();
  });

  it.each([
    ['oidcc-ensure-redirect-uri-in-authorization-request: two are registered, none is named', undefined],
    ['oidcc-redirect-uri-query-added', 'https://rp.test/cb?foo=bar&x=1'],
    ['oidcc-redirect-uri-query-mismatch', 'https://rp.test/cb?foo=baz'],
  ])('%s', async (_title, redirect_uri) => {
    const builder = aClient().redirectUris('https://rp.test/cb?foo=bar', 'https://rp.test/cb2');
    const page = await (await aRelyingParty(server, builder)).authorize({ redirect_uri });
    expectErrorPage(page);
    expect(textOf(page, 'error-parameter')).toBe('redirect_uri');
  });

  it('oidcc-redirect-uri-query-OK: a registered query is kept', async () => {
    const builder = aClient().redirectUris('https://rp.test/cb?foo=bar');
    const { location } = await (await aRelyingParty(server, builder)).authorize({ prompt: 'none' });
    expect(location!.href).toMatch(/^https:\/\/rp\.test\/cb\?foo=bar&error=login_required/);
  });

  it.each(['/login', '/signup', '/consent', '/select-account'])(
    'a form at %s that cannot be read is told on a page, too',
    async (path) => {
      const { browser } = await aRelyingParty(server);
      const answer = await browser.post(path, 'csrf=a&csrf=b');
      if (path === '/signup') return expect(answer.status).toBe(404); // nobody can make an account here
      expectErrorPage(answer);
      expect(textOf(answer, 'error-parameter')).toBe('csrf');
    },
  );
});
