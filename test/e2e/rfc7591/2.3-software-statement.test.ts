import { KeyHolder, WebHost, expectOAuthError, signedWithSecret, startServer } from '../../support/index.js';
import { WEB, configure, register, registered } from './registration.js';

const ISSUER = 'https://vendors.test';
const ELSEWHERE = 'https://registry.test';

describe('RFC 7591 §2.3 software statements', async () => {
  const host = await WebHost.start();
  const [keys, published] = [new KeyHolder('ES256'), new KeyHolder('PS256')];
  host.answer('/jwks', { body: published.jwks });
  const server = await startServer({
    settings: {
      registration: {
        access: 'open',
        softwareStatements: [
          { issuer: ISSUER, jwks: keys.jwks as { keys: { kty: string }[] } },
          { issuer: ELSEWHERE, jwks_uri: host.url('/jwks') },
        ],
      },
      fetching: { allowedHosts: [host.name] },
    },
  });
  afterAll(async () => {
    await server.close();
    await host.close();
  });

  const now = () => Math.floor(server.clock.now().getTime() / 1000);
  const claims = { iss: ISSUER, software_id: 'timesheets', client_name: 'Timesheets by ACME' };
  const withStatement = (software_statement: unknown, metadata: object = {}) =>
    register(server, { ...WEB, ...metadata, software_statement });

  it('win over what stands beside them, and are returned as they came', async () => {
    const software_statement = await keys.sign({
      ...claims,
      redirect_uris: ['https://acme.test/cb'],
      exp: now() + 60,
    });
    const metadata = { redirect_uris: ['https://evil.test/cb'], client_uri: 'https://rp.test/' };
    const { status, json } = await withStatement(software_statement, metadata);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      software_statement,
      client_name: 'Timesheets by ACME',
      software_id: 'timesheets',
      redirect_uris: ['https://acme.test/cb'],
      client_uri: 'https://rp.test/',
    });
    expect((await configure(server, json)).json).toMatchObject({ software_statement });
  });

  it('may be signed by keys that the issuer publishes', async () => {
    const statement = await published.sign({ ...claims, iss: ELSEWHERE });
    expect((await withStatement(statement)).status).toBe(201);
  });

  it('give no more than the policy: who vouches for software does not own this server', async () => {
    const more = {
      scope: 'openid management',
      skip_consent: true,
      client_id: 'chosen',
      client_secret: 'chosen',
    };
    const { json } = await withStatement(await keys.sign({ ...claims, ...more }));
    expect(json.scope).toBe('openid');
    expect([json.client_id, json.client_secret]).not.toContain('chosen');
  });

  it.each([
    ['of nobody', { iss: undefined }],
    ['of somebody unknown', { iss: 'https://evil.test' }],
    ['of an issuer that is not a text', { iss: [ISSUER] }],
  ])('%s are not approved', async (_, changed) => {
    const statement = await keys.sign({ ...claims, ...changed });
    expectOAuthError(await withStatement(statement), 400, 'unapproved_software_statement');
  });

  it.each([
    ['expired', () => keys.sign({ ...claims, exp: now() - 120 })],
    ['not valid yet', () => keys.sign({ ...claims, nbf: now() + 120 })],
    ['with a text as expiry', () => keys.sign({ ...claims, exp: '9999999999' })],
    ['of another key', () => new KeyHolder('ES256', keys.jwk.kid).sign(claims)],
    ['of another issuer’s key', () => published.sign(claims)],
    ['keyed by the public key', () => signedWithSecret(claims, JSON.stringify(keys.jwk))],
    ['that is not signed', async () => `${(await keys.sign(claims)).split('.').slice(0, 2).join('.')}.`],
    ['with alg none', () => `${encoded({ alg: 'none' })}.${encoded(claims)}.`],
    ['that was changed', async () => tampered(await keys.sign(claims))],
    ['that says things twice', () => keys.sign(`{"iss":"${ISSUER}","iss":"${ISSUER}"}`)],
    ['that is no JWT', () => 'not a jwt'],
    ['that is no text', () => ({ iss: ISSUER })],
    ['that is empty', () => ''],
  ])('that is %s are invalid', async (_, statement) => {
    expectOAuthError(await withStatement(await statement()), 400, 'invalid_software_statement');
  });

  it('with metadata that may not be registered are refused for that', async () => {
    const statement = await keys.sign({ ...claims, logo_uri: 'javascript:alert(1)' });
    expectOAuthError(await withStatement(statement), 400, 'invalid_client_metadata');
  });

  it('are replaced with the rest at an update', async () => {
    const software_statement = await keys.sign(claims);
    const client = await registered(server, { ...WEB, software_statement });
    const put = (metadata: object) =>
      configure(server, client, {
        method: 'PUT',
        body: { client_id: client.client_id, ...WEB, ...metadata },
      });
    expect((await put({ software_statement })).json).toMatchObject({ software_statement });
    expectOAuthError(await put({ software_statement: 'x' }), 400, 'invalid_software_statement');
    const { json } = await put({});
    expect(json).not.toHaveProperty('software_statement');
    expect(json.client_name).toBe(WEB.client_name);
  });
});

describe('RFC 7591 §2.3 where a software statement is required', async () => {
  const keys = new KeyHolder('ES256');
  const server = await startServer({
    settings: {
      registration: {
        access: 'open',
        requireSoftwareStatement: true,
        softwareStatements: [{ issuer: ISSUER, jwks: keys.jwks as { keys: { kty: string }[] } }],
      },
    },
  });
  afterAll(() => server.close());

  it('nobody registers without one', async () => {
    for (const metadata of [WEB, { ...WEB, software_statement: null }])
      expectOAuthError(await register(server, metadata), 400, 'invalid_software_statement');
    await registered(server, { ...WEB, software_statement: await keys.sign({ iss: ISSUER }) });
  });

  it('nobody gets rid of it at an update', async () => {
    const software_statement = await keys.sign({ iss: ISSUER });
    const client = await registered(server, { ...WEB, software_statement });
    const body = { ...WEB, client_id: client.client_id };
    const answer = await configure(server, client, { method: 'PUT', body });
    expectOAuthError(answer, 400, 'invalid_software_statement');
  });
});

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

function tampered(jwt: string): string {
  const [header, payload, signature] = jwt.split('.');
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
  return [header, encoded({ ...claims, client_name: 'Evil' }), signature].join('.');
}
