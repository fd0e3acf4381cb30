import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurationDocs } from './configuration-docs.js';
import { configurationExample } from './configuration-example.js';
import { declaredObjects } from './declared-objects.js';
import { environmentName } from './environment.js';
import { loadSettings } from './index.js';
import { leavesOf } from './schema-walk.js';
import { settingTree } from './settings.schema.js';

const leaves = leavesOf({ ...settingTree, ...declaredObjects });

describe('docs/configuration.md', () => {
  it('is what `npm run docs` writes', () => {
    const committed = new URL('../../docs/configuration.md', import.meta.url);
    expect(readFileSync(committed, 'utf8')).toBe(configurationDocs());
  });

  it('has one sentence for every setting, in one table cell', () => {
    for (const { path, schema } of leaves) expect([path, schema.description]).toEqual([path, sentence]);
  });

  it('shows an example that loads', () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-example-'));
    const GATEHOUSE_CONFIG = join(directory, 'gatehouse.yaml');
    writeFileSync(GATEHOUSE_CONFIG, configurationExample);
    const settings = loadSettings({ GATEHOUSE_CONFIG });
    rmSync(directory, { recursive: true });
    expect(settings).toMatchObject({ issuer: 'https://login.example.com', accessToken: { ttl: 600 } });
    for (const list of ['scopes', 'resources', 'clients', 'users'] as const) {
      expect(settings[list].length).toBeGreaterThan(0);
    }
  });
});

describe('environment names', () => {
  it.each([
    ['port', 'PORT'],
    ['host', 'HOST'],
    ['environment', 'NODE_ENV'],
    ['database.url', 'DATABASE_URL'],
    ['dataDir', 'GATEHOUSE_DATA_DIR'],
    ['tls.cert', 'GATEHOUSE_TLS_CERT'],
    ['refreshToken.idleTtl', 'GATEHOUSE_REFRESH_TOKEN_IDLE_TTL'],
    ['clients', undefined],
  ])('gives %s the name %s', (path, name) => {
    expect(environmentName(path)).toBe(name);
  });

  it('are unique', () => {
    const names = leavesOf(settingTree).map(({ path }) => environmentName(path));
    expect(new Set(names).size).toBe(names.length);
  });
});

const sentence = expect.stringMatching(/^[A-Z][^|\n]*\.$/) as string;
