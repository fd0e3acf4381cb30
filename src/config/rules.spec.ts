import { settingsFrom, type SettingsInput } from './index.js';
import { rules } from './rules.js';

const keyEncryptionKey = Buffer.alloc(32, 7).toString('base64url');
const production = { environment: 'production', database: { url: 'postgres://db/gatehouse' } } as const;
const pem = import.meta.filename;

describe('rules across settings', () => {
  it.each<[string, SettingsInput]>([
    ['tls.key', { tls: { cert: pem } }],
    ['tls.cert', { tls: { key: pem } }],
    ['issuer', { tls: { cert: pem, key: pem }, issuer: 'http://localhost' }],
    ['https.required', { https: { required: true } }],
    ['https.required', { https: { required: true }, issuer: 'http://localhost:3000' }],
    ['keyEncryptionKey', production],
    ['refreshToken.idleTtl', { refreshToken: { ttl: '1d', idleTtl: '2d' } }],
    ['refreshToken.grace', { refreshToken: { idleTtl: 20, grace: 20 } }],
    ['session.idleTtl', { session: { ttl: '1h' } }],
    ['demo.enabled', { environment: 'production', demo: { enabled: true } }],
    ['scopes', { scopes: [{ name: 'read' }, { name: 'read' }] }],
    ['resources', { resources: ['a:b', 'a:b'].map((identifier) => ({ identifier, scopes: [] })) }],
    ['clients', { clients: [{ client_id: 'web' }, { client_id: 'web' }] }],
    ['users', { users: ['1', '2'].map((password) => ({ username: 'alice', password })) }],
    ['users', { users: ['a', 'b'].map((username) => ({ username, password: 'p', sub: '1' })) }],
  ])('refuse %s in %j', (at, input) => {
    const fault = new RegExp(`refused:\\n {2}${at.replace('.', '\\.')}( \\([A-Z_]+\\))?: must [^\\n]+$`);
    expect(() => settingsFrom(input)).toThrow(fault);
  });

  it.each<[SettingsInput]>([
    [{ tls: { cert: pem, key: pem } }],
    [{ ...production, keyEncryptionKey }],
    [{ environment: 'production' }],
    [{ https: { required: true }, issuer: 'https://login.example.com' }],
    [{ https: { required: false }, issuer: 'https://login.example.com' }],
    [{ refreshToken: { ttl: '1d', idleTtl: '1d', grace: 0 } }],
    [{ users: ['a', 'b'].map((username) => ({ username, password: 'same' })) }],
  ])('allow %j', (input) => {
    expect(() => settingsFrom(input)).not.toThrow();
  });

  it('are silent about a setting that is at fault by itself', () => {
    expect(() => settingsFrom({ refreshToken: { ttl: 'soon', idleTtl: '9d' } })).toThrow(/^[^\n]*\n[^\n]*$/);
  });

  it('are judged beside an unknown key', () => {
    const session = { ttl: '1h', idleTtl: '2h', tll: 1 };
    expect(() => settingsFrom({ session })).toThrow('session.idleTtl');
  });

  it('have a sentence each', () => {
    for (const { sentence } of rules) expect(sentence).toMatch(/^must /);
  });
});
