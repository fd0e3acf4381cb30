import { accessTokenVerifier } from './resource-server.module.js';

const GOOD = { issuer: 'https://sso.example.com', audience: 'https://api.example.com' };
const CREDENTIALS = { clientId: 'api', clientSecret: 'secret' };

describe('the options of a resource server', () => {
  it.each([
    GOOD,
    { ...GOOD, issuer: 'http://localhost:3000' },
    { ...GOOD, issuer: 'https://example.com/sso' },
    { ...GOOD, introspection: CREDENTIALS },
  ])('takes %j', (options) => {
    expect(() => accessTokenVerifier(options)).not.toThrow();
  });

  it.each([
    ['issuer must be', { ...GOOD, issuer: 'http://sso.example.com' }],
    ['issuer must be', { ...GOOD, issuer: 'sso.example.com' }],
    ['issuer must be', { ...GOOD, issuer: 'https://sso.example.com?tenant=1' }],
    ['issuer must be', { ...GOOD, issuer: 'https://me:secret@sso.example.com' }],
    ['audience must name', { ...GOOD, audience: '' }],
    ['needs clientId and clientSecret', { ...GOOD, introspection: { ...CREDENTIALS, clientSecret: '' } }],
    ['cacheFor must be 0 to 3600', { ...GOOD, introspection: { ...CREDENTIALS, cacheFor: -1 } }],
    ['cacheFor must be 0 to 3600', { ...GOOD, introspection: { ...CREDENTIALS, cacheFor: NaN } }],
  ])('refuses at the start what would guard badly: %s', (sentence, options) => {
    expect(() => accessTokenVerifier(options)).toThrow(sentence);
  });
});
