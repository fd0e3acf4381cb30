import { AuthorizationsService } from '../../../src/tokens/index.js';
import { ClientsService } from '../../../src/clients/index.js';
import { ConnectedApplicationsService } from '../../../src/account/connected-applications.service.js';
import { UserAdministrationService } from '../../../src/admin/user-administration.service.js';
import {
  EDITOR,
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  basic,
  changeClient,
  expectOAuthError,
  sharedServer,
  tokensOf,
} from '../../support/index.js';

const server = await sharedServer();

describe('RFC 6749 §4.1.3 access token request', async () => {
  const user = await aUser().register(server);
  const rp = await (await aRelyingParty(server)).signIn(user);
  const inGrant = { scope: 'openid offline_access' };

  it('answers a good request', async () => {
    const answer = await rp.exchange(await rp.code(inGrant));
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json).sort()).toEqual([
      'access_token',
      'expires_in',
      'id_token',
      'refresh_token',
      'scope',
      'token_type',
    ]);
  });

  it('gives no refresh token to a client that may not use one', async () => {
    const client = await aRelyingParty(server, aClient().grants('authorization_code'));
    expect((await client.tokens({ scope: 'read' }, user)).refresh_token).toBeUndefined();
  });

  it('gives no ID token without the scope openid', async () => {
    expect((await rp.tokens({ scope: 'read' })).id_token).toBeUndefined();
  });

  it('C01 refuses a code that was used, and ends everything it gave', async () => {
    const code = await rp.code(inGrant);
    const first = tokensOf(await rp.exchange(code));
    const next = tokensOf(await rp.refresh(first.refresh_token));
    expectOAuthError(await rp.exchange(code), 400, 'invalid_grant');
    for (const token of [first.access_token, first.refresh_token, next.access_token, next.refresh_token]) {
      expect(await rp.isAlive(token)).toBe(false);
    }
    expect((await rp.userinfo(next.access_token)).status).toBe(401);
    expectOAuthError(await rp.refresh(next.refresh_token), 400, 'invalid_grant');
  });

  it.each([30, 120])('C01 ends it after %d seconds as well', async (seconds) => {
    const code = await rp.code();
    const tokens = tokensOf(await rp.exchange(code));
    server.clock.advance(seconds);
    expectOAuthError(await rp.exchange(code), 400, 'invalid_grant');
    expect((await rp.userinfo(tokens.access_token)).status).toBe(401);
  });

  it('C01 ends JWT access tokens, too', async () => {
    const client = await aRelyingParty(server, aClient().with({ access_token_format: 'jwt' }));
    const code = await client.code({}, user);
    const tokens = tokensOf(await client.exchange(code));
    expect((await client.userinfo(tokens.access_token)).status).toBe(200);
    expectOAuthError(await client.exchange(code), 400, 'invalid_grant');
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
  });

  describe('C03 a code issued to another client', async () => {
    const others = [aClient(), aClient().public(), aClient().public().native()];

    it.each(others)('refuses it, and leaves it to its own', async (builder) => {
      const other = new RelyingParty(server, await builder.register(server));
      const code = await rp.code();
      const stolen = { redirect_uri: rp.client.redirectUri, code_verifier: rp.verifier };
      expectOAuthError(await other.exchange(code, stolen), 400, 'invalid_grant');
      expect((await rp.exchange(code)).status).toBe(200);
      expectOAuthError(await other.exchange(code, stolen), 400, 'invalid_grant');
    });

    it("refuses the right client with another's secret", async () => {
      const other = await aClient().register(server);
      const code = await rp.code();
      const form = { grant_type: 'authorization_code', code, redirect_uri: rp.client.redirectUri };
      const headers = { authorization: basic(rp.client.id, other.secret!) };
      expectOAuthError(await rp.post('/oauth/token', form, { headers }), 401, 'invalid_client');
    });

    it("does not end the owner's tokens when a stranger presents the used code", async () => {
      const other = await aRelyingParty(server);
      const code = await rp.code();
      const tokens = tokensOf(await rp.exchange(code));
      const stolen = { redirect_uri: rp.client.redirectUri, code_verifier: rp.verifier };
      expectOAuthError(await other.exchange(code, stolen), 400, 'invalid_grant');
      expect(await rp.isAlive(tokens.access_token)).toBe(true);
    });
  });

  describe('C04 redirect_uri', async () => {
    const two = aClient().redirectUris('https://rp.test/a', 'https://rp.test/b');
    const client = await (await aRelyingParty(server, two)).signIn(user);

    it.each(['https://rp.test/b', undefined, 'https://rp.test/a?x=1', 'https://RP.test/a'])(
      'refuses %s where the request named another',
      async (redirect_uri) => {
        const code = await client.code();
        expectOAuthError(await client.exchange(code, { redirect_uri }), 400, 'invalid_grant');
        expect((await client.exchange(code)).status).toBe(200);
      },
    );

    it('refuses it twice', async () => {
      const form = new URLSearchParams({ grant_type: 'authorization_code', code: await client.code() });
      for (const uri of ['https://rp.test/a', 'https://rp.test/a']) form.append('redirect_uri', uri);
      const answer = await client.post('/oauth/token', {}, { body: form.toString() });
      expectOAuthError(answer, 400, 'invalid_request');
    });

    it('needs none where the request named none', async () => {
      const code = await rp.code({ redirect_uri: undefined });
      expect((await rp.exchange(code, { redirect_uri: undefined })).status).toBe(200);
    });
  });

  describe('C08 the life of a code', () => {
    it('lasts 59 seconds', async () => {
      const code = await rp.code();
      server.clock.advance(59);
      expect((await rp.exchange(code)).status).toBe(200);
    });

    it('is over after 61', async () => {
      const code = await rp.code();
      server.clock.advance(61);
      expectOAuthError(await rp.exchange(code), 400, 'invalid_grant');
    });
  });

  it.each([undefined, '', 'x', '0'.repeat(43), 'x'.repeat(10_000), "';--", '../../etc/passwd'])(
    'refuses the code %s',
    async (code) => {
      await rp.code();
      const answer = await rp.token({ grant_type: 'authorization_code', code, code_verifier: rp.verifier });
      expectOAuthError(answer, 400, code ? 'invalid_grant' : 'invalid_request');
    },
  );

  it('J01 refuses any other token in place of the code', async () => {
    const tokens = await rp.tokens(inGrant);
    for (const token of [tokens.access_token, tokens.refresh_token, tokens.id_token]) {
      expectOAuthError(await rp.exchange(token), 400, 'invalid_grant');
    }
  });

  it('C15 grants no more than was allowed, whatever the token request says', async () => {
    const widened = await rp.exchange(await rp.code({ scope: 'openid' }), {
      scope: 'openid read management',
    });
    expect(widened.json.scope).toBe('openid');
    const retargeted = await rp.exchange(await rp.code(), { resource: 'https://api1.test' });
    expectOAuthError(retargeted, 400, 'invalid_target');
  });

  describe('C13 when the world changes before the code is redeemed', () => {
    it.each([
      ['the user is disabled', (sub: string) => server.get(UserAdministrationService).disable(sub, EDITOR)],
      [
        'the user ends all access',
        (sub: string) => server.get(AuthorizationsService).revokeOfSubject(sub, 'test'),
      ],
    ])('refuses it: %s', async (_, happen) => {
      const somebody = await aUser().register(server);
      const client = await aRelyingParty(server);
      const code = await client.code({}, somebody);
      await happen(somebody.subject);
      expectOAuthError(await client.exchange(code), 400, 'invalid_grant');
    });

    it('refuses it: the user takes the consent back', async () => {
      const client = await aRelyingParty(server);
      const code = await client.code({}, user);
      await server.get(ConnectedApplicationsService).withdraw(user.subject, client.client.id);
      expectOAuthError(await client.exchange(code), 400, 'invalid_grant');
    });

    it('refuses it: the client is disabled or deleted', async () => {
      const client = await aRelyingParty(server);
      const code = await client.code({}, user);
      await changeClient(server, client.client, { disabled: true });
      expectOAuthError(await client.exchange(code), 401, 'invalid_client');
      await server.get(ClientsService).delete(client.client.id, EDITOR);
      expectOAuthError(await client.exchange(code), 401, 'invalid_client');
    });

    it('refuses it: the client may no longer use codes', async () => {
      const client = await aRelyingParty(server);
      const code = await client.code({}, user);
      await changeClient(server, client.client, {
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      });
      expectOAuthError(await client.exchange(code), 400, 'unauthorized_client');
    });

    it('grants less: the client loses a scope', async () => {
      const client = await aRelyingParty(server);
      const code = await client.code({ scope: 'openid read write' }, user);
      await changeClient(server, client.client, { scope: 'read' });
      const tokens = tokensOf(await client.exchange(code));
      expect(tokens).toMatchObject({ scope: 'read' });
      expect(tokens.id_token).toBeUndefined();
    });
  });
});
