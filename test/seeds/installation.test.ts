import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { UserStore } from '../../src/index.js';
import type { User } from '../../src/index.js';
import { migrations } from '../../src/database/migrations/index.js';
import { aClient, aRelyingParty, sharedServer, startServer, tokensOf } from '../support/index.js';
import { CARLA, startShop } from '../host/shop/start-shop.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, { types: string; default: string }>;
  scripts: Record<string, string>;
  peerDependencies: Record<string, string>;
};

describe('Seeds: installing it, mounting it, documenting it', async () => {
  const server = await sharedServer();

  // @see src/gatehouse.module.ts, src/index.ts
  it('row 1: one import, GatehouseModule.forRoot, makes any Nest application an authorization server', async () => {
    expect(manifest.exports['.']).toMatchObject({ default: './dist/src/index.js' });
    const shop = await startShop();
    try {
      const rp = await aRelyingParty(shop.gatehouse, aClient().machine().scope('invoices'));
      expect(tokensOf(await rp.clientCredentials()).scope).toBe('invoices');
      expect((await shop.get('/orders')).json).toEqual({ orders: [] });
    } finally {
      await shop.close();
    }
  });

  // @see src/gatehouse.module.ts, src/metadata/metadata.service.ts
  it('row 2: it works below any prefix, and the discovery document names its addresses', async () => {
    const shop = await startShop({ path: '/sso', gatehouse: { prefix: 'sso' } });
    try {
      const { gatehouse } = shop;
      const metadata = (await gatehouse.send('/.well-known/openid-configuration')).json;
      expect(metadata.token_endpoint).toBe(`${shop.origin}/sso/oauth/token`);
      expect(metadata.introspection_endpoint).toBe(`${shop.origin}/sso/oauth/introspect`);
      const rp = await aRelyingParty(gatehouse, aClient().scope('openid'));
      const tokens = await rp.tokens({ scope: 'openid' }, CARLA);
      expect(await rp.isAlive(tokens.access_token)).toBe(true);
    } finally {
      await shop.close();
    }
  });

  // @see src/gatehouse.module.ts
  it('row 3: endpoints to authorize, to get, revoke and introspect tokens, and to create applications are there', async () => {
    const metadata = (await server.send('/.well-known/openid-configuration')).json;
    const { origin } = new URL(server.issuer);
    const named = ['authorization', 'token', 'revocation', 'introspection', 'userinfo', 'end_session'];
    const paths = named.map((name) => (metadata[`${name}_endpoint`] as string).slice(origin.length));
    for (const path of [...paths, new URL(metadata.jwks_uri as string).pathname, '/applications']) {
      expect([path, (await server.send(path)).status]).not.toEqual([path, 404]);
    }
  });

  // @see src/database/migrator.ts, src/database/migrations/1763600000000-initial-schema.ts
  it('row 4: versioned migrations make the tables at the first start, and are remembered', async () => {
    const rows = await server.sql<{ name: string }>('SELECT name FROM gatehouse_migrations ORDER BY id');
    expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
    for (const table of ['gh_client', 'gh_authorization_code', 'gh_access_token', 'gh_refresh_token']) {
      expect(await server.sql('SELECT to_regclass($1) IS NOT NULL AS exists', [table])).toEqual([
        { exists: true },
      ]);
    }
    expect(manifest.scripts['migration:run']).toContain('migration:run');
  });

  // @see docs/supported-versions.md
  it('row 5: a table says which versions it supports, and agrees with package.json', () => {
    const document = readFileSync('docs/supported-versions.md', 'utf8');
    expect(document).toMatch(/^\| Node +\| 20/m);
    expect(document).toMatch(/^\| PostgreSQL, served +\| 15/m);
    for (const name of ['@nestjs/core', 'typeorm', 'pg']) {
      const range = manifest.peerDependencies[name]!.replace('^', '\\^');
      expect(document).toMatch(new RegExp(`^\\| \`${name}\` +\\| \\d+\\.\\S+ +\\| \`${range}\` `, 'm'));
    }
  });

  // @see docs/getting-started.md, docs/a-provider-in-a-minute.md, docs/protecting-an-api.md
  it('row 6: a guide leads from nothing to two applications and two grants, and another to a protected API', () => {
    const started = readFileSync('docs/getting-started.md', 'utf8');
    for (const step of [
      'Start the server',
      'Describe two applications',
      'Authorization code',
      'Client credentials',
    ]) {
      expect(started).toMatch(new RegExp(`^## ${step}$`, 'm'));
    }
    expect(started).toContain('curl ');
    expect(readFileSync('docs/a-provider-in-a-minute.md', 'utf8')).toContain('(protecting-an-api.md)');
    expect(readFileSync('docs/protecting-an-api.md', 'utf8')).toContain('RequireScopes');
    expect(existsSync('test/examples/getting-started.test.ts')).toBe(true);
  });

  // @see package.json, vitest.config.ts
  it('row 9: one command, npm test, runs the whole suite with nothing else installed', () => {
    expect(manifest.scripts['test']).toBe('vitest run');
    const vitest = ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', 'test/seeds/installation'];
    expect(execFileSync(process.execPath, vitest, { encoding: 'utf8' })).toContain(
      'test/seeds/installation.test.ts',
    );
  });

  // @see src/users/user-store.ts, src/gatehouse-core.module.ts
  it('row 10: a host binds its own users in place of the built-in ones', async () => {
    const own = await startServer({ ports: { userStore: Staff } });
    try {
      const rp = await aRelyingParty(own);
      const badge = { subject: 'badge-7', username: 'seven', password: 'open sesame' };
      const { access_token } = await rp.tokens({ scope: 'openid profile' }, badge);
      expect((await rp.userinfo(access_token)).json).toMatchObject({ sub: 'badge-7', name: 'Agent Seven' });
      expect((await rp.introspect(access_token)).json.username).toBe('seven');
    } finally {
      await own.close();
    }
  });

  // @see src/gatehouse.module.ts, src/clients/client.entity.ts, src/tokens/authorization.entity.ts
  it('row 41: the server is wired to its clients and tokens by itself, and both are exported', async () => {
    const library = await import('../../src/index.js');
    expect(library).toMatchObject({
      GatehouseModule: expect.any(Function),
      ClientsService: expect.any(Function),
      TokensService: expect.any(Function),
    });
    const { id } = await aClient().register(server);
    expect(await server.get(library.ClientsService).findActive(id)).toMatchObject({ id });
  });

  // @see src/gatehouse.module.ts, docs/configuration.md
  it('row 43: the authorization endpoint is left out by one setting, and its grants with it', async () => {
    const own = await startServer({ settings: { authorization: { enabled: false } } });
    try {
      const metadata = (await own.send('/.well-known/oauth-authorization-server')).json;
      expect(metadata.authorization_endpoint).toBeUndefined();
      expect(metadata.grant_types_supported).not.toContain('authorization_code');
      expect((await own.send('/oauth/authorize')).status).toBe(404);
      const machine = await aRelyingParty(own, aClient().machine());
      expect((await machine.clientCredentials()).status).toBe(200);
      const code = await (await aRelyingParty(own)).exchange('a-code');
      expect(code.json.error).toBe('unsupported_grant_type');
    } finally {
      await own.close();
    }
  });

  // @see src/create-server.ts, src/gatehouse.module.ts
  it('row 78: one call makes the endpoints, for whatever issuer and pages it is told', async () => {
    const own = await startServer({ settings: { pages: { brand: 'Example Ltd' } } });
    try {
      const page = await (await aRelyingParty(own)).authorize();
      expect(page.url.startsWith(`${own.issuer}/login`)).toBe(true);
      expect(page.body).toContain('Example Ltd');
      expect((await own.send('/oauth/authorize', { headers: { accept: 'text/html' } })).status).toBe(400);
    } finally {
      await own.close();
    }
  });
});

const SEVEN: User = {
  subject: 'badge-7',
  username: 'seven',
  claims: { name: 'Agent Seven' },
  roles: [],
};

/** A directory with one person in it. */
@Injectable()
class Staff extends UserStore {
  findBySubject(subject: string): Promise<User | null> {
    return Promise.resolve(subject === SEVEN.subject ? SEVEN : null);
  }

  authenticate(username: string, password: string): Promise<User | null> {
    const isSeven = username === SEVEN.username && password === 'open sesame';
    return Promise.resolve(isSeven ? SEVEN : null);
  }
}
