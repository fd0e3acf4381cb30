import type { CommandName } from '../../../src/cli/commands/command.js';
import { CommandsService } from '../../../src/cli/index.js';
import { InitialAccessTokensService } from '../../../src/registration/index.js';
import {
  RelyingParty,
  aClient,
  aRelyingParty,
  aUser,
  headerOf,
  sharedServer,
  shows,
  tokensOf,
} from '../../support/index.js';
import type { TestClient } from '../../support/index.js';
import { runnerOf } from './command-runner.js';

const WEB = { redirect_uris: ['https://rp.test/cb'], scope: 'openid read' };

describe('The commands of the command line', async () => {
  const server = await sharedServer();
  const run = runnerOf(server);

  /** The client as its developer would use it. */
  const partyOf = (client: Pick<TestClient, 'id' | 'secret'>, method = 'client_secret_basic'): RelyingParty =>
    new RelyingParty(server, { ...client, authenticationMethod: method, redirectUri: 'https://rp.test/cb' });

  describe('client.create', () => {
    it('makes a client that gets a token with the secret that was shown', async () => {
      const metadata = { grant_types: ['client_credentials'], scope: 'read' };
      const { client_id: id, client_secret: secret } = await run('client.create', { metadata });
      const tokens = tokensOf(await partyOf({ id, secret }).clientCredentials());
      expect(tokens).toMatchObject({ token_type: 'Bearer', scope: 'read' });
    });

    it('makes a client that signs its users in, without asking them where it is told so', async () => {
      const owner = await aUser().register(server);
      const metadata = { ...WEB, skip_consent: true, access_token_format: 'jwt' };
      const client = await run('client.create', { metadata, owner: owner.username.toUpperCase() });
      expect(client['owner']).toBe(owner.subject);
      const rp = partyOf({ id: client.client_id, secret: client.client_secret });
      await rp.signIn(owner);
      expect((await rp.authorize()).location?.searchParams.has('code')).toBe(true);
      expect(headerOf((await rp.tokens()).access_token).typ).toBe('at+jwt');
    });

    it('makes a public client without a secret', async () => {
      const metadata = { ...WEB, token_endpoint_auth_method: 'none' };
      const client = await run('client.create', { metadata });
      expect(client.client_secret).toBeUndefined();
      const rp = partyOf({ id: client.client_id, secret: undefined }, 'none');
      expect((await rp.tokens({}, await aUser().register(server))).scope).toBe('openid');
    });

    it('takes a chosen secret, and does not show it', async () => {
      const metadata = {
        grant_types: ['client_credentials'],
        scope: 'read',
        client_secret: 'a chosen secret',
      };
      const client = await run('client.create', { metadata });
      expect(JSON.stringify(client)).not.toContain('chosen secret');
      const rp = partyOf({ id: client.client_id, secret: 'a chosen secret' });
      expect((await rp.clientCredentials()).status).toBe(200);
    });

    it('makes a resource server', async () => {
      const metadata = { grant_types: ['client_credentials'], scope: 'read', may_introspect: true };
      const { client_id: id, client_secret: secret } = await run('client.create', { metadata });
      const other = await aRelyingParty(server, aClient().machine());
      const { access_token } = tokensOf(await other.clientCredentials());
      expect(await partyOf({ id, secret }).isAlive(access_token)).toBe(true);
    });

    it.each([
      ['without a redirect URI', { scope: 'openid' }, /redirect_uris/],
      [
        'with metadata that there is not',
        { ...WEB, redirect_url: 'https://rp.test' },
        /redirect_url is unknown/,
      ],
      ['with a wildcard', { ...WEB, redirect_uris: ['https://*.test/cb'] }, /wildcard/],
    ])('refuses one %s in a sentence', async (_, metadata, sentence) => {
      await expect(run('client.create', { metadata })).rejects.toThrow(sentence);
    });

    it('never takes over a client that exists, and gives none to a user who does not', async () => {
      const { id } = await aClient().register(server);
      await expect(run('client.create', { metadata: { ...WEB, client_id: id } })).rejects.toThrow('already');
      await expect(run('client.create', { metadata: WEB, owner: 'nobody' })).rejects.toThrow(
        'no user named nobody',
      );
    });
  });

  describe('client.list and client.delete', () => {
    it('list all there are, never with a secret, and end the tokens of one that goes', async () => {
      const rp = await aRelyingParty(server, aClient().machine());
      const { access_token } = tokensOf(await rp.clientCredentials());
      const witness = await aRelyingParty(server, aClient().resourceServer());
      expect(await witness.isAlive(access_token)).toBe(true);
      const listed = await run('client.list', {});
      expect(listed.find(({ client_id }) => client_id === rp.client.id)).toEqual({
        client_id: rp.client.id,
        client_name: expect.any(String),
        type: 'confidential',
        grant_types: ['client_credentials'],
        scope: 'read write',
        owner: null,
        managed_by: null,
        disabled: false,
      });
      expect(JSON.stringify(listed)).not.toContain('secret');

      await run('client.delete', { client_id: rp.client.id });
      expect(await witness.isAlive(access_token)).toBe(false);
      expect((await rp.clientCredentials()).status).toBe(401);
      await expect(run('client.delete', { client_id: rp.client.id })).rejects.toThrow('no such client');
    });

    it('lists more than one page', async () => {
      for (let count = 0; count < 101; count++)
        await aClient().machine().public().grants('refresh_token').register(server);
      const ids = (await run('client.list', {})).map(({ client_id }) => client_id);
      expect(ids.length).toBeGreaterThan(101);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  describe('user.create', () => {
    it('makes a user who can sign in with the password that was shown', async () => {
      const { sub, password } = await run('user.create', {
        username: 'Grace',
        email: 'grace@example.com',
        name: 'Grace',
      });
      const rp = await aRelyingParty(server);
      const tokens = await rp.tokens(
        { scope: 'openid email profile' },
        { username: 'grace', password: password! },
      );
      expect((await rp.userinfo(tokens.access_token)).json).toMatchObject({
        sub,
        email: 'grace@example.com',
        name: 'Grace',
      });
    });

    it('makes an administrator with a chosen password, and does not show it', async () => {
      const password = 'correct horse battery staple';
      const user = await run('user.create', { username: 'heidi', admin: true, password });
      expect(user).toMatchObject({ username: 'heidi', roles: ['admin'] });
      expect(user.password).toBeUndefined();
      const rp = await aRelyingParty(server);
      expect((await rp.tokens({}, { username: 'heidi', password })).token_type).toBe('Bearer');
    });

    it('never takes over a user who exists, in whatever case', async () => {
      const user = await aUser().register(server);
      const takeover = { username: user.username.toUpperCase(), password: 'another password', admin: true };
      await expect(run('user.create', takeover)).rejects.toThrow('already');
      const rp = await aRelyingParty(server);
      expect((await rp.tokens({}, user)).token_type).toBe('Bearer');
    });

    it.each([
      [{ username: 'ivan', password: 'short' }, '8 to 500'],
      [{ username: 'iv\u0000an' }, 'control characters'],
      [{ username: '' }, '1 to 200'],
      [{ username: 'ivan', email: 'nowhere' }, 'email'],
      [{ username: 'ivan', roles: ['admin'] }, 'roles is unknown'],
    ])('refuses %j', async (args, sentence) => {
      await expect(run('user.create', args)).rejects.toThrow(sentence);
    });
  });

  describe('user.disable and user.enable', () => {
    it('end what the user has, and let him begin anew', async () => {
      const user = await aUser().register(server);
      const rp = await aRelyingParty(server);
      const { access_token } = await rp.tokens({}, user);
      expect(await run('user.disable', { username: user.username })).toMatchObject({ disabled: true });
      expect(await rp.isAlive(access_token)).toBe(false);
      expect(shows(await rp.authorize(), 'login-submit')).toBe(true);
      expect(await run('user.enable', { username: user.username })).toMatchObject({ disabled: false });
      expect((await rp.tokens({}, user)).token_type).toBe('Bearer');
    });

    it('know nobody who is not there', async () => {
      for (const command of ['user.disable', 'user.enable'] as const)
        await expect(run(command, { username: 'nobody' })).rejects.toThrow('no user named nobody');
    });
  });

  describe('tokens.purge', () => {
    it('deletes in batches what has expired, and nothing else', async () => {
      const rp = await aRelyingParty(server, aClient().machine());
      for (let count = 0; count < 5; count++) await rp.clientCredentials();
      server.clock.advance(2 * 3600);
      const { access_token } = tokensOf(await rp.clientCredentials());
      const { purged } = await run('tokens.purge', { batch_size: 2, pause: 1 });
      expect(purged).toBeGreaterThanOrEqual(5);
      expect(await run('tokens.purge', {})).toEqual({ purged: 0 });
      expect(await rp.isAlive(access_token)).toBe(true);
    });

    it('ends between two batches when nobody waits for it any more', async () => {
      const rp = await aRelyingParty(server, aClient().machine());
      for (let count = 0; count < 3; count++) await rp.clientCredentials();
      server.clock.advance(2 * 3600);
      const left = new AbortController();
      const purge = server
        .get(CommandsService)
        .run('tokens.purge', { batch_size: 1, pause: 60_000 }, left.signal);
      setTimeout(() => left.abort(), 50);
      await expect(purge).rejects.toMatchObject({ name: 'AbortError' });
      expect((await run('tokens.purge', {})).purged).toBeGreaterThanOrEqual(1);
    });

    it.each([{ batch_size: 0 }, { pause: -1 }, { batch_size: 1.5 }])('refuses %j', async (args) => {
      await expect(run('tokens.purge', args)).rejects.toThrow('must');
    });
  });

  describe('keys.rotate and keys.list', () => {
    it('publish the next key of every algorithm, or of one, and say when it was waiting', async () => {
      const [rotated] = await run('keys.rotate', { alg: 'ES256' });
      expect(rotated).toMatchObject({ alg: 'ES256', made: true });
      const all = await run('keys.rotate', {});
      expect(all.map(({ alg, made }) => [alg, made])).toEqual([
        ['RS256', true],
        ['PS256', true],
        ['ES256', false],
        ['EdDSA', true],
        ['RSA-OAEP', true],
        ['ECDH-ES', true],
      ]);
      expect(all[2]!.kid).toBe(rotated!.kid);
      const listed = await run('keys.list', {});
      expect(listed.find(({ kid }) => kid === rotated!.kid)).toMatchObject({
        state: 'next',
        published_until: null,
      });
      expect(JSON.stringify(listed)).not.toMatch(/private|"d"/i);
    });

    it('refuse an algorithm that no key has', async () => {
      await expect(run('keys.rotate', { alg: 'HS256' as 'ES256' })).rejects.toThrow('RS256, PS256');
    });
  });

  describe('initial-access-token', () => {
    const DAY = 86_400_000;

    it('makes tokens for one client, some, or any number, and lists and deletes them', async () => {
      const once = await run('initial-access-token.create', { label: 'once' });
      const many = await run('initial-access-token.create', { label: 'many', uses: null, days: 7 });
      expect([once.uses_left, once.expires_at, many.uses_left]).toEqual([1, null, null]);
      expect(Date.parse(many.expires_at!) - server.clock.now().getTime()).toBe(7 * DAY);
      const tokens = server.get(InitialAccessTokensService);
      expect(await tokens.find(once.initial_access_token)).toMatchObject({ label: 'once' });
      const listed = await run('initial-access-token.list', {});
      const { initial_access_token: token, ...shown } = many;
      expect(listed).toContainEqual(shown);
      expect(JSON.stringify(listed)).not.toContain(token);
      await run('initial-access-token.delete', { id: many.id });
      expect(await tokens.find(token)).toBeNull();
      await expect(run('initial-access-token.delete', { id: many.id })).rejects.toThrow('no such');
    });

    it.each([{ label: '' }, { label: 'x', uses: 0 }, { label: 'x', days: 0 }, { label: 'x', days: 5000 }])(
      'refuses %j',
      async (args) => {
        await expect(run('initial-access-token.create', args)).rejects.toThrow();
      },
    );
  });

  it('leave a record of what they change, by whom', async () => {
    const { sub } = await run('user.create', { username: 'judy' });
    await run('user.disable', { username: 'judy' });
    const { client_id } = await run('client.create', { metadata: WEB });
    await run('client.delete', { client_id });
    const [key] = await run('keys.rotate', { alg: 'ES256', now: true });
    const targets = [sub, client_id, key!.kid];
    const records = await server.sql<{ actor: string; action: string }>(
      'SELECT DISTINCT actor, action FROM gh_audit WHERE target_id = ANY($1) ORDER BY action',
      [targets],
    );
    expect(records.filter(({ actor }) => actor === 'command line').map(({ action }) => action)).toEqual([
      'client.created',
      'client.deleted',
      'key.rotated',
      'user.created',
      'user.disabled',
    ]);
  });

  it('know no command that there is not', async () => {
    await expect(run('user.destroy' as CommandName, {})).rejects.toThrow('unknown in this release');
    await expect(run('client.list', { page: 1 })).rejects.toThrow('page is unknown');
  });
});
