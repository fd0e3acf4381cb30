import { readFileSync } from 'node:fs';
import { SCOPE_CLAIMS } from '../../conformance/checks.js';
import { CONFIGURATION, configured } from '../../conformance/server.js';
import { Run } from '../../conformance/run.js';
import { conformanceServer } from '../../conformance/server.js';
import { loadSettings } from '../../../src/config/index.js';

const SUITE = 'https://suite.test:8443/test/a/gatehouse';

type Declared = Readonly<Record<string, unknown>>;
const client = (id: string): Declared =>
  (configured().clients as unknown as Declared[]).find(({ client_id }) => client_id === id)!;

describe('The file that sets a server up for the plans', () => {
  it.each([
    ['conf-basic', 'client_secret_basic'],
    ['conf-basic-2', 'client_secret_basic'],
    ['conf-post', 'client_secret_post'],
  ])('declares %s, which authenticates with %s', (id, method) => {
    expect(client(id)).toMatchObject({
      client_secret: `${id}-secret-0123456789abcdef`,
      token_endpoint_auth_method: method,
      redirect_uris: [`${SUITE}/callback`, `${SUITE}/callback?dummy1=lorem&dummy2=ipsum`],
      post_logout_redirect_uris: [`${SUITE}/post_logout_redirect`],
    });
    // A module fails on a call that it does not wait for.
    expect(client(id)).not.toHaveProperty('frontchannel_logout_uri');
    expect(client(id)).not.toHaveProperty('backchannel_logout_uri');
  });

  it('declares clients that are told of a sign-out', () => {
    expect(client('conf-frontchannel')['frontchannel_logout_uri']).toBe(`${SUITE}/frontchannel_logout`);
    expect(client('conf-backchannel')['backchannel_logout_uri']).toBe(`${SUITE}/backchannel_logout`);
  });

  it.each(['conf-basic', 'conf-basic-2', 'conf-post', 'conf-frontchannel', 'conf-backchannel'])(
    'lets %s do what every plan does, and asks its user once',
    (id) => {
      const { grant_types, response_types, scope, skip_consent } = client(id);
      expect(grant_types).toEqual(['authorization_code', 'implicit', 'refresh_token']);
      expect(response_types).toEqual([
        'code',
        'id_token',
        'id_token token',
        'code id_token',
        'code token',
        'code id_token token',
      ]);
      expect((scope as string).split(' ').sort()).toEqual(Object.keys(SCOPE_CLAIMS).sort());
      expect(skip_consent).toBeUndefined();
    },
  );

  it('declares a person of whom everything is known', () => {
    const [person] = configured().users as unknown as Declared[];
    expect(person).toMatchObject({ username: 'conformance', password: 'correct-horse-battery' });
    for (const claim of Object.values(SCOPE_CLAIMS).flat()) expect(person).toHaveProperty(claim);
    expect(person!['email_verified']).toBe(true);
    expect(person!['phone_number_verified']).toBe(true);
    expect(person!['updated_at']).toEqual(expect.any(Number));
    expect(Object.keys(person!['address'] as object).sort()).toEqual([
      'country',
      'formatted',
      'locality',
      'postal_code',
      'region',
      'street_address',
    ]);
  });

  it.each(['suite-static-client.json', 'suite-dynamic-client.json'])(
    'goes with %s, for the suite',
    (name) => {
      const text = readFileSync(`test/conformance/${name}`, 'utf8');
      const suite = JSON.parse(text) as Record<string, Declared>;
      expect(suite['alias']).toBe('gatehouse');
      for (const { client_id: id, client_secret: secret } of [suite['client']!, suite['client2']!])
        if (id) expect(client(id as string)['client_secret']).toBe(secret);
      for (const command of ['username', 'password', 'login-submit', 'consent-allow', 'logout-confirm'])
        expect(text).toContain(`"id", "${command}"`);
    },
  );

  it('leaves the issuer and the certificate to the environment', () => {
    const settings = loadSettings({
      GATEHOUSE_CONFIG: CONFIGURATION,
      GATEHOUSE_ISSUER: 'https://op.test:9443',
      GATEHOUSE_TLS_CERT: 'package.json',
      GATEHOUSE_TLS_KEY: 'package.json',
      PORT: '9443',
    });
    expect(settings).toMatchObject({
      issuer: 'https://op.test:9443',
      tls: { cert: 'package.json' },
      registration: { access: 'open', grantTypes: ['authorization_code', 'implicit', 'refresh_token'] },
      // A name without a port is the host at any port.
      fetching: { allowedHosts: ['suite.test'], untrustedCertificates: true },
      subject: { pairwiseSalt: expect.any(String) },
      demo: { enabled: false },
    });
    expect(settings.authorizationCode.ttl).toBeLessThanOrEqual(60);
  });

  it('asks a person once, and again only when a scope is new', async () => {
    const server = await conformanceServer();
    const variant = { responseType: 'code', method: 'client_secret_basic' } as const;
    const run = await Run.begin(server, { ...variant, registration: 'dynamic_client' });
    expect((await run.flow()).shown).toEqual(['login', 'consent']);
    expect((await run.flow()).shown).toEqual([]);
    expect((await run.flow({ scope: 'openid email' })).shown).toEqual(['consent']);
    expect((await run.flow({ scope: 'openid email', prompt: 'none' })).shown).toEqual([]);
  });
});
