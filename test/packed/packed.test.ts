import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Browser } from '../../src/testing/browser.js';
import { send } from '../../src/testing/http.js';
import { RelyingParty } from '../../src/testing/relying-party.js';
import { freePort, startChildServer } from '../support/child-server.js';
import type { ChildServer } from '../support/child-server.js';
import { InstalledPackage, MODULES, manifest } from './installed-package.js';

const run = promisify(execFile);

/** The host's client is declared in its own source. */
const WEB = {
  id: 'web',
  secret: undefined,
  authenticationMethod: 'none',
  redirectUri: 'https://web.shop.test/callback',
};
const ADA = { username: 'ada@shop.test', password: 'analytical engine' };

/** Milliseconds, for a machine that does much else. */
const PATIENCE = 240_000;

/** About a minute on two cores with nothing else to do: mostly npm, the compiler, and six starts of a server. */
describe('The package as users get it', () => {
  let project: InstalledPackage;

  beforeAll(async () => void (project = await InstalledPackage.create()), PATIENCE);
  afterAll(() => project?.remove());

  it('holds the product, and no tests, examples, benchmarks or tools of this repository', () => {
    const files = readdirSync(join(project.directory, 'node_modules/gatehouse'), {
      recursive: true,
      encoding: 'utf8',
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    const paths = files.map(
      ({ parentPath, name }) => join(parentPath, name).split('node_modules/gatehouse/')[1]!,
    );
    const foreign = paths.filter(
      (path) =>
        !/^(dist\/src\/.*\.(js|js\.map|d\.ts|hbs|css|svg)|package\.json|README\.md|LICENSE)$/.test(path),
    );
    expect(foreign).toEqual([]);
    expect(
      paths.filter((path) => /\.(spec|test)\.|(^|\/)(test|bench|examples)\/|write-.*-docs/.test(path)),
    ).toEqual([]);
    for (const needed of ['pages/templates/login.hbs', 'index.d.ts', 'testing/index.js', 'cli/main.js'])
      expect(paths).toContain(`dist/src/${needed}`);
  });

  it('has nothing that publint finds fault with', async () => {
    const { stdout } = await run(resolve('node_modules/.bin/publint'), [project.tarball, '--strict']);
    expect(stdout).toContain('All good!');
  });

  // It ends with 1 where it finds a problem. That CommonJS gets an ES module is none: see the host below.
  it('has types that arethetypeswrong finds right, for ES modules, CommonJS and bundlers', async () => {
    const attw = resolve('node_modules/.bin/attw');
    const options = ['--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm', '--format', 'ascii'];
    const { stdout } = await run(attw, [project.tarball, ...options, '--no-emoji']);
    for (const entry of ['', '/resource-server', '/testing']) expect(stdout).toContain(`"gatehouse${entry}"`);
  });

  it.each(Object.keys(manifest.peerDependencies))('leaves one copy of %s, the host’s', (name) => {
    expect(project.copiesOf(name)).toEqual([join(name, 'package.json')]);
  });

  describe.each(Object.keys(MODULES) as (keyof typeof MODULES)[])(
    'in a host that is compiled to %s',
    (kind) => {
      let compiled: { directory: string; faults: string[] };
      let host: ChildServer;

      beforeAll(async () => {
        compiled = await project.compile(kind);
        const port = await freePort();
        host = await startChildServer({
          port,
          directory: join(project.directory, kind),
          command: [join(compiled.directory, 'main.js')],
          readyAt: '/.well-known/openid-configuration',
          env: { DATABASE_URL: undefined, DATA_DIR: join(project.directory, kind, 'data') },
        });
      }, PATIENCE);
      afterAll(() => host?.stop({ keep: true }));

      it('declares every type that it shows: the host compiles, strict', () => {
        expect(compiled.faults).toEqual([]);
      });

      it('serves a code flow, a refresh and a protected API, with the host’s users', async () => {
        const server = { issuer: host.issuer, url: host.issuer };
        const rp = new RelyingParty(server, WEB, new Browser(server));
        const tokens = await rp.tokens({ scope: 'openid email offline_access orders.read' }, ADA);
        expect((await rp.userinfo(tokens.access_token)).json).toEqual({ sub: 'c-1', email: ADA.username });
        const refreshed = (await rp.refresh(tokens.refresh_token)).json as typeof tokens;
        const headers = { authorization: `Bearer ${refreshed.access_token}` };
        expect((await send(`${host.issuer}/orders`, { headers })).json).toEqual({ of: ADA.username });
        expect((await send(`${host.issuer}/orders`)).status).toBe(401);
      });

      it('shares TypeORM with it', async () => {
        expect((await send(`${host.issuer}/typeorm`)).json).toEqual({ knows: true, client: 'Client' });
      });

      it('tests it with gatehouse/testing under node --test', async () => {
        const { stdout } = await project.runs(process.execPath, [
          '--test',
          join(compiled.directory, 'shop.node-test.js'),
        ]);
        expect(stdout).toMatch(/^# pass 12$/m);
        expect(stdout).toMatch(/^# fail 0$/m);
      });
    },
  );

  describe('npx gatehouse', () => {
    it('--version is the version of the package', async () => {
      const { stdout } = await project.runs('npx', ['--no-install', 'gatehouse', '--version']);
      expect(stdout).toBe(`${manifest.version}\n`);
    });

    it('serve starts the server, with its pages', async () => {
      const cli = join(project.directory, 'node_modules/.bin/gatehouse');
      const env = { DATABASE_URL: undefined };
      const server = await startChildServer({ command: [cli, 'serve'], env });
      try {
        const page = await send(`${server.issuer}/login`);
        expect([page.status, page.body.includes('id="login-submit"')]).toEqual([200, true]);
      } finally {
        await server.stop();
      }
    });
  });
});
