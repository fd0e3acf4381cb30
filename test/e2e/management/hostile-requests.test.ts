import { gzipSync } from 'node:zlib';
import { aClient, aUser, sharedServer } from '../../support/index.js';
import { asMachine, metadata } from './management-api.js';

const MEGABYTE = 1024 * 1024;

describe('The management API and hostile requests', async () => {
  const server = await sharedServer();
  const api = await asMachine(server);
  const { id } = await aClient().register(server);
  const path = `/api/clients/${id}`;

  describe('JSON of the wrong shape', () => {
    it.each([
      ['null', 'null'],
      ['a list', '[]'],
      ['a list of objects', `[${JSON.stringify(metadata())}]`],
      ['a number', '1'],
      ['a text', '"x"'],
      ['nothing that is JSON', '{"client_name": }'],
      ['half of it', '{"client_name": "x"'],
      ['more than it', '{} {}'],
      ['a NUL', '{"client_name": "a\\u0000b"}'],
      ['a NUL in a list', '{"redirect_uris": ["https://rp.test/\\u0000"]}'],
      ['a NUL in a name', '{"a\\u0000b": 1}'],
      ['__proto__ further down', '{"metadata": {"a": {"__proto__": {"isAdmin": true}}}}'],
      ['half a surrogate pair', '{"client_name": "a\\ud800b"}'],
      ['invalid UTF-8', Buffer.from([...Buffer.from('{"client_name":"'), 0xff, 0xfe, 0x22, 0x7d])],
      ['a hundred thousand lists', `{"client_name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
      ['deep objects', `{"client_name":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`],
      ['a few levels too many', `{"metadata":${'{"a":'.repeat(16)}1${'}'.repeat(16)}}`],
      [
        'thousands of keys',
        JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [n, 1]))),
      ],
      ['a number of thousands of digits', `{"client_name": ${'9'.repeat(60_000)}}`],
    ])('answers 400 to %s', async (_, body) => {
      for (const answer of [
        await api.post('/api/clients', body),
        await api.put(path, body),
        await api.patch(path, body),
        await api.post(`${path}/secrets`, body),
      ]) {
        expect(answer.status).toBe(400);
        expect(answer.json).toHaveProperty('error');
        expect(answer.headers['cache-control']).toBe('no-store');
      }
    });

    it.each([
      ['redirect_uris', null],
      ['redirect_uris', 'https://rp.test/cb'],
      ['redirect_uris', [null]],
      ['redirect_uris', [1]],
      ['redirect_uris', [['https://rp.test/cb']]],
      ['redirect_uris', { 0: 'https://rp.test/cb' }],
      ['redirect_uris', Array.from({ length: 2000 }, (_, n) => `https://rp.test/${n}`)],
      ['grant_types', 'authorization_code'],
      ['client_name', ''],
      ['client_name', 'x'.repeat(60_000)],
      ['client_name', { toString: 'x' }],
      ['scope', ['openid']],
      ['skip_consent', 'true'],
      ['token_endpoint_auth_method', ['none']],
      ['logo_uri', ['https://rp.test/logo']],
      ['client_id', 'ünïcode'],
      ['client_secret', '密'.repeat(500)],
      ['owner', 1],
    ])('answers 400 to %s: %j', async (field, value) => {
      const answer = await api.post('/api/clients', metadata({ [field]: value }));
      expect(answer.status).toBe(400);
      expect(answer.json.error).toMatch(/^invalid_(client_metadata|redirect_uri)$/);
    });

    it('answers 413 to more than 64 KiB', async () => {
      const answer = await api.post('/api/clients', metadata({ client_name: 'x'.repeat(MEGABYTE) }));
      expect(answer.status).toBe(413);
      expect(answer.json.error).toBe('invalid_request');
    });
  });

  describe('properties that nobody may set', () => {
    it.each([
      'role',
      'isAdmin',
      'id',
      'ownerId',
      'passwordHash',
      'createdAt',
      'clientSecretHash',
      'managed_by',
      'managedBy',
      'version',
      'secrets',
      'redirectUris',
      '__proto__',
      'constructor',
      'prototype',
      'toString',
    ])('refuses %s', async (name) => {
      const before = (await api.get(path)).body;
      const body = `{"client_name":"Changed","${name}":{"isAdmin":true,"disabled":true}}`;
      expect((await api.patch(path, body)).status).toBe(400);
      expect((await api.put(path, body)).status).toBe(400);
      expect((await api.post('/api/clients', body)).status).toBe(400);
      expect((await api.post(`${path}/secrets`, `{"label":"x","${name}":{"a":1}}`)).status).toBe(400);
      expect((await api.get(path)).body).toBe(before);
      expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    });
  });

  describe('content types', () => {
    const body = JSON.stringify(metadata());

    it.each([
      ['text/plain'],
      ['application/x-www-form-urlencoded'],
      ['multipart/form-data; boundary=x'],
      ['application/jsonp'],
      ['text/json'],
      ['application/json; charset=utf-7'],
      ['application/json; charset=utf-16'],
      ['application/json; charset=iso-8859-1'],
    ])('answers 415 to %s', async (type) => {
      for (const method of ['POST', 'PUT', 'PATCH']) {
        const target = method === 'POST' ? '/api/clients' : path;
        expect((await api.send(method, target, body, { 'content-type': type })).status).toBe(415);
      }
    });

    it('answers 415 to a body without a type', async () => {
      expect((await api.post('/api/clients', Buffer.from(body), { 'content-type': undefined })).status).toBe(
        415,
      );
    });

    it.each(['gzip', 'br', 'deflate'])('answers 415 to content in %s', async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(MEGABYTE, ' '));
      expect((await api.post('/api/clients', bomb, { 'content-encoding': encoding })).status).toBe(415);
    });

    it('takes a merge patch (RFC 7396)', async () => {
      const headers = { 'content-type': 'application/merge-patch+json' };
      expect((await api.patch(path, { client_name: 'Merged' }, headers)).status).toBe(200);
    });

    it('takes a POST without a body where none is needed', async () => {
      const { subject } = await aUser().register(server);
      expect((await api.post(`/api/users/${subject}/enable`)).status).toBe(200);
      const empty = await api.post(`/api/users/${subject}/enable`, '', { 'content-type': undefined });
      expect(empty.status).toBe(200);
      expect((await api.post('/api/clients')).status).toBe(400);
    });
  });

  describe('ids that none can be', () => {
    const ids = [
      '%00',
      'a%00b',
      '%ff',
      '%c3%28',
      '%',
      '%zz',
      'x'.repeat(5000),
      '%F0%9F%98%80',
      '..%2F..',
      '%0a',
    ];

    it.each(ids)('are not found: %s', async (hostile) => {
      for (const answer of [
        await api.get(`/api/clients/${hostile}`),
        await api.patch(`/api/clients/${hostile}`, { client_name: 'x' }),
        await api.delete(`/api/clients/${hostile}`),
        await api.post(`/api/clients/${hostile}/secrets`, { label: 'x' }),
        await api.delete(`${path}/secrets/${hostile}`),
        await api.get(`/api/users/${hostile}`),
        await api.post(`/api/users/${hostile}/disable`),
      ]) {
        expect([400, 404]).toContain(answer.status);
      }
    });
  });

  it('leave nothing behind: the next request is answered as ever', async () => {
    const answer = await api.post('/api/clients', metadata());
    expect(answer.status).toBe(201);
    expect(answer.json.skip_consent).toBe(false);
  });
});
