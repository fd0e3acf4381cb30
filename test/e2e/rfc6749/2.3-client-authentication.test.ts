import { aClient, basic, expectOAuthError, sharedServer } from '../../support/index.js';
import type { HttpRequest, Parameters, TestClient } from '../../support/index.js';

const server = await sharedServer();
const grant = { grant_type: 'client_credentials' };

const token = (body: Parameters, authorization?: string, headers?: HttpRequest['headers']) =>
  server.send('/oauth/token', { method: 'POST', body, headers: { authorization, ...headers } });
const raw = (credentials: string | Buffer) => `Basic ${Buffer.from(credentials).toString('base64')}`;

describe('RFC 6749 §2.3 client authentication', async () => {
  const byBasic = await aClient().machine().register(server);
  const byPost = await aClient().machine().post().register(server);
  const confidential = await aClient().register(server);
  const nobody = await aClient().public().register(server);
  const inForm = ({ id, secret }: TestClient) => ({ client_id: id, client_secret: secret });

  describe.each([
    ['token', grant],
    ['revoke', { token: 'unknown' }],
    ['introspect', { token: 'unknown' }],
  ])('at the %s endpoint', (endpoint, form) => {
    const post = (body: Parameters, authorization?: string) =>
      server.send(`/oauth/${endpoint}`, {
        method: 'POST',
        body: { ...form, ...body },
        headers: { authorization },
      });

    it('takes the method that the client is registered with', async () => {
      expect((await post({}, basic(byBasic.id, byBasic.secret!))).status).toBe(200);
      expect((await post(inForm(byPost))).status).toBe(200);
    });

    it('refuses every other method, right secret or not', async () => {
      expectOAuthError(await post(inForm(byBasic)), 401, 'invalid_client');
      expectOAuthError(await post({}, basic(byPost.id, byPost.secret!)), 401, 'invalid_client');
      expectOAuthError(await post({ client_id: byBasic.id }), 401, 'invalid_client');
    });

    it('refuses a wrong secret and an unknown client with the same words, and a challenge', async () => {
      const wrong = await post({}, basic(byBasic.id, 'wrong'));
      const unknown = await post({}, basic('nobody', 'wrong'));
      expectOAuthError(wrong, 401, 'invalid_client');
      expect(wrong.headers['www-authenticate']).toBe('Basic realm="gatehouse", charset="UTF-8"');
      expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
    });

    it('refuses a request without any authentication', async () => {
      expectOAuthError(await post({}), 401, 'invalid_client');
    });

    it('A01 refuses two methods at once', async () => {
      expectOAuthError(
        await post(inForm(byBasic), basic(byBasic.id, byBasic.secret!)),
        400,
        'invalid_request',
      );
    });

    it('A02 refuses two identities at once', async () => {
      const both = await post({ client_id: byPost.id }, basic(byBasic.id, byBasic.secret!));
      expectOAuthError(both, 400, 'invalid_request');
    });

    it('takes a client_id that repeats the identity of HTTP Basic', async () => {
      expect((await post({ client_id: byBasic.id }, basic(byBasic.id, byBasic.secret!))).status).toBe(200);
    });

    it('A05 refuses credentials in the query', async () => {
      const query = new URLSearchParams({ client_id: byPost.id, client_secret: byPost.secret! }).toString();
      const answer = await server.send(`/oauth/${endpoint}?${query}`, { method: 'POST', body: form });
      expectOAuthError(answer, 400, 'invalid_request');
    });

    it('refuses a disabled client', async () => {
      const client = await aClient().machine().with({ disabled: true }).register(server);
      expectOAuthError(await post({}, basic(client.id, client.secret!)), 401, 'invalid_client');
    });
  });

  it.each([
    ['an empty secret in HTTP Basic', {}, raw(`${byBasic.id}:`)],
    ['an empty secret in the form', { client_id: byPost.id, client_secret: '' }, undefined],
    ['the client_id only', { client_id: confidential.id }, undefined],
    ['a secret without client_id', { client_secret: byPost.secret }, undefined],
  ])('A03 refuses %s of a confidential client', async (_, form, authorization) => {
    const answer = await token({ ...grant, ...form }, authorization);
    expectOAuthError(answer, 401, 'invalid_client');
    expect('www-authenticate' in answer.headers).toBe(authorization !== undefined);
  });

  it('A03 refuses a secret of one NUL byte', async () => {
    expect((await token({ ...grant, client_id: byPost.id, client_secret: '\0' })).status).toBe(400);
    expect((await token(grant, raw(`${byBasic.id}:\0`))).status).toBe(401);
  });

  it('A03 cannot register an empty secret', async () => {
    await expect(aClient().with({ client_secret: '' }).register(server)).rejects.toThrow();
  });

  it('A04 refuses a public client that sends a secret', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: 'unknown' };
    expectOAuthError(
      await token({ ...form, client_id: nobody.id, client_secret: 'any' }),
      401,
      'invalid_client',
    );
    expectOAuthError(await token(form, basic(nobody.id, 'any')), 401, 'invalid_client');
    expectOAuthError(await token(form, raw(`${nobody.id}:`)), 401, 'invalid_client');
  });

  describe('A06 HTTP Basic, decoded strictly', async () => {
    const secret = 'p:%+/&=?"x';
    const chosen = await aClient().machine().with({ client_secret: secret }).register(server);

    it('decodes `:`, `%`, `+` and other special characters after form encoding', async () => {
      expect((await token(grant, basic(chosen.id, secret))).status).toBe(200);
    });

    it('refuses the same secret when `%` and `+` are not encoded', async () => {
      expectOAuthError(await token(grant, raw(`${chosen.id}:${secret}`)), 401, 'invalid_client');
    });

    it('takes the scheme in any case', async () => {
      const authorization = basic(byBasic.id, byBasic.secret!).replace('Basic', 'bAsIc');
      expect((await token(grant, authorization)).status).toBe(200);
    });

    const good = basic(byBasic.id, byBasic.secret!);
    it.each([
      ['junk after the base64', `${good}!`],
      ['junk inside the base64', good.replace(/^(Basic .{8})/, '$1!')],
      ['a space inside the base64', good.replace(/^(Basic .{8})/, '$1 ')],
      ['base64url characters', `Basic ${Buffer.from('\xfb\xff:x', 'latin1').toString('base64url')}`],
      ['no colon', raw('nocolon')],
      ['no client', raw(':secret')],
      ['invalid UTF-8', raw(Buffer.from([0x61, 0x3a, 0xff, 0xfe]))],
      ['a line break', raw(`${byBasic.id}:a\nb`)],
      ['an encoded NUL in the secret', raw(`${byBasic.id}:a%00b`)],
      ['an encoded NUL in the client', raw('a%00b:secret')],
      ['a broken percent escape', raw(`${byBasic.id}:%zz`)],
      ['invalid UTF-8 in a percent escape', raw(`${byBasic.id}:%ff`)],
      ['nothing', 'Basic'],
      ['only a space', 'Basic '],
    ])('refuses %s', async (_, authorization) => {
      const answer = await token(grant, authorization);
      expectOAuthError(answer, 401, 'invalid_client');
      expect(answer.headers['www-authenticate']).toMatch(/^Basic /);
    });
  });

  it('A15 gives nothing for a client certificate that a header claims', async () => {
    const headers = { 'x-ssl-client-cert': 'MII', 'client-cert': ':MII:', 'ssl-client-verify': 'SUCCESS' };
    expectOAuthError(
      await token({ ...grant, client_id: byBasic.id }, undefined, headers),
      401,
      'invalid_client',
    );
  });

  it('A16 refuses the first 72 bytes of a longer secret', async () => {
    const long = 'x'.repeat(80);
    const client = await aClient().machine().with({ client_secret: long }).register(server);
    expect((await token(grant, basic(client.id, long))).status).toBe(200);
    expectOAuthError(await token(grant, basic(client.id, long.slice(0, 72))), 401, 'invalid_client');
  });
});
