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
