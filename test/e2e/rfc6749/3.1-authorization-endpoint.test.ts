import {
  aRelyingParty,
  aUser,
  expectErrorPage,
  textOf,
  expectRedirectError,
  sharedServer,
  shows,
} from '../../support/index.js';

describe('RFC 6749 §3.1 authorization endpoint', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const rp = await (await aRelyingParty(server)).signIn(user);
  const evil = encodeURIComponent('https://evil.test/cb');

  it.each([
    'client_id',
    'redirect_uri',
    'response_type',
    'scope',
    'state',
    'nonce',
    'prompt',
    'code_challenge',
  ])('H10 refuses %s twice, in either order', async (name) => {
    for (const value of ['x', evil]) {
      expectErrorPage(await rp.browser.open(`${rp.authorizationUrl()}&${name}=${value}&${name}=${value}`));
    }
  });

  it('R10 refuses a second redirect_uri, wherever it stands', async () => {
    const url = rp.authorizationUrl();
    const [path, query] = url.split('?');
    expectErrorPage(await rp.browser.open(`${url}&redirect_uri=${evil}`));
    expectErrorPage(await rp.browser.open(`${path}?redirect_uri=${evil}&${query}`));
    expectErrorPage(await rp.browser.follow(await rp.browser.post(`${path}?redirect_uri=${evil}`, query)));
    const twice = await rp.browser.post(path!, `${query}&redirect_uri=${evil}`);
    expectErrorPage(twice);
    expect(textOf(twice, 'error-code')).toBe('invalid_request');
    expect(textOf(twice, 'error-parameter')).toBe('redirect_uri');
  });

  it.each([
    `redirect_uri[]=${evil}`,
    'redirect_uri[0]=x&redirect_uri[]=y',
    'redirect_uri[a]=b',
    'client_id[$ne]=x',
    '__proto__[redirect_uri]=x',
    'constructor[prototype][x]=1',
  ])('R11 H14 knows no array or object syntax: %s is one more unknown parameter', async (query) => {
    const page = await rp.browser.open(
      `${rp.authorizationUrl({ redirect_uri: undefined, prompt: 'consent' })}&${query}`,
    );
    expect(shows(page, 'consent-allow')).toBe(true);
    expect(page.body).not.toContain('evil.test');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('R11 never takes an array for the value that is missing', async () => {
    expectErrorPage(
      await rp.browser.open(`${rp.authorizationUrl({ client_id: undefined })}&client_id[]=${rp.client.id}`),
    );
  });

  it.each(['%00', '%ff', '%c0%af', '%ed%a0%80', '%e2%28%a1', '%', '%zz', '%f4%90%80%80'])(
    'H15 refuses %s in every parameter',
    async (bytes) => {
      for (const name of [
        'client_id',
        'redirect_uri',
        'scope',
        'state',
        'nonce',
        'code_challenge',
        'prompt',
        'x',
      ]) {
        const url = rp.authorizationUrl({ [name]: undefined });
        expectErrorPage(await rp.browser.open(`${url}&${name}=a${bytes}b`));
      }
    },
  );

  it.each(['%ef%bf%be', '%ef%bf%bf', '%e2%80%ae', '%27%3b--', '%5c%27', '%25%27%20OR%201=1'])(
    'H15 H16 stores %s like any other text',
    async (bytes) => {
      const url = `${rp.authorizationUrl({ state: undefined, prompt: 'consent' })}&state=a${bytes}b&nonce=a${bytes}b`;
      const back = await rp.complete(await rp.browser.open(url));
      expect(back.searchParams.get('state')).toBe(decodeURIComponent(`a${bytes}b`));
    },
  );

  it('H11 refuses what is too much', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join('&');
    expect((await rp.browser.get(`/oauth/authorize?${many}`)).status).toBeOneOf([400, 414, 431]);
    expect((await rp.browser.get(`/oauth/authorize?x=${'a'.repeat(64_000)}`)).status).toBeOneOf([
      400, 414, 431,
    ]);
    for (const length of [20_000, 200_000])
      expectErrorPage(await rp.browser.post('/oauth/authorize', `x=${'a'.repeat(length)}`), 413);
    expectErrorPage(await rp.browser.open(`${rp.authorizationUrl()}&${many.slice(0, 1_000)}`));
  });

  it('ignores a parameter that it does not know', async () => {
    const back = await rp.signInAndConsent(user, { extra: 'foobar' });
    expect(back.searchParams.has('code')).toBe(true);
    expect(back.searchParams.has('extra')).toBe(false);
  });

  it('treats an empty parameter as omitted', async () => {
    const back = await rp.signInAndConsent(user, { nonce: '', prompt: '', max_age: '' });
    expect(back.searchParams.has('code')).toBe(true);
  });

  it('takes the request by POST as well, from another site and without its cookies', async () => {
    const [path, query] = rp.authorizationUrl({ state: 'by post', prompt: 'consent' }).split('?');
    const answer = await server.send('/oauth/authorize', { method: 'POST', body: query });
    expect(answer.status).toBe(303);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(path).toBe(`${server.issuer}/oauth/authorize`);
    const back = await rp.complete(await rp.browser.follow(answer));
    expect(back.searchParams.get('state')).toBe('by post');
  });

  it.each([undefined, 'token', 'id_token', 'code token', 'id_token token', 'foo', 'code code', 'CODE'])(
    'C12 refuses response_type %s, and gives no token to the front channel',
    async (response_type) => {
      const answer = await rp.authorize({ response_type, state: 's' });
      const error = response_type === undefined ? 'invalid_request' : 'unsupported_response_type';
      expectRedirectError(server, answer.location, error, 's');
      expect(answer.location!.hash).toBe('');
    },
  );

  it.each(['fragment', 'web_message', 'jwt', 'x'])('C12 refuses response_mode %s', async (response_mode) => {
    expectRedirectError(
      server,
      (await rp.authorize({ response_mode, state: 's' })).location,
      'invalid_request',
      's',
    );
  });

  it.each([
    ['request', 'invalid_request_object'],
    ['request_uri', 'invalid_request_uri'],
    ['registration', 'registration_not_supported'],
  ])('Q01 Q02 refuses %s, which could carry what matters', async (name, error) => {
    const { location } = await rp.authorize({ [name]: 'http://127.0.0.1:9/', state: 's' });
    expectRedirectError(server, location, error, 's');
  });
});
