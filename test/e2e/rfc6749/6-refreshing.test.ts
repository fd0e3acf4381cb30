import { ConnectedApplicationsService } from '../../../src/account/connected-applications.service.js';
import { UserAdministrationService } from '../../../src/admin/user-administration.service.js';
import { ClientsService } from '../../../src/clients/index.js';
import {
  EDITOR,
  aClient,
  aRelyingParty,
  aUser,
  changeClient,
  expectOAuthError,
  sharedServer,
  startServer,
  tokensOf,
} from '../../support/index.js';
import type { RelyingParty, TestServer, Tokens } from '../../support/index.js';

const DAY = 86_400;
const server = await sharedServer();

describe('RFC 6749 §6 refreshing an access token', async () => {
  const user = await aUser().register(server);
  const rp = await (await aRelyingParty(server)).signIn(user);

  it('gives new tokens for the same permission', async () => {
    const first = await rp.tokens({ scope: 'openid read' });
    const second = tokensOf(await rp.refresh(first.refresh_token));
    expect(second).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid read' });
    for (const name of ['access_token', 'refresh_token', 'id_token'] as const) {
      expect(second[name]).not.toBe(first[name]);
    }
    expect(await rp.isAlive(first.access_token)).toBe(true);
    expect(await rp.isAlive(first.refresh_token)).toBe(false);
    expect(await rp.isAlive(second.refresh_token)).toBe(true);
  });

  it('works for a public client, with rotation as its proof', async () => {
    const client = await aRelyingParty(server, aClient().public());
    const first = await client.tokens({}, user);
    expect((await client.refresh(first.refresh_token)).status).toBe(200);
  });

  it.each([undefined, '', 'x', 'x'.repeat(43)])('refuses the refresh token %j', async (refresh_token) => {
    const answer = await rp.token({ grant_type: 'refresh_token', refresh_token });
    expectOAuthError(answer, 400, refresh_token ? 'invalid_grant' : 'invalid_request');
  });

  it('J01 refuses any other token in place of it', async () => {
    const { access_token, id_token } = await rp.tokens();
    const code = await rp.code();
    for (const token of [access_token, id_token, code]) {
      expectOAuthError(await rp.refresh(token), 400, 'invalid_grant');
    }
  });

  describe('T06 the refresh token of another client', async () => {
    it.each([aClient(), aClient().public(), aClient().post()])(
      'refuses it, and does not use it up',
      async (builder) => {
        const other = await aRelyingParty(server, builder);
        const { refresh_token } = await rp.tokens();
        expectOAuthError(await other.refresh(refresh_token), 400, 'invalid_grant');
        expect((await rp.refresh(refresh_token)).status).toBe(200);
      },
    );

    it('refuses it without authentication', async () => {
      const { refresh_token } = await rp.tokens();
      const form = { grant_type: 'refresh_token', refresh_token };
      for (const body of [form, { ...form, client_id: rp.client.id }]) {
        expectOAuthError(await server.send('/oauth/token', { method: 'POST', body }), 401, 'invalid_client');
      }
      expect((await rp.refresh(refresh_token)).status).toBe(200);
    });
  });

  describe('T07 scope', () => {
    it('narrows this access token only', async () => {
      const first = await rp.tokens({ scope: 'openid read write' });
      const narrow = tokensOf(await rp.refresh(first.refresh_token, { scope: 'read' }));
      expect(narrow.scope).toBe('read');
      expect(narrow.id_token).toBeUndefined();
      const wide = tokensOf(await rp.refresh(narrow.refresh_token));
      expect(wide.scope).toBe('openid read write');
    });

    it.each(['openid read write', 'email', 'management', 'unknown'])(
      'refuses to widen it to %s',
      async (scope) => {
        const { refresh_token } = await rp.tokens({ scope: 'openid read' });
        expectOAuthError(await rp.refresh(refresh_token, { scope }), 400, 'invalid_scope');
        expect((await rp.refresh(refresh_token)).status).toBe(200);
      },
    );

    it('shrinks with the client', async () => {
      const client = await aRelyingParty(server);
      const first = await client.tokens({ scope: 'openid read write' }, user);
      await changeClient(server, client.client, { scope: 'openid read' });
      const second = tokensOf(await client.refresh(first.refresh_token));
      expect(second.scope).toBe('openid read');
      expectOAuthError(await client.refresh(second.refresh_token, { scope: 'write' }), 400, 'invalid_scope');
    });

    it('ends with offline_access, where that was granted', async () => {
      const client = await aRelyingParty(server);
      const first = await client.tokens({ scope: 'openid offline_access' }, user);
      await changeClient(server, client.client, { scope: 'openid' });
      expectOAuthError(await client.refresh(first.refresh_token), 400, 'invalid_grant');
    });

    it('ends when the client may no longer refresh', async () => {
      const client = await aRelyingParty(server);
      const first = await client.tokens({}, user);
      await changeClient(server, client.client, { grant_types: ['authorization_code'] });
      expectOAuthError(await client.refresh(first.refresh_token), 400, 'unauthorized_client');
    });
  });

  describe('T09 after something has happened to the account', () => {
    let client: RelyingParty;
    let tokens: Tokens;
    let subject: string;
    beforeEach(async () => {
      const somebody = await aUser().register(server);
      client = await aRelyingParty(server);
      tokens = await client.tokens({}, somebody);
      ({ subject } = somebody);
    });

    async function isOver(): Promise<void> {
      expectOAuthError(await client.refresh(tokens.refresh_token), 400, 'invalid_grant');
      expect((await client.userinfo(tokens.access_token)).status).toBe(401);
      expect((await client.introspect(tokens.access_token)).body).toBe('{"active":false}');
      expect((await client.introspect(tokens.refresh_token)).body).toBe('{"active":false}');
    }

    it('refuses the tokens of a disabled user', async () => {
      await server.get(UserAdministrationService).disable(subject, EDITOR);
      await isOver();
    });

    it('refuses the tokens of a user who took the access back', async () => {
      await server.get(ConnectedApplicationsService).withdraw(subject, client.client.id);
      await isOver();
    });

    it('refuses the tokens of a disabled client', async () => {
      const { access_token, refresh_token } = tokens;
      await changeClient(server, client.client, { disabled: true });
      expectOAuthError(await client.refresh(refresh_token), 401, 'invalid_client');
      expect((await client.userinfo(access_token)).status).toBe(401);
    });

    it('refuses the tokens of a deleted client, whoever bears its name next', async () => {
      await server.get(ClientsService).delete(client.client.id, EDITOR);
      await vi.waitFor(async () => {
        const rows = await server.sql(
          'SELECT 1 FROM gh_authorization WHERE client_id = $1 AND revoked_at IS NULL',
          [client.client.id],
        );
        expect(rows).toHaveLength(0);
      });
      const { id: client_id, secret: client_secret } = client.client;
      await aClient().with({ client_id, client_secret }).register(server);
      await isOver();
    });
  });

  describe('T08 the life of a family', () => {
    it('ends when it is idle for 14 days', async () => {
      const first = await rp.tokens({}, user);
      server.clock.advance(14 * DAY - 1);
      const second = tokensOf(await rp.refresh(first.refresh_token));
      server.clock.advance(14 * DAY);
      expectOAuthError(await rp.refresh(second.refresh_token), 400, 'invalid_grant');
    });

    it('ends after 30 days, whatever the activity', async () => {
      let { refresh_token } = await rp.tokens({}, user);
      for (let day = 10; day < 30; day += 10) {
        server.clock.advance(10 * DAY);
        ({ refresh_token } = tokensOf(await rp.refresh(refresh_token)));
      }
      server.clock.advance(10 * DAY);
      expectOAuthError(await rp.refresh(refresh_token), 400, 'invalid_grant');
      expect(await rp.isAlive(refresh_token)).toBe(false);
    });
  });
});

describe('RFC 9700 §4.14.2 refresh token rotation', async () => {
  const user = await aUser().register(server);
  const rp = await (await aRelyingParty(server)).signIn(user);

  async function isDead(client: RelyingParty, ...tokens: string[]): Promise<void> {
    for (const token of tokens) expect(await client.isAlive(token)).toBe(false);
  }

  describe('with a grace for lost answers', () => {
    it('gives a retry of the predecessor the same answer', async () => {
      const first = await rp.tokens({ scope: 'openid read' });
      const answer = tokensOf(await rp.refresh(first.refresh_token));
      server.clock.advance(9);
      const retried = tokensOf(await rp.refresh(first.refresh_token));
      expect(retried).toEqual({ ...answer, expires_in: answer.expires_in - 9 });
      expect(tokensOf(await rp.refresh(answer.refresh_token)).refresh_token).not.toBe(answer.refresh_token);
    });

    it('gives the same answer however often it is asked', async () => {
      const { refresh_token } = await rp.tokens();
      const answers = [
        await rp.refresh(refresh_token),
        await rp.refresh(refresh_token),
        await rp.refresh(refresh_token),
      ];
      expect(new Set(answers.map((answer) => tokensOf(answer).refresh_token)).size).toBe(1);
    });

    it('T01 ends the family when the predecessor comes after the grace', async () => {
      const first = await rp.tokens();
      const second = tokensOf(await rp.refresh(first.refresh_token));
      server.clock.advance(10);
      expectOAuthError(await rp.refresh(first.refresh_token), 400, 'invalid_grant');
      expectOAuthError(await rp.refresh(second.refresh_token), 400, 'invalid_grant');
      await isDead(rp, first.access_token, second.access_token, second.refresh_token);
    });

    it('T01 ends the family when the successor was used already', async () => {
      const first = await rp.tokens();
      const second = tokensOf(await rp.refresh(first.refresh_token));
      const third = tokensOf(await rp.refresh(second.refresh_token));
      expectOAuthError(await rp.refresh(first.refresh_token), 400, 'invalid_grant');
      expectOAuthError(await rp.refresh(third.refresh_token), 400, 'invalid_grant');
      await isDead(rp, first.access_token, second.access_token, third.access_token);
    });

    it('gives nothing to another client, and nothing once the family is over', async () => {
      const first = await rp.tokens();
      const second = tokensOf(await rp.refresh(first.refresh_token));
      expectOAuthError(
        await (await aRelyingParty(server)).refresh(first.refresh_token),
        400,
        'invalid_grant',
      );
      await rp.revoke(second.access_token);
      expectOAuthError(await rp.refresh(first.refresh_token), 400, 'invalid_grant');
    });
  });

  describe('T01 in strict mode', () => {
    let strict: TestServer;
    let client: RelyingParty;
    beforeAll(async () => {
      strict = await startServer({ settings: { refreshToken: { grace: 0 } } });
      client = await (await aRelyingParty(strict)).signIn(await aUser().register(strict));
    });
    afterAll(() => strict.close());

    it('ends the family at the first reuse', async () => {
      const first = await client.tokens();
      const second = tokensOf(await client.refresh(first.refresh_token));
      expectOAuthError(await client.refresh(first.refresh_token), 400, 'invalid_grant');
      expectOAuthError(await client.refresh(second.refresh_token), 400, 'invalid_grant');
      await isDead(client, first.access_token, second.access_token, second.refresh_token);
    });

    it('ends it for a token of three rotations ago', async () => {
      const first = await client.tokens();
      let latest: Tokens = first;
      for (let count = 0; count < 3; count++) latest = tokensOf(await client.refresh(latest.refresh_token));
      expectOAuthError(await client.refresh(first.refresh_token), 400, 'invalid_grant');
      await isDead(client, latest.access_token, latest.refresh_token);
    });
  });
});
