import { jwtVerify } from 'jose';
import { Injectable, Module } from '@nestjs/common';
import { IsString } from 'class-validator';
import { GrantType, InvalidGrantError, OnOAuthEvent } from '../../src/index.js';
import type { Grant, GrantRequest, OAuthEventMap, TokenIssuance } from '../../src/index.js';
import {
  aClient,
  aRelyingParty,
  aUser,
  changeClient,
  expectOAuthError,
  sharedServer,
  startServer,
  tokensOf,
} from '../support/index.js';

describe('Seeds: the token endpoint and what it gives', async () => {
  const server = await sharedServer();
  const user = await aUser().register(server);
  const signedIn = async (builder = aClient()) => (await aRelyingParty(server, builder)).signIn(user);

  // @see src/tokens/id-token-mint.ts, src/clients/client-secrets.service.ts, src/keys/hmac-jws.ts
  it('row 30: HS256 ID tokens are signed with the secret itself, and refused where it could not be read', async () => {
    const HS256 = { id_token_signed_response_alg: 'HS256' };
    const rp = await signedIn(aClient().with({ ...HS256, readable_secret: true }));
    const { id_token } = await rp.tokens();
    const key = Buffer.from(rp.client.secret!);
    const expected = { issuer: server.issuer, audience: rp.client.id, currentDate: server.clock.now() };
    expect((await jwtVerify(id_token, key, expected)).payload.sub).toBe(user.subject);
    await expect(aClient().with(HS256).register(server)).rejects.toThrow('readable_secret');
    await expect(aClient().public().with(HS256).register(server)).rejects.toThrow('confidential');
  });

  // @see src/tokens/access-token.entity.ts, src/introspection/introspection.service.ts
  it('row 40: a token knows its user, client, type, scope and times, and is stored as a digest alone', async () => {
    const rp = await signedIn();
    const { access_token, refresh_token } = await rp.tokens({ scope: 'openid read' });
    const [iat, exp] = [expect.any(Number) as number, expect.any(Number) as number];
    expect((await rp.introspect(access_token)).json).toMatchObject({
      ...{ active: true, client_id: rp.client.id, sub: user.subject, token_type: 'Bearer' },
      ...{ scope: 'openid read', iat, exp },
    });
    const rows = await server.sql<object>(
      'SELECT a::text AS access, r::text AS refresh FROM gh_access_token a, gh_refresh_token r WHERE a.client_id = $1 AND r.client_id = $1',
      [rp.client.id],
    );
    expect(rows).toHaveLength(1);
    for (const token of [access_token, refresh_token]) expect(JSON.stringify(rows)).not.toContain(token);
  });

  // @see src/grants/grant.ts, src/grants/grants.service.ts
  it('row 42: a grant is registered by decorating a provider, and is then served and advertised', async () => {
    const own = await startServer({ modules: [DoorbellModule] });
    try {
      const rp = await aRelyingParty(own, aClient().machine().grants('urn:example:doorbell'));
      const rung = await rp.token({ grant_type: 'urn:example:doorbell', melody: 'ding dong' });
      expect(tokensOf(rung).scope).toBe('read write');
      expectOAuthError(
        await rp.token({ grant_type: 'urn:example:doorbell', melody: 'x' }),
        400,
        'invalid_grant',
      );
      const metadata = (await own.send('/.well-known/openid-configuration')).json;
      expect(metadata.grant_types_supported).toContain('urn:example:doorbell');
    } finally {
      await own.close();
    }
    const rp = await aRelyingParty(server, aClient().machine().grants('urn:example:doorbell'));
    expectOAuthError(await rp.token({ grant_type: 'urn:example:doorbell' }), 400, 'unsupported_grant_type');
  });

  // @see src/common/post-form.middleware.ts
  it('row 47: the token endpoint takes POST and nothing else', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await server.send('/oauth/token', { method });
      expectOAuthError(answer, 405, 'invalid_request');
      expect(answer.headers.allow).toBe('POST');
    }
    const rp = await aRelyingParty(server, aClient().machine());
    const inAddress = { headers: {}, body: 'grant_type=client_credentials' };
    expect((await rp.post('/oauth/token?grant_type=client_credentials', {}, inAddress)).status).toBe(400);
  });

  // @see src/gatehouse.module.ts
  it('row 48: it authorizes, issues, refreshes and revokes', async () => {
    const rp = await signedIn();
    const issued = tokensOf(await rp.exchange(await rp.code()));
    const refreshed = tokensOf(await rp.refresh(issued.refresh_token));
    expect(await rp.isAlive(refreshed.access_token)).toBe(true);
    expect((await rp.revoke(refreshed.refresh_token)).status).toBe(200);
    expect(await rp.isAlive(refreshed.access_token)).toBe(false);
  });

  // @see src/grants/client-credentials/client-credentials.grant.ts
  it('row 56: client credentials give a token without user and refresh token, and say its scope', async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    const answer = (await rp.clientCredentials()).json;
    expect(answer).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'read write',
    });
    const about = (await rp.introspect(answer.access_token)).json;
    expect([about.username, about.client_id]).toEqual([undefined, rp.client.id]);
  });

  // @see src/grants/password/password.grant.ts, src/applications/application-warnings.ts
  it('row 57: the password grant works for a client that an operator registers for it, and for no other', async () => {
    const ask = { grant_type: 'password', username: user.username, password: user.password, scope: 'read' };
    const rp = await aRelyingParty(server, aClient().grants('password', 'refresh_token').redirectUris());
    const { access_token, refresh_token } = tokensOf(await rp.token(ask));
    expect((await rp.introspect(access_token)).json.sub).toBe(user.subject);
    expect((await rp.refresh(refresh_token)).status).toBe(200);
    expectOAuthError(await rp.token({ ...ask, password: 'wrong' }), 400, 'invalid_grant');
    expectOAuthError(await (await signedIn()).token(ask), 400, 'unsupported_grant_type');
  });

  // @see src/tokens/refresh-tokens.service.ts, docs/decisions/0005-loss-safe-refresh-rotation.md
  it('row 58: a refresh changes both tokens, and the old one fails afterwards', async () => {
    const rp = await signedIn();
    const first = await rp.tokens();
    const second = tokensOf(await rp.refresh(first.refresh_token));
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    server.clock.advance(11);
    expectOAuthError(await rp.refresh(first.refresh_token), 400, 'invalid_grant');
  });

  // @see src/grants/tokens-for.ts
  it('row 59: a refresh token comes only where the client may refresh; without one, authorization begins again', async () => {
    const rp = await signedIn(aClient().grants('authorization_code'));
    const tokens = await rp.tokens();
    expect(tokens).not.toHaveProperty('refresh_token');
    server.clock.advance(tokens.expires_in + 1);
    expect((await rp.userinfo(tokens.access_token)).status).toBe(401);
    expect((await rp.userinfo((await rp.tokens()).access_token)).status).toBe(200);
  });

  // @see src/common/form-body.middleware.ts
  it('row 63: requests are forms and nothing else, whatever other headers say', async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    const form = { grant_type: 'client_credentials' };
    const headers = { 'cache-control': 'no-cache', 'content-type': 'application/x-www-form-urlencoded' };
    expect((await rp.post('/oauth/token', form, { headers })).status).toBe(200);
    const json = { body: JSON.stringify(form), headers: { 'content-type': 'application/json' } };
    expectOAuthError(await rp.post('/oauth/token', {}, json), 415, 'invalid_request');
  });

  // @see src/tokens/token-issuance.ts, src/grants/token.controller.ts
  it('row 64: the answer holds access_token, token_type, expires_in, refresh_token and scope, and is not kept', async () => {
    const rp = await signedIn();
    const answer = await rp.exchange(await rp.code({ scope: 'read write' }));
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'read write',
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  // @see src/revocation/revocation.service.ts, src/revocation/revocation.controller.ts
  it('row 67: revocation answers 200 with nothing, also for an unknown token, and 400 without any', async () => {
    const rp = await signedIn(aClient().post());
    const { access_token } = await rp.tokens();
    for (const token of [access_token, access_token, 'unknown']) {
      const answer = await rp.revoke(token, { token_type_hint: 'access_token' });
      expect([answer.status, answer.body]).toEqual([200, '']);
    }
    expect(await rp.isAlive(access_token)).toBe(false);
    expectOAuthError(await rp.post('/oauth/revoke', {}), 400, 'invalid_request');
  });

  // @see src/revocation/revocation.service.ts, src/tokens/authorizations.service.ts
  it('row 68: revoking a refresh token ends every token of its family, and no other client can do it', async () => {
    const rp = await signedIn();
    const first = await rp.tokens();
    const second = tokensOf(await rp.refresh(first.refresh_token));
    const thief = await aRelyingParty(server);
    expect((await thief.revoke(second.refresh_token)).status).toBe(200);
    expect(await rp.isAlive(second.access_token)).toBe(true);
    await rp.revoke(second.refresh_token);
    for (const token of [first.access_token, second.access_token, second.refresh_token]) {
      expect(await rp.isAlive(token)).toBe(false);
    }
  });

  // @see src/introspection/introspection.service.ts
  it('row 69: introspection tells every field of an active token of whichever kind, and of any other only active: false', async () => {
    const rp = await signedIn();
    const { access_token, refresh_token } = await rp.tokens({ scope: 'openid read' });
    const { json } = await rp.introspect(access_token, { token_type_hint: 'access_token' });
    expect(json).toMatchObject({
      ...{ active: true, scope: 'openid read', client_id: rp.client.id, username: user.username },
      ...{ token_type: 'Bearer', sub: user.subject, iss: server.issuer, aud: server.issuer },
    });
    expect(json.exp - json.iat).toBe(3600);
    expect((await rp.introspect(refresh_token)).json.active).toBe(true);
    expect((await rp.introspect('unknown')).json).toEqual({ active: false });
    const stranger = await aRelyingParty(server);
    expect((await stranger.introspect(access_token)).json).toEqual({ active: false });
    expect((await server.send(`/oauth/introspect?token=${access_token}`)).status).toBe(405);
    const anybody = { method: 'POST', body: { token: access_token } };
    expectOAuthError(await server.send('/oauth/introspect', anybody), 401, 'invalid_client');
  });

  // @see src/common/oauth-errors.ts, src/common/send-oauth-error.ts
  it('row 71: errors of the token endpoint are JSON with error and error_description', async () => {
    const rp = await signedIn();
    expectOAuthError(await rp.token({}), 400, 'invalid_request');
    expectOAuthError(await rp.token({ grant_type: 'banana' }), 400, 'unsupported_grant_type');
    expectOAuthError(await rp.exchange('unknown'), 400, 'invalid_grant');
    const body = { grant_type: 'client_credentials', client_id: 'unknown', client_secret: 'x' };
    expectOAuthError(await server.send('/oauth/token', { method: 'POST', body }), 401, 'invalid_client');
    const code = await rp.code();
    server.clock.advance(61);
    const late = await rp.exchange(code);
    expectOAuthError(late, 400, 'invalid_grant');
    expect(late.json.error_description).toBe('the code has expired or was revoked');
  });

  // @see src/grants/token.controller.ts, src/grants/grants.service.ts
  it('row 80: the token endpoint needs no code of a host: it is answered from end to end', async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    expect(tokensOf(await rp.clientCredentials({ scope: 'read' })).scope).toBe('read');
    await changeClient(server, rp.client, { disabled: true });
    expectOAuthError(await rp.clientCredentials(), 401, 'invalid_client');
  });

  // @see src/grants/authorization-code/authorization-codes.service.ts, docs/decisions/0003-single-use-in-one-statement.md
  it('row 91: a code that is used twice takes every token with it that it gave', async () => {
    const rp = await signedIn();
    const code = await rp.code();
    const { access_token, refresh_token } = tokensOf(await rp.exchange(code));
    expectOAuthError(await rp.exchange(code), 400, 'invalid_grant');
    for (const token of [access_token, refresh_token]) expect(await rp.isAlive(token)).toBe(false);
  });

  // @see src/tokens/refresh-tokens.service.ts, src/events/oauth-event-map.ts
  it('row 92: a refresh token that is used again is reported as an event, and ends its family', async () => {
    const own = await startServer({ modules: [AlarmModule] });
    try {
      const rp = await (await aRelyingParty(own)).signIn(await aUser().register(own));
      const first = await rp.tokens();
      const second = tokensOf(await rp.refresh(first.refresh_token));
      own.clock.advance(11);
      expectOAuthError(await rp.refresh(first.refresh_token), 400, 'invalid_grant');
      await vi.waitFor(() => expect(own.get(Alarm).heard).toHaveLength(1));
      expect(own.get(Alarm).heard[0]).toMatchObject({ clientId: rp.client.id });
      expect(await rp.isAlive(second.access_token)).toBe(false);
    } finally {
      await own.close();
    }
  });
});

class DoorbellParams {
  @IsString()
  melody!: string;
}

/** Whoever rings properly may come in. */
@Injectable()
@GrantType('urn:example:doorbell', DoorbellParams)
class DoorbellGrant implements Grant<DoorbellParams> {
  handle({ client, params }: GrantRequest<DoorbellParams>): Promise<TokenIssuance> {
    if (params.melody !== 'ding dong') throw new InvalidGrantError('nobody opens to that');
    return Promise.resolve({ client, subject: null, scope: client.scope });
  }
}

@Module({ providers: [DoorbellGrant] })
class DoorbellModule {}

@Injectable()
class Alarm {
  readonly heard: OAuthEventMap['refresh_token.reused'][] = [];

  @OnOAuthEvent('refresh_token.reused')
  ring(event: OAuthEventMap['refresh_token.reused']): void {
    this.heard.push(event);
  }
}

@Module({ providers: [Alarm] })
class AlarmModule {}
