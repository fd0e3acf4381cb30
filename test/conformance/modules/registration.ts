import { randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { expectRefusalPage } from '../checks.js';
import { SUITE, register, registrationOf } from '../clients.js';
import { aBehaviour } from '../plan.js';
import type { Run } from '../run.js';
import { call } from '../server.js';
import { theSite } from '../site.js';

const CALLBACK = `${SUITE}/callback`;

/** Sends metadata beside the usual, which must not be taken. */
async function expectRegistrationError(run: Run, metadata: object, ...errors: string[]): Promise<void> {
  const { responseType, method } = run.variant;
  const wanted = { responseType, method, metadata: { ...metadata } };
  const answer = await register(run.server, registrationOf(wanted, run.client.key!));
  expect(answer.status).toBe(400);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(errors).toContain(answer.json.error);
}

export const redirectUriInRequest = aBehaviour(
  'chooses no redirect URI where there are two and none is named',
  async (run) => {
    const page = await run.open(run.request({ redirect_uri: undefined }));
    expectRefusalPage(page, 'invalid_request', 'redirect_uri');
  },
  () => ({ redirect_uris: [CALLBACK, `${CALLBACK}/second`] }),
);

const withQuery = () => ({ redirect_uris: [`${CALLBACK}?foo=bar`] });

export const redirectUriQueryOk = aBehaviour(
  'keeps the query of a redirect URI',
  async (run) => {
    const { callback } = await run.flow();
    expect(callback.redirectUri).toBe(`${CALLBACK}?foo=bar`);
  },
  withQuery,
);

export const redirectUriQueryMismatch = aBehaviour(
  'refuses a redirect URI with another query',
  async (run) => {
    const page = await run.open(run.request({ redirect_uri: `${CALLBACK}?bar=foo` }));
    expectRefusalPage(page, 'invalid_request', 'redirect_uri');
  },
  withQuery,
);

export const redirectUriQueryAdded = aBehaviour('refuses a redirect URI with a query added', async (run) => {
  const page = await run.open(run.request({ redirect_uri: `${CALLBACK}?foo=bar` }));
  expectRefusalPage(page, 'invalid_request', 'redirect_uri');
});

export const redirectUriFragment = aBehaviour('registers no redirect URI with a fragment', async (run) => {
  const errors = ['invalid_redirect_uri', 'invalid_client_metadata'];
  await expectRegistrationError(run, { redirect_uris: [`${CALLBACK}#fragment`] }, ...errors);
});

/** An address of the client that the sign-in page must hold in an element that browsers find by its id. */
const shown = (name: string, element: RegExp, attribute: string) => {
  const address = `https://suite.test:8443/${name}`;
  return aBehaviour(
    `shows ${name} on the sign-in page`,
    async (run) => {
      const page = await run.open(run.request());
      expect(page.status).toBe(200);
      expect(page.body).toContain(' id="login-submit"');
      const [tag] = element.exec(page.body)!;
      expect(tag).toContain(`${attribute}="${address}"`);
    },
    () => ({ [name]: address }),
  );
};

export const logoUri = shown('logo_uri', /<img [^>]*id="client-logo"[^>]*>/, 'src');
export const policyUri = shown('policy_uri', /<a [^>]*id="client-policy"[^>]*>/, 'href');
export const tosUri = shown('tos_uri', /<a [^>]*id="client-tos"[^>]*>/, 'href');

const pairwise = (sector_identifier_uri: string) => ({ subject_type: 'pairwise', sector_identifier_uri });

export const sectorUri = aBehaviour(
  'registers a sector that knows the redirect URI, and its users by a name of their own',
  async (run) => {
    expect(run.metadata['subject_types_supported']).toContain('pairwise');
    const [first, second] = [await run.flow(), await run.flow()];
    const subjects = [...first.idTokens, ...second.idTokens].map(({ claims }) => claims.sub);
    expect(new Set(subjects).size).toBe(1);
    expect(subjects[0]).not.toBe('conformance-user');
  },
  async () => {
    const site = await theSite();
    const address = site.newAddress();
    site.publish(address, 'application/json', [CALLBACK]);
    return pairwise(address);
  },
);

export const sectorBad = aBehaviour('registers no sector that lacks the redirect URI', async (run) => {
  const site = await theSite();
  const address = site.newAddress();
  site.publish(address, 'application/json', [`https://${randomBytes(4).toString('hex')}.test/callback`]);
  await expectRegistrationError(run, pairwise(address), 'invalid_client_metadata');
});

/** The metadata as the server keeps it. */
async function readBack({ server, client }: Run): Promise<Record<string, unknown>> {
  const { registration_client_uri: uri, registration_access_token: token } = client.registration!;
  const headers = { authorization: `Bearer ${String(token)}` };
  const answer = await call(server, String(uri), { headers });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  return answer.json as Record<string, unknown>;
}

const INITIATE_LOGIN = `${SUITE}/initiate-login`;

export const thirdPartyInitLogin = aBehaviour(
  'registers where others send people to sign in',
  async (run) => {
    expect(run.client.registration!['initiate_login_uri']).toBe(INITIATE_LOGIN);
    expect((await readBack(run))['initiate_login_uri']).toBe(INITIATE_LOGIN);
    // Whoever arrives there is sent off with a request like any other.
    const { idTokens } = await run.flow();
    expect(decodeJwt(idTokens[0]!.jwt).aud).toBe(run.client.id);
  },
  () => ({ initiate_login_uri: INITIATE_LOGIN }),
);

export const thirdPartyInitLoginNoHttps = aBehaviour('registers no http address for that', async (run) => {
  const initiate_login_uri = INITIATE_LOGIN.replace('https:', 'http:');
  await expectRegistrationError(run, { initiate_login_uri }, 'invalid_client_metadata');
});
