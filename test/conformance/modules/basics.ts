import { createHash, randomBytes } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { expectCallback, expectPlainUserinfo, expectRefusalPage, expectUserinfo } from '../checks.js';
import { SUITE, register, registrationOf } from '../clients.js';
import { aBehaviour } from '../plan.js';
import { call } from '../server.js';

export const happyFlow = aBehaviour('completes the flow', async (run) => {
  await run.flow();
});

export const responseTypeMissing = aBehaviour('refuses a request without response_type', async (run) => {
  const { callback, request } = await run.visit({ response_type: undefined });
  const mode = run.variant.responseMode ?? 'query';
  expectCallback(callback!, { mode, state: request['state'], issuer: run.server.issuer, failed: true });
  expect(['unsupported_response_type', 'invalid_request']).toContain(callback!.parameters['error']);
});

export const idTokenSignature = aBehaviour(
  'signs with RS256 and names a published key',
  async (run) => {
    const { idTokens } = await run.flow();
    for (const { jwt } of idTokens) expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS256' });
  },
  () => ({ id_token_signed_response_alg: 'RS256' }),
);

export const idTokenUnsigned = aBehaviour('offers no unsigned ID tokens, and registers none', async (run) => {
  expect(run.metadata['id_token_signing_alg_values_supported']).not.toContain('none');
  const { responseType, method } = run.variant;
  const metadata = { id_token_signed_response_alg: 'none' };
  const wanted = registrationOf({ responseType, method, metadata }, run.client.key!);
  const answer = await register(run.server, wanted);
  expect([answer.status, answer.json.error]).toEqual([400, 'invalid_client_metadata']);
});

export const userinfoGet = aBehaviour('answers GET with a header', async (run) => {
  const { userinfo } = await run.flow();
  expect(userinfo).toEqual({ sub: expect.any(String) });
});

export const userinfoPostHeader = aBehaviour('answers POST with a header', async (run) => {
  const { accessToken, idTokens } = await run.flow();
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await call(run.server, run.metadata['userinfo_endpoint']!, { method: 'POST', headers });
  expectUserinfo(expectPlainUserinfo(answer), { subject: idTokens[0]!.claims.sub!, claims: ['sub'] });
});

export const userinfoPostBody = aBehaviour('answers POST with the token in the form', async (run) => {
  const { accessToken, idTokens } = await run.flow();
  const body = { access_token: accessToken! };
  const answer = await call(run.server, run.metadata['userinfo_endpoint']!, { method: 'POST', body });
  expectUserinfo(expectPlainUserinfo(answer), { subject: idTokens[0]!.claims.sub!, claims: ['sub'] });
});

export const userinfoRs256 = aBehaviour(
  'signs userinfo for a client that registers so',
  async (run) => {
    expect(run.metadata['userinfo_signing_alg_values_supported']).toContain('RS256');
    const { userinfo } = await run.flow({ scope: 'openid email' });
    expect(userinfo).not.toHaveProperty('nonce');
  },
  () => ({ userinfo_signed_response_alg: 'RS256' }),
);

export const withoutNonceSucceeds = aBehaviour('needs neither nonce nor PKCE', async (run) => {
  const { idTokens } = await run.flow({ nonce: undefined });
  for (const { claims } of idTokens) expect(claims).not.toHaveProperty('nonce');
});

export const withoutNonceFails = aBehaviour(
  'refuses an ID token without nonce in the browser',
  async (run) => {
    const { callback, request } = await run.visit({ nonce: undefined });
    const { issuer } = run.server;
    expectCallback(callback!, { mode: run.mode, state: request['state'], issuer, failed: true });
    expect(callback!.parameters['error']).toBe('invalid_request');
  },
);

const scopes = (scope: string) =>
  aBehaviour(`tells all claims of the scope ${scope}, and no other`, async (run) => {
    expect(run.metadata['scopes_supported']).toEqual(expect.arrayContaining(scope.split(' ')));
    await run.flow({ scope });
  });

export const scopeProfile = scopes('openid profile');
export const scopeEmail = scopes('openid email');
export const scopeAddress = scopes('openid address');
export const scopePhone = scopes('openid phone');
export const scopeAll = scopes('openid profile email address phone');

export const alternateHappyFlow = aBehaviour(
  'minds no order, and tells no more than the scope',
  async (run) => {
    const request = run.request({ scope: 'email openid' });
    const reversed = Object.fromEntries(Object.entries(request).reverse());
    await run.finish(await run.complete(request, await run.open(reversed)));
  },
);

export const displayPage = aBehaviour('accepts display=page', async (run) => {
  await run.flow({ display: 'page' });
});

export const displayPopup = aBehaviour('accepts display=popup', async (run) => {
  await run.flow({ display: 'popup' });
});

export const unknownParameter = aBehaviour('ignores a parameter that it does not know', async (run) => {
  await run.flow({ extra: 'foobar' });
});

export const loginHint = aBehaviour('accepts a login_hint of nobody', async (run) => {
  await run.flow({ login_hint: 'buffy@suite.test' });
});

export const uiLocales = aBehaviour('accepts ui_locales', async (run) => {
  await run.flow({ ui_locales: 'se' });
});

export const claimsLocales = aBehaviour('accepts claims_locales', async (run) => {
  await run.flow({ claims_locales: 'se' });
});

export const acrValues = aBehaviour('says which of the acr_values it was', async (run) => {
  const supported = run.metadata['acr_values_supported'] as readonly string[] | undefined;
  const values = supported ?? ['1', '2'];
  const { idTokens } = await run.flow({ acr_values: values.join(' ') });
  for (const { claims } of idTokens) expect(values).toContain(claims['acr']);
});

export const registeredRedirectUri = aBehaviour(
  'leads to no redirect URI that is not registered',
  async (run) => {
    const redirect_uri = `${SUITE}/callback/${randomBytes(8).toString('hex')}`;
    const page = await run.open(run.request({ redirect_uri }));
    expectRefusalPage(page, 'invalid_request', 'redirect_uri');
  },
);

export const postRequest = aBehaviour('takes the request by POST from another site', async (run) => {
  const request = run.request();
  const page = await run.agent.arrive(run.metadata['authorization_endpoint']!, request);
  await run.finish(await run.complete(request, page));
});

export const claimsEssential = aBehaviour(
  'tells a claim that is asked for by name, and there alone',
  async (run) => {
    const member = run.variant.responseType === 'id_token' ? 'id_token' : 'userinfo';
    await run.flow({ claims: JSON.stringify({ [member]: { name: { essential: true } } }) });
  },
);

export const validPkce = aBehaviour('checks PKCE with S256', async (run) => {
  const verifier = randomBytes(32).toString('base64url');
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const { callback } = await run.visit({ code_challenge, code_challenge_method: 'S256' });
  const answer = await run.exchange(callback!.parameters['code']!, { code_verifier: verifier });
  expect(answer.status).toBe(200);
});
