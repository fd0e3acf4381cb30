import { issuerFault } from './issuer-url.js';
import { settingsFrom } from './index.js';

describe('RFC 8414 §2 issuer', () => {
  it.each([
    'https://login.example.com',
    'https://login.example.com:8443/tenant/a',
    'https://LOGIN.example.com:443',
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000/sso',
  ])('accepts %s and keeps it byte for byte', (issuer) => {
    expect(settingsFrom({ issuer }).issuer).toBe(issuer);
  });

  it.each([
    ['http://login.example.com', 'https://'],
    ['http://localhost.example.com', 'https://'],
    ['http://127.0.0.2', 'https://'],
    ['https://login.example.com/', 'slash'],
    ['https://login.example.com/a/', 'slash'],
    ['https://login.example.com?', 'query'],
    ['https://login.example.com/a?b=c', 'query'],
    ['https://login.example.com#', 'fragment'],
    ['https://alice@login.example.com', 'user name'],
    ['https://login.example.com/a b', 'white space'],
    [' https://login.example.com', 'URL'],
    ['https://login.example.com\n', 'white space'],
    ['https://login.example.com\\@evil.example', 'backslash'],
    ['https:login.example.com', 'URL'],
    ['HTTPS://login.example.com', 'URL'],
    ['ftp://login.example.com', 'URL'],
    ['https://', 'URL'],
    ['login.example.com', 'URL'],
  ])('refuses %j', (issuer, reason) => {
    expect(issuerFault(issuer)).toContain(reason);
  });
});
