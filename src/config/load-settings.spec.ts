import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, loadSettings, settingsFrom, type SettingsInput } from './index.js';

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(text: string, name = 'gatehouse.yaml'): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

function faultsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  return [];
}

const faultsIn = (text: string, env: NodeJS.ProcessEnv = {}) =>
  faultsOf(() => loadSettings({ GATEHOUSE_CONFIG: file(text), ...env }));

describe('defaults', () => {
  it('needs nothing to start', () => {
    const settings = loadSettings({});
    expect(settings).toMatchObject({
      port: 3000,
      environment: 'development',
      issuer: 'http://localhost:3000',
    });
    expect(settings.accessToken).toEqual({ ttl: 3600, format: 'opaque' });
    expect(settings.refreshToken).toEqual({ ttl: 2_592_000, idleTtl: 1_209_600, grace: 10 });
    expect(settings.trustedProxies).toEqual([]);
  });

  it('derives the issuer from port and TLS', () => {
    const pem = file('pem', 'tls.pem');
    expect(loadSettings({ PORT: '4300' }).issuer).toBe('http://localhost:4300');
    expect(loadSettings({ GATEHOUSE_TLS_CERT: pem, GATEHOUSE_TLS_KEY: pem }).issuer).toBe(
      'https://localhost:3000',
    );
  });

  it('serves the API documentation outside production only', () => {
    expect(loadSettings({}).docs.enabled).toBe(true);
    expect(loadSettings({ NODE_ENV: 'production' }).docs.enabled).toBe(false);
    expect(loadSettings({ NODE_ENV: 'production', GATEHOUSE_DOCS_ENABLED: 'true' }).docs.enabled).toBe(true);
  });

  it('has the demo in development without a file only', () => {
    expect(loadSettings({}).demo.enabled).toBe(true);
    expect(loadSettings({ NODE_ENV: 'test' }).demo.enabled).toBe(false);
    expect(loadSettings({ GATEHOUSE_CONFIG: file('port: 1') }).demo.enabled).toBe(false);
    expect(settingsFrom().demo.enabled).toBe(false);
  });
});

describe('precedence', () => {
  it('takes the environment before the file before the default', () => {
    const GATEHOUSE_CONFIG = file('port: 4000\naccessToken: { ttl: 5m, format: jwt }');
    const settings = loadSettings({ GATEHOUSE_CONFIG, GATEHOUSE_ACCESS_TOKEN_TTL: '10m' });
    expect(settings).toMatchObject({
      port: 4000,
      accessToken: { ttl: 600, format: 'jwt' },
      idToken: { ttl: 3600 },
    });
  });

  it('changes one setting only, even where the file shares a mapping by an alias', () => {
    const GATEHOUSE_CONFIG = file('accessToken: &short { ttl: 5m }\nidToken: *short');
    const settings = loadSettings({ GATEHOUSE_CONFIG, GATEHOUSE_ACCESS_TOKEN_TTL: '10m' });
    expect([settings.accessToken.ttl, settings.idToken.ttl]).toEqual([600, 300]);
  });

  it('lets an empty variable empty a list', () => {
    const GATEHOUSE_CONFIG = file('defaultScopes: [openid]');
    expect(loadSettings({ GATEHOUSE_CONFIG, GATEHOUSE_DEFAULT_SCOPES: '' }).defaultScopes).toEqual([]);
  });
});

describe('the file', () => {
  it('may be JSON, indented by tabs', () => {
    expect(loadSettings({ GATEHOUSE_CONFIG: file('{\n\t"port": 1,\n\t"scopes": []\n}') }).port).toBe(1);
  });

  it('may be empty', () => {
    expect(loadSettings({ GATEHOUSE_CONFIG: file('# nothing yet\n') }).port).toBe(3000);
  });

  it('must exist', () => {
    expect(faultsOf(() => loadSettings({ GATEHOUSE_CONFIG: '/nowhere.yaml', GATEHOUSE_TYPO: '' }))).toEqual([
      'GATEHOUSE_TYPO: is not a known environment variable',
      'GATEHOUSE_CONFIG: cannot read the file "/nowhere.yaml" (ENOENT)',
    ]);
  });

  it('must be YAML, and its text is not quoted in the fault', () => {
    const faults = faultsIn('users:\n  - { password: "hush hush }\n');
    expect(faults[0]).toMatch(/gatehouse\.yaml:\d+:\d+: is not valid YAML or JSON \([A-Z_]+\)$/);
    expect(faults.join()).not.toContain('hush');
  });

  it('must not name a key twice', () => {
    expect(faultsIn('port: 1\nport: 2')[0]).toContain('(DUPLICATE_KEY)');
  });

  it('must be a mapping', () => {
    expect(faultsIn('- port')).toEqual(['the configuration: must be a mapping, got a list']);
  });

  it('keeps client metadata and user claims as they are', () => {
    const clients = [{ client_id: 'web', redirect_uris: ['http://localhost/cb'], skip_consent: true }];
    const users = [{ username: 'alice', password: 'p', roles: ['admin'], email_verified: true }];
    expect(settingsFrom({ clients, users })).toMatchObject({ clients, users });
  });
});

describe('faults', () => {
  it('are reported all at once, by path and variable', () => {
    const text = 'accessToken: { ttl: 0 }\nsession: 5\nrefreshToken: { ttl: 1d, idleTtl: 2d }\nscopes: [{}]';
    expect(faultsIn(text, { PORT: 'abc', NODE_ENV: 'prod', GATEHOUSE_PKCE_REQUIRED: 'yes' })).toEqual([
      'port (PORT): must be a whole number from 1 to 65535, got "abc"',
      'environment (NODE_ENV): must be one of development, production, test, got "prod"',
      'accessToken.ttl (GATEHOUSE_ACCESS_TOKEN_TTL): must be a duration of at least 1 s, as seconds or like 30d, 12h, 10m, 45s, got 0',
      'session: must be a mapping, got 5',
      'pkce.required (GATEHOUSE_PKCE_REQUIRED): must be true or false, got "yes"',
      'scopes[0].name: is required',
      'refreshToken.idleTtl (GATEHOUSE_REFRESH_TOKEN_IDLE_TTL): must not exceed refreshToken.ttl, got "2d"',
    ]);
  });

  it('stand one a line in the message', () => {
    const load = () => settingsFrom({ port: 0, host: '' });
    expect(load).toThrow(/^The configuration is refused:\n {2}port \(PORT\): .*\n {2}host \(HOST\): .*$/);
  });

  it('show the whole text that was to be a list', () => {
    const [fault] = faultsIn('', { GATEHOUSE_TRUSTED_PROXIES: 'loopback,10.0.0.0/33' });
    expect(fault).toMatch(/^trustedProxies\[1\] .* got "loopback,10\.0\.0\.0\/33"$/);
  });

  it.each([
    ['acess_token: {}', 'acess_token: is not a known setting; did you mean accessToken?'],
    ['database_url: x', 'database_url: is not a known setting; did you mean database.url?'],
    ['accessToken: { tll: 1 }', 'accessToken.tll: is not a known setting; did you mean accessToken.ttl?'],
    [
      'scopes: [{ name: a, tittle: b }]',
      'scopes[0].tittle: is not a known setting; did you mean scopes[0].title?',
    ],
    ['zebra: 1', 'zebra: is not a known setting'],
  ])('suggest the setting that %s meant', (text, fault) => {
    expect(faultsIn(text)).toEqual([fault]);
  });

  it.each([
    ['GATEHOUSE_ACCES_TOKEN_TTL', '; did you mean GATEHOUSE_ACCESS_TOKEN_TTL?'],
    ['GATEHOUSE_PORT', '; did you mean PORT?'],
    ['GATEHOUSE_CONFG', '; did you mean GATEHOUSE_CONFIG?'],
    ['GATEHOUSE_ZEBRA', ''],
  ])('suggest the variable that %s meant', (name, meant) => {
    expect(faultsIn('', { [name]: '1' })).toEqual([`${name}: is not a known environment variable${meant}`]);
  });

  it('are not made of variables of others, nor of GATEHOUSE_WORKERS', () => {
    expect(faultsIn('', { PATH: '/bin', GATEHOUSE_WORKERS: '2' })).toEqual([]);
  });

  it('never show a secret', () => {
    const text = [
      'keyEncryptionKey: s3cret',
      'database: { url: "mysql://gatehouse:s3cret@db/x" }',
      'issuer: https://admin:s3cret@login.example.com',
      'clients: [{ client_secret: s3cret }, { client_id: [s3cret] }]',
      'users: [{ username: a, password: [s3cret] }]',
    ];
    const faults = faultsIn(text.join('\n'));
    expect(faults).toHaveLength(6);
    expect(faults.join('\n')).not.toContain('s3cret');
  });
});

describe('values', () => {
  const key = Buffer.alloc(32, 0xfb);

  it.each(['base64', 'base64url'] as const)('reads a key in %s and hides it from logs', (encoding) => {
    const settings = settingsFrom({ keyEncryptionKey: key.toString(encoding) });
    expect(settings.keyEncryptionKey?.export()).toEqual(key);
    expect(JSON.stringify(settings)).not.toContain(key.toString(encoding));
  });

  it.each(['', 'short', key.toString('hex')])('refuses the key %j', (keyEncryptionKey) => {
    expect(faultsOf(() => settingsFrom({ keyEncryptionKey }))).toHaveLength(1);
  });

  it.each([
    [{ authorizationCode: { ttl: 601 } }, 'authorizationCode.ttl'],
    [{ port: 80.5 }, 'port'],
    [{ tls: { cert: '/nowhere.pem', key: '/nowhere.pem' } }, 'tls.cert'],
    [{ pages: { templates: '/nowhere' } }, 'pages.templates'],
    [{ pages: { templates: 'x'.repeat(5000) } }, 'pages.templates'],
    [{ pages: { templates: import.meta.filename } }, 'pages.templates'],
    [{ trustedProxies: ['10.0.0.1/x'] }, 'trustedProxies[0]'],
    [{ trustedProxies: ['proxy.example.com'] }, 'trustedProxies[0]'],
    [{ defaultScopes: ['openid profile'] }, 'defaultScopes[0]'],
    [{ resources: [{ identifier: 'https://api.example.com#a', scopes: [] }] }, 'resources[0].identifier'],
    [{ database: { url: 'postgres:' } }, 'database.url'],
  ] satisfies [SettingsInput, string][])('refuses %j', (input, path) => {
    const [fault] = faultsOf(() => settingsFrom(input));
    expect(fault?.slice(0, path.length)).toBe(path);
  });

  it('accepts addresses, blocks and the word loopback as proxies', () => {
    const settings = settingsFrom({ trustedProxies: 'loopback, 10.0.0.0/8, ::1, 2001:db8::/32' });
    expect(settings.trustedProxies).toEqual(['loopback', '10.0.0.0/8', '::1', '2001:db8::/32']);
  });
});
