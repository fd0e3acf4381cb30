import type { Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Browser, aClient, aRelyingParty, aUser, sharedServer } from '../../support/index.js';
import { Visitor } from './console.js';

/** M01 for the pages: who may see and do what in the console. */
describe('The administration console knows who calls', async () => {
  const server = await sharedServer();
  const admin = await Visitor.signIn(server, 'admin');
  const auditor = await Visitor.signIn(server, 'auditor');
  const employee = await Visitor.signIn(server, 'developer');
  const subject = admin.user.subject;
  const client = await aClient().machine().register(server);
  const rp = await aRelyingParty(server, aClient());
  await rp.tokens({}, admin.user);
  const [{ id: authorization }] = (await server.sql<{ id: string }>(
    'SELECT id FROM gh_authorization WHERE subject = $1',
    [subject],
  )) as [{ id: string }];
  const [{ id: secret }] = (await server.sql<{ id: string }>(
    'SELECT id FROM gh_client_secret WHERE client_id = $1',
    [client.id],
  )) as [{ id: string }];

  const delivery = '019ab0c4-0000-7000-8000-000000000000';
  await server.sql(
    `INSERT INTO gh_logout_delivery (id, client_id, session_id, subject, last_error, created_at, give_up_at, expires_at)
     VALUES ($1, $2, gen_random_uuid(), $3, 'it did not answer in time', now(), now(), now() + interval '9 days')`,
    [delivery, client.id, subject],
  );

  const initialAccess = '019ab0c4-0000-7000-8000-000000000001';
  await server.sql(
    `INSERT INTO gh_initial_access_token (id, digest, label, uses_left, created_by, created_at)
     VALUES ($1, '\\x00', 'a partner', 1, 'test', now())`,
    [initialAccess],
  );

  const EXAMPLES: Record<string, string> = { ':secretId': secret, ':sub': subject };
  const exampleOf = (path: string): string => {
    if (path.includes('logout-deliveries')) return path.replace(':id', delivery);
    if (path.includes('initial-access')) return path.replace(':id', initialAccess);
    const id = path.includes('authorizations') ? authorization : client.id;
    const key = path.includes('resources') ? encodeURIComponent('https://api1.test') : 'read';
    return path.replace(/:\w+/g, (name) => EXAMPLES[name] ?? (name === ':id' ? id : key));
  };

  const scanner = new MetadataScanner();
  const routes = server.app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .filter(({ name }) => name.startsWith('Console'))
    .flatMap(({ metatype }) => routesOf(metatype as Type))
    .map(({ method, path }) => ({ method, path: exampleOf(path) }));

  function routesOf(controller: Type): { method: string; path: string }[] {
    const prototype = controller.prototype as Record<string, object>;
    const root = Reflect.getMetadata(PATH_METADATA, controller) as string;
    return scanner
      .getAllMethodNames(prototype)
      .map((name) => prototype[name]!)
      .filter((handler) => Reflect.hasMetadata(PATH_METADATA, handler))
      .map((handler) => ({
        method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!,
        path: `/${root}/${Reflect.getMetadata(PATH_METADATA, handler) as string}`.replace(/\/+$/, ''),
      }));
  }

  const pages = routes.filter(({ method }) => method === 'GET');
  const forms = routes.filter(({ method }) => method === 'POST');
  const changing = pages.filter(({ path }) =>
    /\/(new|edit|delete|revoke|retry|rotate|disable|enable|reset-password)/.test(path),
  );
  const shown = pages.filter((page) => !changing.includes(page));

  it('has all these pages and forms', () => {
    expect(shown.length).toBeGreaterThan(10);
    expect(changing.length).toBeGreaterThan(12);
    expect(forms.length).toBeGreaterThan(15);
  });

  it('leads whoever is not signed in to sign-in, and back', async () => {
    for (const { path } of pages) {
      const { location } = await new Browser(server).get(path);
      expect(location!.pathname).toBe('/login');
      expect(location!.searchParams.get('return_to')).toBe(path);
    }
  });

  it('shows nothing to whoever is neither administrator nor auditor', async () => {
    for (const { path } of pages) expect([(await employee.get(path)).status, path]).toEqual([403, path]);
    for (const { path } of forms) expect([(await employee.post(path)).status, path]).toEqual([403, path]);
    expect((await employee.get('/account')).body).not.toContain('/admin"');
  });

  it('shows an auditor everything, and no way to change it', async () => {
    for (const { path } of shown) {
      const answer = await auditor.get(path);
      expect([answer.status, path]).toEqual([200, path]);
      const main = /<main.*<\/main>/s.exec(answer.body)![0];
      expect(main).not.toMatch(/method="post"|\/edit"|\/delete"|\/revoke"|\/new\/|\/rotate/);
    }
    for (const { path } of changing) expect([(await auditor.get(path)).status, path]).toEqual([403, path]);
    for (const { path } of forms) expect([(await auditor.post(path)).status, path]).toEqual([403, path]);
    expect((await auditor.get('/account')).body).toContain('/admin"');
  });

  it('shows an administrator everything', async () => {
    for (const { path } of shown) expect([(await admin.get(path)).status, path]).toEqual([200, path]);
    expect((await admin.get('/account')).body).toContain('/admin"');
  });

  it('asks for the role at every request', async () => {
    const former = await Visitor.signIn(server, 'admin');
    expect((await former.get('/admin')).status).toBe(200);
    await server.sql(`UPDATE gh_user SET roles = '{}' WHERE subject = $1`, [former.user.subject]);
    expect((await former.get('/admin')).status).toBe(403);
  });

  it('takes no form that was made elsewhere', async () => {
    for (const { path } of forms) {
      expect((await admin.browser.post(path, {})).status).toBe(403);
      expect((await admin.browser.post(path, { csrf: 'x'.repeat(43) })).status).toBe(403);
    }
    const other = await aUser().register(server);
    const stranger = new Browser(server);
    await stranger.signIn(other);
    const csrf = /name="csrf" value="([^"]*)"/.exec((await stranger.get('/account')).body)![1]!;
    expect((await admin.browser.post('/admin/users', { csrf, username: 'forged' })).status).toBe(403);
  });

  it('takes no access token in place of a session', async () => {
    const { access_token } = await rp.tokens({}, admin.user);
    const answer = await server.send('/admin/users', {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(answer.status).not.toBe(200);
  });
});
