import { AuditService } from '../../../src/audit/index.js';
import { ClientsService, toMetadata } from '../../../src/clients/index.js';
import { EDITOR, aClient, aUser, basic, expectOAuthError, startServer } from '../../support/index.js';
import type { HttpAnswer } from '../../support/index.js';
import { WEB, configure, registered, relyingPartyOf, sendJson } from '../rfc7591/registration.js';

describe('RFC 7592 client configuration', async () => {
  const server = await startServer({ settings: { registration: { access: 'open' } } });
  afterAll(() => server.close());
  const clients = server.get(ClientsService);
  const user = await aUser().register(server);

  const put = (client: Parameters<typeof configure>[1] & { client_id: string }, metadata: object) =>
    configure(server, client, { method: 'PUT', body: { client_id: client.client_id, ...metadata } });

  function expectNoAccess(answer: HttpAnswer): void {
    expectOAuthError(answer, 401, 'invalid_token');
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
  }

  describe('§2.1 reading', () => {
    it('answers with what is registered now, and the token and the address again', async () => {
      const client = await registered(server);
      const answer = await configure(server, client);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.headers['cache-control']).toBe('no-store');
      const { client_secret: _, ...rest } = client;
      expect(answer.json).toEqual(rest);
    });

    it('shows no secret again: it is stored as a digest', async () => {
      const client = await registered(server);
      expect(client).toHaveProperty('client_secret');
      expect((await configure(server, client)).json).not.toHaveProperty('client_secret');
    });

    it('keeps the token: who loses an answer is not locked out', async () => {
      const client = await registered(server);
      for (let time = 0; time < 3; time++) expect((await configure(server, client)).status).toBe(200);
      await put(client, WEB);
      expect((await configure(server, client)).status).toBe(200);
    });
  });

  describe('§2 who may', () => {
    it('is nobody without the token', async () => {
      const client = await registered(server);
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const { pathname } = new URL(client.registration_client_uri);
        const answer = await server.send(pathname, {
          method,
          headers: { 'content-type': 'application/json' },
          body: method === 'PUT' ? Buffer.from('{}') : undefined,
        });
        expectOAuthError(answer, 401, 'invalid_token');
        expect(answer.headers['www-authenticate']).toBe('Bearer realm="gatehouse"');
      }
    });

    it('is not another client, and nobody can tell what exists', async () => {
      const [one, other] = [await registered(server), await registered(server)];
      const declared = await aClient().register(server);
      const gone = await registered(server);
      await configure(server, gone, { method: 'DELETE' });
      const token = other.registration_access_token;
      const addresses = [
        one.client_id,
        declared.id,
        gone.client_id,
        'unheard-of',
        'x'.repeat(500),
        '%00',
        'é',
      ];
      const answers = await Promise.all(
        addresses.flatMap((id) =>
          [token, 'x'.repeat(43)].map((bearer) =>
            server.send(`/oauth/register/${encodeURI(id)}`, {
              headers: { authorization: `Bearer ${bearer}` },
            }),
          ),
        ),
      );
      for (const answer of answers) expectNoAccess(answer);
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      expectNoAccess(
        await server.send(`/oauth/register/${gone.client_id}`, {
          headers: { authorization: `Bearer ${gone.registration_access_token}` },
        }),
      );
    });

    it('is neither the client with its secret nor the user with his access token', async () => {
      const client = await registered(server);
      const { access_token } = await relyingPartyOf(server, client).tokens({}, user);
      const { pathname } = new URL(client.registration_client_uri);
      const secret = basic(client.client_id, client.client_secret);
      for (const authorization of [secret, `Bearer ${access_token}`, `Bearer ${client.client_secret}`])
        expect((await server.send(pathname, { headers: { authorization } })).status).toBe(401);
    });

    it('is not the client while an administrator has it disabled, nor afterwards', async () => {
      const client = await registered(server);
      const metadata = toMetadata(await clients.get(client.client_id));
      await clients.update(client.client_id, { ...metadata, disabled: true }, EDITOR);
      expectNoAccess(await configure(server, client));
      await clients.update(client.client_id, { ...metadata, disabled: false }, EDITOR);
      expectNoAccess(await configure(server, client));
    });

    it('is not the client once an administrator has changed it: it may have got more than it could ask for', async () => {
      const client = await registered(server);
      const metadata = toMetadata(await clients.get(client.client_id));
      await clients.update(client.client_id, { ...metadata, skip_consent: true }, EDITOR);
      expectNoAccess(await configure(server, client));
      expectNoAccess(await put(client, { redirect_uris: ['https://evil.test/cb'] }));
      expectNoAccess(await configure(server, client, { method: 'DELETE' }));
      expect(await clients.get(client.client_id)).toMatchObject({ redirectUris: WEB.redirect_uris });
    });

    it('takes no other method', async () => {
      const client = await registered(server);
      for (const method of ['POST', 'PATCH']) {
        const answer = await configure(server, client, { method });
        expectOAuthError(answer, 405, 'invalid_request');
        expect(answer.headers.allow).toBe('GET, HEAD, PUT, DELETE');
      }
    });
  });

  describe('§2.2 replacing', () => {
    it('gives what is left out its default, and keeps identifier, token and secret', async () => {
      const client = await registered(server, {
        ...WEB,
        logo_uri: 'https://rp.test/logo',
        default_max_age: 60,
      });
      const answer = await put(client, {
        redirect_uris: ['https://rp.test/other'],
        client_uri: 'https://rp.test/',
      });
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.json).toMatchObject({
        client_id: client.client_id,
        registration_access_token: client.registration_access_token,
        registration_client_uri: client.registration_client_uri,
        redirect_uris: ['https://rp.test/other'],
        client_uri: 'https://rp.test/',
      });
      for (const name of ['logo_uri', 'default_max_age', 'client_secret'])
        expect(answer.json).not.toHaveProperty(name);
      const rp = relyingPartyOf(server, { ...client, ...answer.json, client_secret: client.client_secret });
      expect((await rp.tokens({}, user)).access_token).toBeDefined();
      expect((await configure(server, client)).json).toEqual(answer.json);
    });

    it.each([
      [{ client_id: undefined }, 'client_id'],
      [{ client_id: 'another' }, 'client_id'],
      [{ client_id: null }, 'client_id'],
      [{ client_id: ['x'] }, 'client_id'],
      [{ registration_access_token: 'x' }, 'registration_access_token'],
      [{ registration_client_uri: 'https://evil.test' }, 'registration_client_uri'],
      [{ client_secret_expires_at: 0 }, 'client_secret_expires_at'],
      [{ client_id_issued_at: 1 }, 'client_id_issued_at'],
      [{ client_secret: 'chosen' }, 'client_secret'],
      [{ client_secret: null }, 'client_secret'],
    ])('refuses %j', async (members, name) => {
      const client = await registered(server);
      const answer = await put(client, { ...WEB, client_name: 'changed', ...members });
      expectOAuthError(answer, 400, 'invalid_client_metadata');
      expect(answer.json.error_description).toContain(name);
      expect((await configure(server, client)).json.client_name).toBe(WEB.client_name);
    });

    it('takes the secret that it is', async () => {
      const client = await registered(server);
      const answer = await put(client, { ...WEB, client_secret: client.client_secret });
      expect(answer.status).toBe(200);
    });

    it('D06 gives nobody more than the policy', async () => {
      const client = await registered(server);
      const more = {
        skip_consent: true,
        may_introspect: true,
        owner: user.subject,
        scope: 'openid management',
      };
      const answer = await put(client, { ...WEB, ...more });
      expect(answer.json.scope).toBe('openid');
      const stored = await clients.get(client.client_id);
      expect(stored).toMatchObject({ skipConsent: false, mayIntrospect: false, owner: null });
    });

    it('makes a secret where one is needed, and one that is readable where an algorithm needs that', async () => {
      const client = await registered(server, { ...WEB, token_endpoint_auth_method: 'none' });
      const { json: confidential } = await put(client, WEB);
      expect(confidential).toMatchObject({ client_secret: expect.any(String), client_secret_expires_at: 0 });
      const { json: keyed } = await put(client, { ...WEB, id_token_signed_response_alg: 'HS256' });
      expect(keyed.client_secret).toMatch(/^[\w-]{43}$/);
      expect(keyed.client_secret).not.toBe(confidential.client_secret);
      const old = relyingPartyOf(server, { ...keyed, client_secret: confidential.client_secret });
      expectOAuthError(await old.clientCredentials(), 401, 'invalid_client');
      const { id_token } = await relyingPartyOf(server, keyed).tokens({}, user);
      expect(JSON.parse(Buffer.from(id_token.split('.')[0]!, 'base64url').toString())).toMatchObject({
        alg: 'HS256',
      });
    });

    it('of two changes at once loses none unseen', async () => {
      const client = await registered(server);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, number) => put(client, { ...WEB, client_name: `name ${number}` })),
      );
      const won = answers
        .filter(({ status }) => status === 200)
        .map(({ json }) => json.client_name as string);
      expect(answers.every(({ status }) => [200, 412].includes(status))).toBe(true);
      expect(won).toContain((await configure(server, client)).json.client_name);
    });
  });

  describe('§2.3 deleting', () => {
    it('answers 204, and everything that the client has dies at once', async () => {
      const client = await registered(server);
      const rp = relyingPartyOf(server, client);
      const tokens = await rp.tokens({ scope: 'openid offline_access' }, user);
      const code = await rp.code();
      const answer = await configure(server, client, { method: 'DELETE' });
      expect([answer.status, answer.body, answer.headers['cache-control']]).toEqual([204, '', 'no-store']);
      expect((await rp.userinfo(tokens.access_token)).status).toBe(401);
      expectOAuthError(await rp.refresh(tokens.refresh_token), 401, 'invalid_client');
      expectOAuthError(await rp.exchange(code), 401, 'invalid_client');
      expect((await rp.authorize()).status).toBe(400);
      expectNoAccess(await configure(server, client));
      expectNoAccess(await configure(server, client, { method: 'DELETE' }));
      await vi.waitFor(async () => {
        const left = await server.sql(
          `SELECT 1 FROM gh_consent WHERE client_id = $1 UNION ALL
           SELECT 1 FROM gh_authorization WHERE client_id = $1 AND revoked_at IS NULL`,
          [client.client_id],
        );
        expect(left).toEqual([]);
      });
    });

    it('happens once, however many ask at once', async () => {
      const client = await registered(server);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => configure(server, client, { method: 'DELETE' })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([
        204,
        ...Array.from({ length: 9 }, () => 401),
      ]);
    });
  });

  it('is recorded, with the client as the one who did it and without a credential', async () => {
    const client = await registered(server);
    await put(client, { ...WEB, client_name: 'Renamed' });
    await configure(server, client, { method: 'DELETE' });
    const records = await server.get(AuditService).list({ target: client.client_id }, { limit: 10 });
    expect(records.map(({ action, actor }) => [action, actor])).toEqual([
      ['client.deleted', `client ${client.client_id}`],
      ['client.updated', `client ${client.client_id}`],
      ['client.created', 'open registration'],
    ]);
    expect(records[1]!.changes).toEqual({ client_name: { before: 'Timesheets', after: 'Renamed' } });
    const text = JSON.stringify(records);
    expect(text).not.toContain(client.registration_access_token);
    expect(text).not.toContain(client.client_secret);
  });

  it('the address and the token are no secrets of the operator’s own clients: those have none', async () => {
    const { id } = await aClient().register(server);
    expectNoAccess(await sendJson(server, 'PUT', `/oauth/register/${id}`, { client_id: id }, 'x'.repeat(43)));
  });
});
