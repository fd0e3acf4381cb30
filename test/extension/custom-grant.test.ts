import { Injectable, Module } from '@nestjs/common';
import { Length } from 'class-validator';
import { GrantType, InvalidGrantError, OnOAuthEvent } from '../../src/index.js';
import type { Grant, GrantRequest, OAuthEventMap, TokenIssuance } from '../../src/index.js';
import { aClient, aRelyingParty, aUser, startServer } from '../support/index.js';
import type { TestServer } from '../support/index.js';

const PIN_GRANT = 'urn:example:grant-type:pin';
const pins = new Map<string, string>();

class PinParams {
  @Length(6, 6)
  pin!: string;
}

@Injectable()
@GrantType(PIN_GRANT, PinParams)
class PinGrant implements Grant<PinParams> {
  async handle({ client, params }: GrantRequest<PinParams>): Promise<TokenIssuance> {
    const subject = pins.get(params.pin);
    if (!subject || !pins.delete(params.pin)) throw new InvalidGrantError('pin is wrong or was used before');
    return { client, subject, scope: client.scope };
  }
}

@Injectable()
class Listener {
  readonly heard: OAuthEventMap['token.issued'][] = [];

  @OnOAuthEvent('token.issued')
  onIssued(event: OAuthEventMap['token.issued']): void {
    this.heard.push(event);
  }
}

@Module({ providers: [PinGrant, Listener] })
class PinModule {}

@Module({ providers: [{ provide: 'another', useClass: PinGrant }] })
class AnotherPinModule {}

describe('a custom grant is one provider', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ modules: [PinModule] });
  });

  afterAll(() => server.close());

  it('issues tokens, and the engine does the rest: authentication, validation, discovery, events', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server, aClient().machine().grants(PIN_GRANT).scope('read'));
    pins.set('123456', user.subject);

    const answer = await rp.token({ grant_type: PIN_GRANT, pin: '123456' });
    expect(answer.status).toBe(200);
    expect(await rp.isAlive(answer.json.access_token)).toBe(true);
    expect((await rp.token({ grant_type: PIN_GRANT, pin: '123456' })).json.error).toBe('invalid_grant');
    expect((await rp.token({ grant_type: PIN_GRANT, pin: '1' })).json.error).toBe('invalid_request');
    expect((await rp.token({ grant_type: PIN_GRANT })).json.error_description).toBe('pin is missing');

    const { grant_types_supported: advertised } = (await server.send('/.well-known/openid-configuration'))
      .json;
    expect(advertised).toContain(PIN_GRANT);
    expect(server.get(Listener).heard).toContainEqual({
      clientId: rp.client.id,
      subject: user.subject,
      scope: 'read',
    });
  });

  it('is refused to a client that is not registered for it', async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    expect((await rp.token({ grant_type: PIN_GRANT, pin: '123456' })).json.error).toBe('unauthorized_client');
  });

  it('never speaks for a user who does not exist', async () => {
    const rp = await aRelyingParty(server, aClient().machine().grants(PIN_GRANT));
    pins.set('654321', 'nobody');
    expect((await rp.token({ grant_type: PIN_GRANT, pin: '654321' })).json.error).toBe('invalid_grant');
  });
});

it('the start fails when two providers claim one grant type', async () => {
  await expect(startServer({ modules: [PinModule, AnotherPinModule] })).rejects.toThrow(
    /both claim the grant type/,
  );
});
