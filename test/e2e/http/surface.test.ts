import {
  aClient,
  aRelyingParty,
  aUser,
  encoded,
  expectErrorPage,
  sharedServer,
  startServer,
} from '../../support/index.js';
import type { HttpAnswer, TestServer } from '../../support/index.js';

const server = await sharedServer();
const user = await aUser().register(server);
const html = { accept: 'text/html' };

describe('H01 H02 headers that a stranger may set', () => {
  const hostile = {
    host: 'evil.test',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '444',
    'x-forwarded-prefix': '/evil',
    'x-forwarded-for': 'x'.repeat(5_000),
    forwarded: 'host=evil.test;proto=https',
    'x-original-host': 'evil.test',
    'x-original-url': '/admin',
    'x-rewrite-url': '/admin',
    'x-http-method-override': 'DELETE',
  };

  it.each([
    '/.well-known/openid-configuration',
    '/oauth/jwks',
    '/',
    '/login',
    '/oauth/authorize',
    '/account',
    '/x',
  ])('change nothing of %s', async (path) => {
    const [plain, injected] = [
      await server.send(path, { headers: html }),
      await server.send(path, { headers: { ...html, ...hostile } }),
    ];
    expect(injected.status).toBe(plain.status);
    expect(injected.headers.location).toBe(plain.headers.location);
    expect(JSON.stringify([injected.body, injected.headers])).not.toContain('evil');
    if (path.includes('.well-known') || path.includes('jwks')) expect(injected.body).toBe(plain.body);
  });

  it('change nothing of a whole sign-in', async () => {
    const rp = await aRelyingParty(server);
    const answer = await rp.browser.get(rp.authorizationUrl(), hostile);
    expect(answer.headers.location).toMatch(new RegExp(`^${server.issuer}/login\\?interaction=`));
  });

  it('make no other method of a POST', async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    const headers = { 'x-http-method-override': 'GET', 'x-http-method': 'GET', 'x-method-override': 'GET' };
    const answer = await rp.post(
      '/oauth/token',
      { grant_type: 'client_credentials', _method: 'GET' },
      { headers },
    );
    expect(answer.status).toBe(200);
  });
});

describe('H05 caching', () => {
  it('lets nobody keep what is personal', async () => {
    const rp = await (await aRelyingParty(server)).signIn(user);
    const { access_token } = await rp.tokens();
    const answers = [
      await rp.userinfo(access_token),
      await rp.introspect(access_token),
      await rp.revoke('x'),
      await rp.refresh('x'),
      await rp.browser.get('/login'),
      await rp.browser.get('/account'),
      await rp.browser.get('/consent?interaction=x'),
      await rp.authorize({ prompt: 'consent' }),
      await rp.browser.get(rp.authorizationUrl()),
      await rp.browser.get(rp.authorizationUrl({ scope: 'unknown' })),
      await rp.authorize({ response_mode: 'form_post' }),
      await rp.authorize({ client_id: 'unknown' }),
      await server.send('/x'),
    ];
    for (const answer of answers) expect(answer.headers['cache-control'], answer.url).toBe('no-store');
  });

  it('is fooled by no suffix', async () => {
    const rp = await (await aRelyingParty(server)).signIn(user);
    const { access_token } = await rp.tokens();
    const headers = { authorization: `Bearer ${access_token}` };
    for (const suffix of ['.css', '/x.css', ';x.css', '%2fx.css', '%00.css', '/..%2fx.css']) {
      expect((await server.send(`/oauth/userinfo${suffix}`, { headers })).status).toBeOneOf([400, 404]);
      expect((await rp.browser.get(`/account${suffix}`)).status).toBeOneOf([400, 404]);
    }
  });
});

describe('H06 S09 headers of every answer', () => {
  let secure: TestServer;
  beforeAll(async () => {
    secure = await startServer({ settings: { issuer: 'https://login.test' } });
  });
  afterAll(() => secure.close());

  const PATHS = [
    '/',
    '/login',
    '/account',
    '/x',
    '/oauth/authorize',
    '/oauth/jwks',
    '/oauth/token',
    '/oauth/userinfo',
  ];

  it.each(PATHS)('are there at %s', async (path) => {
    for (const accept of ['text/html', 'application/json']) {
      const { headers } = await secure.send(path, { headers: { accept } });
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['strict-transport-security']).toMatch(/max-age=(\d{8,})/);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('etag');
    }
  });

  it.each(['/login', '/x', '/oauth/authorize', '/oauth/authorize?client_id=x'])(
    'forbid scripts and frames at %s',
    async (path) => {
      const { headers } = await secure.send(path, { headers: html });
      const policy = headers['content-security-policy'] as string;
      expect(headers['x-frame-options']).toBe('DENY');
      for (const rule of [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        'form-action',
      ]) {
        expect(policy).toContain(rule);
      }
      expect(policy).not.toContain('unsafe');
    },
  );

  it('says nothing of HSTS on loopback', async () => {
    expect((await server.send('/login')).headers).not.toHaveProperty('strict-transport-security');
  });

  it('let the consent form lead to the application', async () => {
    const rp = await aRelyingParty(server);
    const consent = await rp.browser.signIn(user, await rp.authorize());
    expect(consent.headers['content-security-policy']).toContain("form-action 'self' https://rp.test");
  });
});

describe('H07 H09 what comes in goes out as text', async () => {
  const rp = await (await aRelyingParty(server)).signIn(user);
  const xss = `"><svg onload=alert(1)><script>'x'</script>`;
  const crlf = '\r\nSet-Cookie: evil=1\r\n\r\n<html>';
  const names = [
    'state',
    'login_hint',
    'ui_locales',
    'client_id',
    'redirect_uri',
    'scope',
    'prompt',
    'error',
    'error_hint',
  ];

  const isHarmless = (answer: HttpAnswer) => {
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).not.toMatch(/<svg onload|<script>'x'/);
    expect(JSON.stringify(answer.headers)).not.toMatch(/evil=1"|<svg/);
    expect(answer.headers['set-cookie'] ?? []).not.toContainEqual(expect.stringMatching(/^evil/));
  };

  it.each(names)('in %s', async (name) => {
    for (const value of [xss, crlf, '嘊x']) {
      for (const response_mode of ['query', 'form_post']) {
        isHarmless(await rp.authorize({ prompt: 'login', response_mode, [name]: value }));
        isHarmless(await rp.authorize({ response_mode, [name]: value }));
      }
    }
  });

  it('in the state of a page that posts it on', async () => {
    const page = await rp.authorize({ response_mode: 'form_post', state: xss, scope: 'unknown' });
    isHarmless(page);
    expect(page.body).toContain('&lt;svg onload');
    expect(page.headers['content-security-policy']).toMatch(/script-src 'sha256-[\w+/=]+'/);
  });

  it('in the form of the sign-in page', async () => {
    for (const value of [xss, crlf]) {
      isHarmless(
        await rp.browser.submit(await rp.browser.get('/login'), { username: value, password: value }),
      );
      isHarmless(await rp.browser.get(`/login?return_to=${encodeURIComponent(value)}`));
      isHarmless(await rp.browser.get(`/login?interaction=${encodeURIComponent(value)}`));
      isHarmless(await rp.browser.get(`/${encodeURIComponent(value)}`));
    }
  });

  it('in scopes and tokens of the endpoints for machines', async () => {
    for (const value of [xss, crlf]) {
      isHarmless(await rp.token({ grant_type: value, scope: value }));
      isHarmless(await rp.refresh(value, { scope: value }));
      isHarmless(
        await server.send('/oauth/userinfo', {
          headers: { authorization: `Bearer ${encodeURIComponent(value)}` },
        }),
      );
    }
  });
});

describe('what is not there', () => {
  it.each(['/x', '/oauth', '/oauth/', '/.env', '/debug', '/api-json', '/dist/src/main.js.map', '/o/token/'])(
    'H22 answers 404 at %s: a page for people, JSON for programs',
    async (path) => {
      expectErrorPage(await server.send(path, { headers: html }), 404);
      const json = await server.send(path, { headers: { accept: 'application/json' } });
      expect([json.status, typeof json.json.error]).toEqual([404, 'string']);
      expect(json.body + json.headers['content-type']).not.toMatch(/nest|express|node_modules/i);
    },
  );

  it.each(['TRACE', 'PROPFIND', 'DELETE', 'PUT'])('H22 does nothing for %s', async (method) => {
    for (const path of ['/login', '/oauth/authorize', '/oauth/userinfo', '/oauth/jwks']) {
      const answer = await server.send(path, { method, headers: { 'x-secret': 'echo' } });
      expect(answer.status).toBeOneOf([404, 405]);
      expect(answer.body).not.toContain('echo');
    }
  });

  it('answers HEAD like GET, without the body', async () => {
    for (const path of ['/login', '/oauth/jwks', '/.well-known/openid-configuration', '/health/live']) {
      const answer = await server.send(path, { method: 'HEAD' });
      expect([answer.status, answer.body]).toEqual([200, '']);
    }
  });

  it.each(['%', '%ff', '%00', '%c0%af', '..%2f..%2fetc%2fpasswd', 'a'.repeat(5_000)])(
    'H15 minds no path like /%.12s',
    async (path) => {
      for (const prefix of ['/', '/oauth/authorize/', '/assets/']) {
        expect((await server.send(prefix + path, { headers: html })).status).toBeOneOf([400, 404, 414]);
      }
    },
  );

  it('H22 tells no version', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await server.send(path);
      expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
    }
  });
});

describe('H11 too many cookies', () => {
  it('are read without harm', async () => {
    const cookie = Array.from({ length: 1_000 }, (_, index) => `c${index}=1`).join('; ');
    expect((await server.send('/login', { headers: { cookie } })).status).toBe(200);
    expect((await server.send('/login', { headers: { cookie: 'x'.repeat(60_000) } })).status).toBe(431);
  });
});

describe('H14 names of JavaScript', () => {
  it('are ordinary parameters', async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    for (const name of ['__proto__', 'constructor', 'toString', '__proto__[scope]', 'hasOwnProperty']) {
      const body = encoded({ grant_type: 'client_credentials', [name]: 'management' });
      const answer = await rp.post('/oauth/token', {}, { body });
      expect([answer.status, answer.json.scope]).toEqual([200, 'read write']);
      expect((await rp.token({ grant_type: name })).json.error).toBe('unsupported_grant_type');
    }
  });
});
