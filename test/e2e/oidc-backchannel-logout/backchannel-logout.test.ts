import { compactDecrypt, exportJWK, generateKeyPair } from 'jose';
import { UserAdministrationService } from '../../../src/admin/index.js';
import { LogoutDeliverer } from '../../../src/logout-delivery/index.js';
import { LogoutOutbox } from '../../../src/logout-delivery/logout-outbox.js';
import { PurgeService } from '../../../src/purge/index.js';
import {
  Browser,
  EDITOR,
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  encoded,
  expectOAuthError,
  formOf,
  headerOf,
  startServer,
  verifyJwt,
} from '../../support/index.js';
import type { TestServer, TestUser, Tokens } from '../../support/index.js';
import { LogoutReceiver } from './logout-receiver.js';

const AFTER = 'https://rp.test/signed-out';
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

interface DeliveryRow {
  client_id: string;
  session_id: string;
  attempts: number;
  next_attempt_at: Date | null;
  leased_until: Date | null;
  delivered_at: Date | null;
  last_error: string | null;
}

describe('OpenID Connect Back-Channel Logout 1.0', () => {
  let server: TestServer;
  let receiver: LogoutReceiver;
  let user: TestUser;

  beforeAll(async () => {
    const subject = { pairwiseSalt: 'the salt of pairwise subjects in these tests' };
    server = await startServer({
      settings: { fetching: { allowedHosts: ['127.0.0.1'], timeout: '1s' }, subject },
    });
  });
  afterAll(() => server.close());

  beforeEach(async () => {
    receiver = await LogoutReceiver.start();
    user = await aUser().register(server);
  });
  afterEach(async () => {
    await server.sql('DELETE FROM gh_logout_delivery');
    await receiver.stop();
  });

  const told = (uri = receiver.uri) =>
    aClient().with({ backchannel_logout_uri: uri, post_logout_redirect_uris: [AFTER] });

  /** Signed in at an application that wants to be told. */
  async function signedIn(client = told(), browser = new Browser(server), scope = 'openid') {
    const rp = new RelyingParty(server, await client.register(server), browser);
    const tokens = await rp.tokens({ scope }, user);
    return { rp, tokens, sid: claimsOf(tokens.id_token)['sid'] as string };
  }

  const logout = ({ rp, tokens }: { rp: RelyingParty; tokens: Tokens }) =>
    rp.browser.get(
      `/oauth/logout?${encoded({ id_token_hint: tokens.id_token, post_logout_redirect_uri: AFTER })}`,
    );

  const deliveries = (clientId: string): Promise<DeliveryRow[]> =>
    server.sql('SELECT * FROM gh_logout_delivery WHERE client_id = $1', [clientId]);

  /** Until what the server writes behind the requests is written. */
  const until = (clientId: string, holds: (row: DeliveryRow | undefined) => boolean) =>
    vi.waitFor(
      async () => {
        const [row] = await deliveries(clientId);
        if (!holds(row)) throw new Error(JSON.stringify(row));
        return row!;
      },
      { timeout: 5_000 },
    );

  const isOver = (row: DeliveryRow | undefined) => row?.next_attempt_at === null;
  const hasFailedOnce = (row: DeliveryRow | undefined) => row !== undefined && row.last_error !== null;

  /** As if time went by, and each instance looked again. */
  function later(seconds: number): void {
    server.clock.advance(seconds);
    server.get(LogoutDeliverer).wake();
  }

  it('oidcc-backchannel-logout-discovery-endpoint-verification: §2.1 both are supported', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
  });

  describe('oidcc-backchannel-rp-initiated-logout', () => {
    it('§2.4, §2.5 posts a form with the logout token that the standard describes', async () => {
      const session = await signedIn();
      const answer = await logout(session);
      expect(answer.headers.location).toBe(AFTER);
      await receiver.received(1);
      expect(receiver.requests).toEqual([
        { method: 'POST', contentType: 'application/x-www-form-urlencoded' },
      ]);
      const [token] = receiver.tokens as [string];
      const expected = { audience: session.rp.client.id, typ: 'logout+jwt' };
      const { payload, protectedHeader } = await verifyJwt(server, token, expected);
      const { sub, sid } = claimsOf(session.tokens.id_token);
      expect(payload).toEqual({
        iss: server.issuer,
        aud: session.rp.client.id,
        iat: expect.any(Number),
        exp: payload.iat! + 120,
        jti: expect.stringMatching(/^[\w-]{43}$/),
        events: { [LOGOUT_EVENT]: {} },
        sub,
        sid,
      });
      expect(protectedHeader.alg).toBe(headerOf(session.tokens.id_token).alg);
    });

    it('§2.4 has no nonce, whatever the ID token had, and is no ID token hint', async () => {
      const rp = await aRelyingParty(server, told());
      await rp.tokens({ nonce: 'n-0S6_WzA2Mj' }, user);
      const { action, hidden } = formOf(await rp.browser.get('/oauth/logout'));
      await rp.browser.post(action, hidden);
      await receiver.received(1);
      const [token] = receiver.tokens as [string];
      expect(claimsOf(token)).not.toHaveProperty('nonce');
      const used = await rp.browser.get(`/oauth/logout?${encoded({ id_token_hint: token })}`);
      expect(used.status).toBe(400);
    });

    it('J01 is no other kind of token: neither access, nor refresh, nor ID token, nor an assertion', async () => {
      const session = await signedIn();
      await logout(session);
      await receiver.received(1);
      const [token] = receiver.tokens as [string];
      expect((await session.rp.userinfo(token)).status).toBe(401);
      const headers = { authorization: `Bearer ${token}` };
      expect((await server.send('/api/clients', { headers })).status).toBe(401);
      expect(await session.rp.isAlive(token)).toBe(false);
      expectOAuthError(await session.rp.refresh(token), 400, 'invalid_grant');
      const prompt = await session.rp.authorize({ id_token_hint: token, prompt: 'none' });
      expect(prompt.location!.searchParams.get('error')).toBe('invalid_request');
    });

    it('§2.4 is signed as the client’s ID tokens are', async () => {
      const secret = 'a secret that the client and the server share';
      const keyed = told().with({
        id_token_signed_response_alg: 'HS256',
        readable_secret: true,
        client_secret: secret,
      });
      const session = await signedIn(keyed);
      await logout(session);
      await receiver.received(1);
      expect(headerOf(receiver.tokens[0]!)).toMatchObject({ alg: 'HS256', typ: 'logout+jwt' });
    });

    it('§2.4 names the user as the client’s ID tokens do', async () => {
      const session = await signedIn(told().with({ subject_type: 'pairwise' }));
      await logout(session);
      await receiver.received(1);
      const { sub } = claimsOf(session.tokens.id_token);
      expect(sub).not.toBe(user.subject);
      expect(claimsOf(receiver.tokens[0]!).sub).toBe(sub);
    });

    it('§2.4 is encrypted as the client’s ID tokens are', async () => {
      const { publicKey, privateKey } = await generateKeyPair('RSA-OAEP-256');
      const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', use: 'enc' }] };
      const sealed = told().with({ jwks, id_token_encrypted_response_alg: 'RSA-OAEP-256' });
      const rp = await aRelyingParty(server, sealed);
      await rp.tokens({}, user);
      await rp.browser.submit(await rp.browser.get('/oauth/logout'), {});
      await receiver.received(1);
      const { plaintext } = await compactDecrypt(receiver.tokens[0]!, privateKey);
      const expected = { audience: rp.client.id, typ: 'logout+jwt' };
      expect(
        (await verifyJwt(server, Buffer.from(plaintext).toString(), expected)).payload['events'],
      ).toBeDefined();
    });

    it('tells every application of the session once, and none of another session', async () => {
      const browser = new Browser(server);
      const other = await LogoutReceiver.start();
      const [one, two] = [await signedIn(told(), browser), await signedIn(told(other.uri), browser)];
      const elsewhere = await signedIn();
      await one.rp.tokens();
      await logout(two);
      await Promise.all([receiver.received(1), other.received(1)]);
      await until(one.rp.client.id, isOver);
      expect([receiver.tokens.length, other.tokens.length]).toEqual([1, 1]);
      expect(await deliveries(elsewhere.rp.client.id)).toEqual([]);
      await other.stop();
    });

    it('tells nobody who knows the user by OAuth alone', async () => {
      const rp = await aRelyingParty(server, told());
      await rp.tokens({ scope: 'read' }, user);
      await rp.browser.submit(await rp.browser.get('/oauth/logout'), {});
      expect(await deliveries(rp.client.id)).toEqual([]);
    });
  });

  describe('§2.7 refresh tokens', () => {
    it.each([
      ['without offline_access end with the session', 'openid', 400],
      ['with offline_access outlive it', 'openid offline_access', 200],
      ['of OAuth alone know no sign-out', 'read', 200],
    ])('%s', async (_, scope, status) => {
      const rp = await aRelyingParty(server, aClient());
      const tokens = await rp.tokens({ scope }, user);
      await rp.browser.submit(await rp.browser.get('/oauth/logout'), {});
      const answer = await rp.refresh(tokens.refresh_token);
      expect(answer.status).toBe(status);
      if (status === 400) expectOAuthError(answer, 400, 'invalid_grant');
    });
  });

  describe('however a session ends', () => {
    it.each<[string, (session: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>]>([
      ['on the account page', async ({ rp }) => rp.browser.submit(await rp.browser.get('/account'), {})],
      [
        'because an administrator disables the user',
        () => server.get(UserAdministrationService).disable(user.subject, EDITOR),
      ],
      [
        'because his password is reset',
        () => server.get(UserAdministrationService).resetPassword(user.subject, EDITOR),
      ],
      [
        'because somebody else signs in at the browser',
        async ({ rp }) => rp.browser.signIn(await aUser().register(server)),
      ],
    ])('tells the applications: %s', async (_, end) => {
      const session = await signedIn();
      await end(session);
      await receiver.received(1);
      expect(claimsOf(receiver.tokens[0]!)).toMatchObject({ sub: user.subject, sid: session.sid });
    });

    it('does not end because the same user signs in again: applications keep their sid', async () => {
      const session = await signedIn();
      await session.rp.browser.signIn(user);
      const tokens = await session.rp.tokens();
      expect(claimsOf(tokens.id_token)['sid']).toBe(session.sid);
      expect(await deliveries(session.rp.client.id)).toEqual([]);
    });

    it('is remembered while the session lasts, even when what was allowed has expired', async () => {
      const session = await signedIn(told().with({ refresh_token_ttl: 60 }));
      for (let hour = 0; hour < 30; hour++) {
        server.clock.advance(3_600);
        await session.rp.browser.signIn(user);
      }
      await server.get(PurgeService).run();
      await session.rp.browser.submit(await session.rp.browser.get('/oauth/logout'), {});
      await receiver.received(1);
      expect(claimsOf(receiver.tokens[0]!)['sid']).toBe(session.sid);
    });
  });

  describe('an application that cannot be told', () => {
    it('is told later, each attempt with a token of its own', async () => {
      receiver.behaviour = 'refuses';
      const session = await signedIn();
      await logout(session);
      await receiver.received(1);
      expect((await until(session.rp.client.id, hasFailedOnce)).last_error).toBe(
        'it answered with status 400',
      );
      later(1);
      later(10);
      await receiver.received(2);
      receiver.behaviour = 'answers';
      await until(session.rp.client.id, (row) => row?.attempts === 2 && row.leased_until === null);
      later(30);
      await receiver.received(3);
      const row = await until(session.rp.client.id, isOver);
      expect([row.attempts, row.last_error]).toEqual([3, null]);
      const tokens = receiver.tokens.map((token) => claimsOf(token));
      expect(new Set(tokens.map(({ jti }) => jti)).size).toBe(3);
      expect(tokens[2]!.iat).toBeGreaterThan(tokens[0]!.iat!);
      expect(tokens.every(({ sid }) => sid === session.sid)).toBe(true);
    });

    it('is told when it is up again', async () => {
      const session = await signedIn();
      const { port } = receiver;
      await receiver.stop();
      await logout(session);
      await until(session.rp.client.id, hasFailedOnce);
      receiver = await LogoutReceiver.start(port);
      later(30);
      await receiver.received(1);
      await until(session.rp.client.id, isOver);
    });

    it('is given up after a day, and keeps what went wrong', async () => {
      receiver.behaviour = 'refuses';
      const session = await signedIn();
      await logout(session);
      await until(session.rp.client.id, hasFailedOnce);
      later(86_400);
      const row = await until(session.rp.client.id, isOver);
      expect([row.delivered_at, row.last_error]).toEqual([null, 'it answered with status 400']);
      server.clock.advance(8 * 86_400);
      await server.get(PurgeService).run();
      expect(await deliveries(session.rp.client.id)).toEqual([]);
    });

    it('F27 holds nobody up: the user is signed out within a second while it hangs', async () => {
      receiver.behaviour = 'hangs';
      const session = await signedIn();
      const began = performance.now();
      expect((await logout(session)).headers.location).toBe(AFTER);
      expect(performance.now() - began).toBeLessThan(1_000);
      expect((await until(session.rp.client.id, hasFailedOnce)).last_error).toBe('it did not answer in time');
    });

    it('F27 gets four at a time, and the others do not wait for it', async () => {
      receiver.behaviour = 'hangs';
      const hanging = told();
      const client = await hanging.register(server);
      for (let count = 0; count < 10; count++) {
        const rp = new RelyingParty(server, client, new Browser(server));
        await rp.tokens({}, user);
      }
      const other = await LogoutReceiver.start();
      await signedIn(told(other.uri));
      await server.get(UserAdministrationService).disable(user.subject, EDITOR);
      await other.received(1);
      await receiver.received(4);
      expect(receiver.crowd).toBe(4);
      await other.stop();
      receiver.behaviour = 'answers';
    });

    it('D03 is never called at a private address', async () => {
      const session = await signedIn(told('https://localhost/backchannel'));
      await logout(session);
      expect((await until(session.rp.client.id, hasFailedOnce)).last_error).toBe(
        'its host has no public address',
      );
    });

    it('is not told again once it does not want to be', async () => {
      receiver.behaviour = 'refuses';
      const session = await signedIn();
      await logout(session);
      await until(session.rp.client.id, hasFailedOnce);
      await server.sql('UPDATE gh_client SET backchannel_logout_uri = NULL WHERE client_id = $1', [
        session.rp.client.id,
      ]);
      later(60);
      const row = await until(session.rp.client.id, (one) => one?.attempts === 2 && hasFailedOnce(one));
      expect(row.last_error).toBe('it has no address for it any more');
      expect(receiver.tokens).toHaveLength(1);
    });
  });

  it('is taken up by another when whoever was at it is gone, and not before', async () => {
    receiver.behaviour = 'hangs';
    const session = await signedIn();
    await server.get(LogoutDeliverer).beforeApplicationShutdown();
    await logout(session);
    const [claimed] = await server.get(LogoutOutbox).claim(1, []);
    expect(claimed).toMatchObject({ clientId: session.rp.client.id, attempts: 1 });
    expect(await server.get(LogoutOutbox).claim(1, [])).toEqual([]);
    server.clock.advance(12);
    expect(await server.get(LogoutOutbox).claim(1, [])).toEqual([]);
    server.clock.advance(1);
    expect(await server.get(LogoutOutbox).claim(1, [])).toMatchObject([{ id: claimed!.id, attempts: 2 }]);
    await server.get(LogoutOutbox).failed(claimed!, 'too late to count');
    expect((await deliveries(session.rp.client.id))[0]!.last_error).toBeNull();
  });
});

/** On the embedded database there is one process. */
describe.runIf(process.env['DATABASE_URL'])('F19 two instances share the deliveries', () => {
  it('each is made by one of them, once', { timeout: 60_000 }, async () => {
    const settings = { fetching: { allowedHosts: ['127.0.0.1'] } };
    const one = await startServer({ settings });
    const other = await startServer({ settings, join: one });
    const receiver = await LogoutReceiver.start();
    receiver.behaviour = 'answers slowly';
    const user = await aUser().register(one);
    const client = await aClient().with({ backchannel_logout_uri: receiver.uri }).register(one);
    const sids: unknown[] = [];
    for (let count = 0; count < 20; count++) {
      const { id_token } = await new RelyingParty(one, client, new Browser(one)).tokens({}, user);
      sids.push(claimsOf(id_token)['sid']);
    }
    await one.get(UserAdministrationService).disable(user.subject, EDITOR);
    const wakes = setInterval(() => [one, other].map((each) => each.get(LogoutDeliverer).wake()), 5);
    await receiver.received(20);
    await vi.waitFor(async () => {
      const left = await one.sql('SELECT 1 FROM gh_logout_delivery WHERE delivered_at IS NULL');
      expect(left).toEqual([]);
    });
    clearInterval(wakes);
    expect(receiver.tokens.map((token) => claimsOf(token)['sid']).sort()).toEqual(sids.sort());
    const attempts = await one.sql<{ attempts: number }>('SELECT DISTINCT attempts FROM gh_logout_delivery');
    expect(attempts).toEqual([{ attempts: 1 }]);
    await other.close();
    await one.close();
    await receiver.stop();
  });
});
