import { explainRedirectUri } from './redirect-uri-difference.js';

const REGISTERED = 'https://app.example.com/cb';

describe('explainRedirectUri', () => {
  it.each([
    ['https://app.example.com/cb/', 'trailing slash'],
    ['http://app.example.com/cb', 'scheme'],
    ['https://app.example.org/cb', 'host'],
    ['https://app.example.com:443/cb', 'port'],
    ['https://app.example.com/callback', 'path'],
    ['https://APP.example.com/cb', 'letter case'],
    ['https://app.example.com/CB', 'letter case'],
    ['HTTPS://app.example.com/cb', 'letter case'],
    ['https://app.example.com/cb?x=1', 'query'],
    ['https://app.example.com/cb#', 'fragment'],
    ['https://me@app.example.com/cb', 'user name'],
    ['https://app.example.com/%63b', 'path'],
    ['http://localhost:3000/CB/', 'scheme, host, port, letter case, trailing slash'],
    ['/cb', 'scheme, host'],
  ])('says of %s that it differs in %s', (requested, part) => {
    expect(explainRedirectUri(requested, [REGISTERED])).toBe(
      `requested ${requested} — registered ${REGISTERED} — differs: ${part}`,
    );
  });

  it('compares with the closest of several', () => {
    const registered = ['https://other.example.com/cb', 'https://app.example.com/', REGISTERED];
    expect(explainRedirectUri(`${REGISTERED}/`, registered)).toContain(`registered ${REGISTERED} — `);
  });

  it('knows when none is registered, and when it was registered since', () => {
    expect(explainRedirectUri('https://a/', [])).toBe('requested https://a/ — no redirect URI is registered');
    expect(explainRedirectUri(REGISTERED, [REGISTERED])).toBe(`requested ${REGISTERED} — registered by now`);
  });

  it('takes text that is no URI at all', () => {
    expect(explainRedirectUri('\n', [REGISTERED])).toContain('differs: scheme, host, path');
    expect(explainRedirectUri('', [REGISTERED])).toContain('differs: scheme, host, path');
  });
});
