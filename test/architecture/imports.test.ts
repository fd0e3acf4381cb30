import { folders, imports, sources } from './sources.js';

/** What stands on the ground may import what is named here, and everybody above may import the ground. */
const GROUND: Readonly<Record<string, readonly string[]>> = {
  common: [],
  config: ['common'],
  database: ['common', 'config'],
  metadata: ['common', 'config'],
};

/** A row may import the folders that it names and the ground. It names only rows above it, so there is no cycle. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  events: [],
  // Whoever changes something writes the record in the same transaction.
  audit: [],
  users: ['audit'],
  pages: [],
  'resource-server': [],
  // Every request to an address that a client named.
  fetching: [],
  keys: ['events', 'audit'],
  // Secrets that must be read back are encrypted with the key-encryption key.
  clients: ['events', 'audit', 'keys'],
  'client-keys': ['fetching', 'keys', 'clients'],
  scopes: ['events', 'audit'],
  'client-authentication': ['events', 'clients', 'client-keys'],
  sessions: ['events', 'users'],
  interactions: ['sessions'],
  login: ['events', 'users', 'pages', 'clients', 'sessions', 'interactions'],
  // The pages of extensions on the way.
  steps: ['clients', 'pages', 'sessions', 'interactions', 'login'],
  consent: ['events', 'users', 'pages', 'clients', 'scopes', 'sessions', 'interactions', 'login'],
  tokens: ['events', 'audit', 'users', 'keys', 'clients', 'client-keys', 'scopes'],
  'logout-delivery': ['events', 'audit', 'fetching', 'clients', 'sessions', 'tokens'],
  grants: ['events', 'users', 'clients', 'scopes', 'client-authentication', 'tokens'],
  introspection: ['events', 'clients', 'client-authentication', 'tokens'],
  revocation: ['events', 'clients', 'client-authentication', 'tokens'],
  'resource-server/local': ['users', 'clients', 'scopes', 'tokens', 'resource-server'],
  // The claims that a scope opens are in the scope; the origins that may read them are the clients'.
  userinfo: ['users', 'clients', 'scopes', 'tokens', 'resource-server'],
  registration: ['events', 'audit', 'fetching', 'clients', 'client-keys', 'scopes', 'tokens'],
  authorization: [
    'events',
    'users',
    'pages',
    'fetching',
    'keys',
    'clients',
    'client-keys',
    'scopes',
    'client-authentication',
    'sessions',
    'interactions',
    'steps',
    'consent',
    'tokens',
    'grants',
  ],
};

/** May import everything above, and nothing imports them but the files at the top of src. */
const TOP = ['account', 'admin', 'applications', 'docs', 'health', 'host', 'logout', 'provisioning', 'purge'];

/** The console shows what the management API does, through its services; nothing imports it. */
const CONSOLE = 'console';

/** The command line stands above them: it starts the server, and does what administrators do. */
const ENTRY = 'cli';

/** The tests of applications start everything, and reach everything; nothing of the product imports it. */
const TESTING = 'testing';

/** Who may import the files at the top of src, which put the folders together. */
const ABOVE = [ENTRY, TESTING];

const mayImport = (folder: string): readonly string[] =>
  GROUND[folder] ?? [
    ...Object.keys(GROUND),
    ...(ABOVE.includes(folder) ? TOP : []),
    ...(folder === CONSOLE ? ['admin'] : []),
    ...([...ABOVE, CONSOLE, ...TOP].includes(folder) ? Object.keys(ROWS) : (ROWS[folder] ?? [])),
  ];

describe('The folders of src', () => {
  it('each have a row in this table', () => {
    const known = [...Object.keys(GROUND), ...Object.keys(ROWS), ...TOP, CONSOLE, ...ABOVE];
    expect(folders.filter((folder) => !known.includes(folder))).toEqual([]);
  });

  it('import each other in one direction', () => {
    for (const rows of [GROUND, ROWS]) {
      const above: string[] = [];
      for (const [folder, named] of Object.entries(rows)) {
        expect(above, folder).toEqual(expect.arrayContaining([...named]));
        above.push(folder);
      }
    }
  });

  it.each(folders)('%s imports only what its row names', (folder) => {
    const own = imports.filter(({ from }) => from.folder === folder);
    const wrong = own.filter((one) =>
      one.folder === null ? !ABOVE.includes(folder) : !mayImport(folder).includes(one.folder),
    );
    expect(wrong.map(({ from, target }) => `${from.path} imports ${target}`)).toEqual([]);
  });

  it('are imported through their index only, by the files at the top too', () => {
    const inner = imports.filter((one) => one.folder !== null && one.target !== `${one.folder}/index.js`);
    const others = inner.filter(({ from }) => !from.path.startsWith('resource-server/'));
    expect(others.map(({ from, target }) => `${from.path} imports ${target}`)).toEqual([]);
  });

  // APIs elsewhere load it, which have neither this server nor its database: not even the index of common.
  it('leave resource-server an entry point of its own', () => {
    const own = imports.filter(({ from }) => from.folder === 'resource-server');
    const heavy = own.filter(({ target }) => !target.startsWith('common/') || target === 'common/index.js');
    expect(heavy.map(({ from, target }) => `${from.path} imports ${target}`)).toEqual([]);
  });

  it('are found by the pattern that looks for imports', () => {
    const text = sources.map((source) => source.text).join('\n');
    expect(text.match(/^(import|export) .*'\.\.?\//gm)!.length).toBeGreaterThan(imports.length);
    expect(imports.length).toBeGreaterThan(300);
  });
});
