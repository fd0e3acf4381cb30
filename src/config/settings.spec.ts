import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Settings, settingsFrom } from './index.js';

@Injectable()
class Greeter {
  constructor(private readonly settings: Settings) {}
  brand(): string {
    return this.settings.pages.brand;
  }
}

describe('Settings', () => {
  it('is injected by its class', async () => {
    const useValue = settingsFrom({ pages: { brand: 'Example' } });
    const providers = [Greeter, { provide: Settings, useValue }];
    const module = await Test.createTestingModule({ providers }).compile();
    expect(module.get(Greeter).brand()).toBe('Example');
    expect(useValue).toBeInstanceOf(Settings);
  });

  it('cannot be changed at any depth', () => {
    const settings = settingsFrom({
      clients: [{ client_id: 'web', redirect_uris: ['http://localhost/cb'] }],
    });
    const [client] = settings.clients as unknown as [{ redirect_uris: string[] }];
    expect(() => Object.assign(settings, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(settings.accessToken, { ttl: 1 })).toThrow(TypeError);
    expect(() => client.redirect_uris.push('http://evil.example')).toThrow(TypeError);
  });

  it('leaves the object that it was made from alone', () => {
    const client = { client_id: 'web', redirect_uris: ['http://localhost/cb'] };
    settingsFrom({ clients: [client] });
    client.redirect_uris.push('http://localhost/other');
    expect(client.redirect_uris).toHaveLength(2);
  });
});

describe('https.required', () => {
  it.each([
    ['https://login.example.com', true],
    ['http://localhost:3000', false],
  ])('with the issuer %s is %s unless told', (issuer, required) => {
    expect(settingsFrom({ issuer }).https.required).toBe(required);
  });
});

describe('login.url', () => {
  it.each(['/sign-in', '/a/b', 'https://sso.example.com/sign-in', 'http://localhost:8080/'])(
    'may be %s',
    (url) => {
      expect(settingsFrom({ login: { url } }).login.url).toBe(url);
    },
  );

  it.each([
    'sign-in',
    '//evil.example',
    '/\\evil.example',
    '/a?b',
    '/a#b',
    'http://sso.example.com/',
    'javascript:1',
  ])('may not be %s', (url) => {
    expect(() => settingsFrom({ login: { url } })).toThrow('login.url');
  });
});

describe('realm', () => {
  it.each(['a "quoted" one', 'a\\b', 'line\nbreak', ''])('may not be %j', (realm) => {
    expect(() => settingsFrom({ realm })).toThrow('realm');
  });
});
