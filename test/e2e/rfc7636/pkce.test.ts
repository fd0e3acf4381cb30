import {
  aClient,
  aRelyingParty,
  aUser,
  challengeOf,
  expectOAuthError,
  expectRedirectError,
  sharedServer,
} from '../../support/index.js';

const server = await sharedServer();
const user = await aUser().register(server);
const verifier = 'v'.repeat(43);

describe('RFC 7636 §4.3 code challenge', async () => {
  const rp = await (await aRelyingParty(server)).signIn(user);

  it.each([
    ['is missing', { code_challenge: undefined, code_challenge_method: undefined }],
    ['is missing, and its method is not', { code_challenge: undefined }],
    ['is plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
    ['has no method, which means plain', { code_challenge_method: undefined }],
    ['has an unknown method', { code_challenge_method: 's256' }],
    ['has 42 characters', { code_challenge: 'c'.repeat(42) }],
    ['has 44 characters', { code_challenge: 'c'.repeat(44) }],
    ['is no base64url', { code_challenge: `${'c'.repeat(42)}+` }],
    ['has padding', { code_challenge: `${'c'.repeat(42)}=` }],
    ['has 10 kB', { code_challenge: 'c'.repeat(10_000) }],
  ])('C07 refuses a request whose challenge %s', async (_, overrides) => {
    const { location } = await rp.authorize({ state: 's', ...overrides });
    expectRedirectError(server, location, 'invalid_request', 's');
  });

  it('C07 asks it of public clients, too', async () => {
    const nobody = await aRelyingParty(server, aClient().public());
    const { location } = await nobody.authorize({ state: 's', code_challenge: undefined });
    expectRedirectError(server, location, 'invalid_request', 's');
  });
});

describe('RFC 7636 §4.6 code verifier', async () => {
  const rp = await (await aRelyingParty(server)).signIn(user);

  it.each([
    ['wrong', 'w'.repeat(43), 'invalid_grant'],
    ['missing', undefined, 'invalid_grant'],
    ['empty', '', 'invalid_grant'],
    ['the challenge itself', challengeOf(verifier), 'invalid_grant'],
    ['too short', 'v'.repeat(42), 'invalid_request'],
    ['too long', 'v'.repeat(129), 'invalid_request'],
    ['of characters that are not allowed', `${'v'.repeat(43)}!`, 'invalid_request'],
  ])('C05 refuses one that is %s, and keeps the code for its owner', async (_, code_verifier, error) => {
    const code = await rp.code({ code_challenge: challengeOf(verifier) });
    expectOAuthError(await rp.exchange(code, { code_verifier }), 400, error);
    expect((await rp.exchange(code, { code_verifier: verifier })).status).toBe(200);
  });

  it('C05 refuses two of them', async () => {
    const code = await rp.code({ code_challenge: challengeOf(verifier) });
    const body = `grant_type=authorization_code&code=${code}&code_verifier=${verifier}&code_verifier=${verifier}`;
    expectOAuthError(await rp.post('/oauth/token', {}, { body }), 400, 'invalid_request');
  });

  it.each([43, 128])('takes one of %d characters', async (length) => {
    const longest = '-._~'.padEnd(length, 'aZ9');
    const code = await rp.code({ code_challenge: challengeOf(longest) });
    expect((await rp.exchange(code, { code_verifier: longest })).status).toBe(200);
  });
});

describe('PKCE where the operator does not require it of a client', async () => {
  const rp = await (await aRelyingParty(server, aClient().with({ require_pkce: false }))).signIn(user);
  const without = { code_challenge: undefined, code_challenge_method: undefined };

  it('does without, also without nonce', async () => {
    const code = await rp.code(without);
    expect((await rp.exchange(code, { code_verifier: undefined })).status).toBe(200);
  });

  it('C07 RFC 9700 §4.8.2 refuses a verifier for a request that had no challenge', async () => {
    const code = await rp.code(without);
    expectOAuthError(await rp.exchange(code, { code_verifier: verifier }), 400, 'invalid_grant');
  });

  it('C07 still demands the verifier for a request that had one', async () => {
    expectOAuthError(await rp.exchange(await rp.code(), { code_verifier: undefined }), 400, 'invalid_grant');
  });

  it('C07 refuses half of a challenge', async () => {
    const { location } = await rp.authorize({ state: 's', code_challenge: undefined });
    expectRedirectError(server, location, 'invalid_request', 's');
  });
});
