import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsoleContexts, ConsoleField } from './console-contexts.js';
import type { ApplicationValues, PageContexts, PageName } from './page-contexts.js';
import { PageTemplates } from './page-templates.js';
import type { PagesOptions } from './pages-options.js';

const options: PagesOptions = {
  issuer: 'https://id.example/auth',
  brandName: 'Gatehouse',
  templatesDirectory: undefined,
  secure: true,
};

const values: ApplicationValues = {
  client_name: 'Planner',
  application_type: 'web',
  confidential: true,
  redirect_uris: 'https://app.example/cb\nhttps://app.example/other',
  post_logout_redirect_uris: 'https://app.example/bye',
  allowed_origins: 'https://app.example',
  grant_types: ['authorization_code'],
  scope: 'openid email',
  logo_uri: 'https://app.example/logo.png',
  client_uri: 'https://app.example/',
  policy_uri: 'https://app.example/privacy',
  tos_uri: 'https://app.example/terms',
  access_token_format: 'jwt',
  uses_key: true,
  jwks_uri: 'https://app.example/jwks',
  initiate_login_uri: 'https://app.example/login',
  frontchannel_logout_uri: 'https://app.example/front',
  backchannel_logout_uri: 'https://app.example/back',
};
const blank: ApplicationValues = {
  ...values,
  ...{ client_name: '', redirect_uris: '', post_logout_redirect_uris: '', allowed_origins: '', scope: '' },
  ...{ logo_uri: '', client_uri: '', policy_uri: '', tos_uri: '', grant_types: [], confidential: false },
};
const client = {
  name: 'Planner',
  logoUri: 'https://app.example/logo.png',
  clientUri: 'https://app.example/',
  policyUri: 'https://app.example/privacy',
  tosUri: 'https://app.example/terms',
};
const somebody = { username: 'bob', roles: [] };
const admin = { username: 'alice', name: 'Alice Example', email: 'alice@id.example', roles: ['admin'] };
const scope = { name: 'openid', title: 'Know who you are', description: 'A stable identifier.' };
const at = '2026-11-20T08:41:12.000Z';
const endpoints = {
  issuer: 'https://id.example',
  authorization: 'https://id.example/a',
  token: 'https://id.example/t',
};
const secret = { id: 's1', label: 'production', createdAt: at, lastUsedAt: at, expiresAt: at };
const withdrawable = { clientId: 'web', name: 'Planner', scopes: ['openid'], since: at };
const listed = {
  clientId: 'web',
  name: 'Planner',
  type: 'public' as const,
  grantTypes: ['refresh_token'],
  createdAt: at,
};
const form = {
  csrf: 'c',
  user: admin,
  action: '/applications',
  values,
  showsAdvanced: true,
  errors: {},
  scopes: [scope],
  grantTypes: [],
};
const grantTypes = [{ value: 'authorization_code', label: 'Code', help: 'People sign in.' }];

const minimal: PageContexts = {
  login: { csrf: 'c' },
  'select-account': { csrf: 'c', interaction: 'i', user: somebody },
  'sign-up': { csrf: 'c', values: { username: '', name: '', email: '' }, errors: {} },
  step: { csrf: 'c', step: '/terms', title: 'Terms', inputs: [], submit: 'I agree' },
  consent: {
    csrf: 'c',
    interaction: 'i',
    client: { name: 'X' },
    user: { username: 'bob' },
    scopes: [],
    resources: [],
  },
  error: { status: 400, error: 'invalid_request', description: 'It is wrong.', reference: 'r1' },
  'logout-confirm': { csrf: 'c', fields: {} },
  'signed-out': {},
  'form-post': { action: 'https://app.example/cb', fields: {} },
  account: { csrf: 'c', user: somebody, applications: [] },
  applications: { csrf: 'c', user: somebody, applications: [] },
  'application-form': { ...form, user: somebody, mode: 'create', values: blank, scopes: [] },
  application: {
    ...{ csrf: 'c', user: somebody, endpoints, warnings: [], snippets: [], failures: [] },
    application: { ...blank, clientId: 'web', secrets: [] },
  },
  'application-delete': { csrf: 'c', user: somebody, application: { clientId: 'web', client_name: 'X' } },
  home: { docs: false },
  ...consoleContexts('minimal'),
};

const full: PageContexts = {
  login: {
    csrf: 'c',
    interaction: 'i',
    returnTo: '/x',
    username: 'bob',
    error: 'No.',
    notice: 'Again.',
    signUp: true,
    client,
  },
  'select-account': { csrf: 'c', interaction: 'i', user: admin, client },
  'sign-up': {
    ...{ csrf: 'c', interaction: 'i', returnTo: '/x', client },
    values: { username: 'bob', name: 'Bob', email: 'bob@id.example' },
    errors: { username: 'Taken.', password: 'Too short.' },
  },
  step: {
    ...{
      csrf: 'c',
      interaction: 'i',
      returnTo: '/x',
      step: '/pin',
      title: 'Your PIN',
      text: 'Six digits.',
      client,
    },
    inputs: [{ name: 'pin', label: 'PIN', type: 'password', autocomplete: 'one-time-code' }],
    ...{ submit: 'Go on', error: 'It is wrong.' },
  },
  consent: {
    ...{
      csrf: 'c',
      interaction: 'i',
      user: { username: 'bob', name: 'Bob' },
      resources: ['https://api.example'],
    },
    client: { ...client, verifiedHost: 'app.example', owner: 'Carol' },
    scopes: [{ ...scope, alreadyGranted: true }],
  },
  error: { ...minimal.error, parameter: 'redirect_uri', hint: 'Register it.', client: { name: 'Planner' } },
  'logout-confirm': { csrf: 'c', username: 'bob', client, fields: { state: 's' } },
  'signed-out': {
    ...{ continueTo: 'https://app.example/bye', client, leadsOn: true },
    ...{ frames: ['https://app.example/out?sid=1&iss=2'], applications: ['Calendar'] },
  },
  'form-post': { action: 'https://app.example/cb', fields: { code: 'x', state: 's' } },
  account: {
    ...{ csrf: 'c', user: admin, notice: 'Done.' },
    applications: [{ ...withdrawable, logoUri: client.logoUri, lastUsed: at }],
  },
  applications: { csrf: 'c', user: admin, notice: 'Done.', applications: [listed] },
  'application-form': { ...form, mode: 'edit', errors: { redirect_uris: 'Use https.' }, grantTypes },
  application: {
    ...{ csrf: 'c', user: admin, endpoints, notice: 'Done.', newSecret: 'gh_secret' },
    application: { ...values, clientId: 'web', secrets: [secret] },
    warnings: [{ title: 'Implicit.', reason: 'Leaks.', source: 'RFC 9700' }],
    snippets: [{ title: 'curl', code: 'curl \\\n  -d a=b' }],
    failures: [{ at, error: 'invalid_request', explanation: 'A trailing slash.' }],
  },
  'application-delete': { csrf: 'c', user: admin, application: { clientId: 'web', client_name: 'Planner' } },
  home: { docs: true, signedIn: { username: 'bob' } },
  ...consoleContexts('full'),
};

function consoleContexts(extent: 'minimal' | 'full'): ConsoleContexts {
  const isFull = extent === 'full';
  const page = {
    ...{ csrf: 'c', title: 'Clients', section: 'clients' as const, user: isFull ? admin : somebody },
    ...(isFull && { notice: 'Done.', crumbs: [{ href: '/admin/clients', text: 'Clients' }] }),
  };
  const link = { href: '/admin/clients/a%20b', text: 'Planner' };
  const cells = [
    { text: 'A', href: link.href },
    { code: 'b\nc' },
    { code: 'long', summary: '9 fields' },
    { tags: ['d'] },
    { at },
    {},
  ];
  const table = { columns: ['A', 'B', 'C', 'D', 'E'], rows: isFull ? [{ cells }] : [] };
  const facts = isFull ? [{ label: 'Name', value: { text: 'Planner' } }] : [];
  const options = [{ value: 'a', label: 'A', chosen: true }];
  const told = { hint: 'A hint.', error: 'A fault.' };
  const controls: ConsoleField[] = [
    { kind: 'input', type: 'text', name: 'a', label: 'A', value: 'x', required: true, ...told },
    { kind: 'lines', name: 'b', label: 'B', value: 'x\ny', ...told },
    { kind: 'select', name: 'c', label: 'C', options, ...told },
    { kind: 'switch', name: 'd', label: 'D', checked: true, ...told },
    { kind: 'checks', name: 'e', label: 'E', options, ...told },
  ];
  const add = { href: '/admin/x', field: 'label', label: 'Label', submit: 'Add' };
  const action = '/admin/clients';
  return {
    'console-overview': { ...page, counts: [{ ...link, count: '1,000' }], latest: table },
    'console-list': {
      ...{ ...page, table, actions: isFull ? [link] : [] },
      ...(isFull && { intro: 'All.', extent: '1 of 2', previous: '/admin/x', next: '/admin/x?offset=1' }),
      ...(isFull && { filter: { href: '/admin/clients', fields: controls } }),
    },
    'console-detail': {
      ...{ ...page, facts, actions: isFull ? [{ ...link, id: 'edit', danger: true }] : [] },
      tables: isFull ? [{ ...table, id: 'secrets', heading: 'Secrets', add }] : [],
      ...(isFull && { secret: { title: 'New', text: 'Once.', value: 'secret' } }),
    },
    'console-form': {
      ...{ ...page, action, submit: 'Save', cancel: action, fields: isFull ? { version: '"1"' } : {} },
      groups: isFull
        ? [
            { legend: 'Kind', controls },
            { legend: 'More', folded: true, open: true, controls: [] },
          ]
        : [],
      faults: isFull
        ? [
            { field: 'a', text: 'A fault.' },
            { field: '', text: 'Another.' },
          ]
        : [],
    },
    'console-confirm': {
      ...{ ...page, facts, question: 'Sure?', text: 'Really.', action, submit: 'Yes', cancel: action },
      ...{ fields: isFull ? { alg: 'ES256' } : {}, danger: isFull },
    },
  };
}

const names = Object.keys(full) as PageName[];
const templates = new PageTemplates(options);

/** The same context with every string replaced. */
function everyString<T>(value: T, text: string): T {
  if (typeof value === 'string') return text as T;
  if (Array.isArray(value)) return value.map((item: unknown) => everyString(item, text)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, everyString(inner, text)]),
  ) as T;
}

function render<T extends PageName>(name: T, context: PageContexts[T]): string {
  return templates.render(name, context);
}

describe.each(names)('the page %s', (name) => {
  it('renders with as little and as much as it may be given', () => {
    for (const html of [render(name, minimal[name]), render(name, full[name])]) {
      expect(html).toMatch(/^<!doctype html>/);
      expect(html).toContain('</html>');
      expect(html).toMatch(/<h1>/);
      expect(html).not.toMatch(/undefined|\[object|\{\{/);
    }
  });

  it('escapes every string', () => {
    const html = render(name, everyString(full[name], '"><svg onload=alert(1)>\'`<script>alert(1)</script>'));
    expect(html).not.toContain('<svg onload');
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<script/g)?.length ?? 0).toBe(name === 'form-post' ? 1 : 0);
  });

  it('shows no character that reorders or hides others', () => {
    const context = everyString(full[name], 'left\u202Eright\u200B\u2066');
    const shown = render(name, context).replace(/<input type="hidden"[^>]*>|(?:href|action)="[^"]*"/g, '');
    expect(shown).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069]/);
  });

  it('carries the token against forged requests in each form that posts here', () => {
    const html = render(name, full[name]);
    const forms = html.match(/<form (?![^>]*method="get")[^]*?<\/form>/g) ?? [];
    for (const each of name === 'form-post' ? [] : forms) expect(each).toContain('name="csrf" value="c"');
  });

  it('stays below the path of the issuer', () => {
    const links = render(name, full[name]).match(/(?:href|src|action)="\/[^"]*/g) ?? [];
    expect(links.filter((link) => !/="\/auth\//.test(link))).toEqual([]);
  });

  it('has no inline style and no handler', () => {
    expect(render(name, full[name])).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  });
});

describe('sign-in', () => {
  it('ties the error to the fields', () => {
    const html = render('login', full.login);
    expect(html).toMatch(/id="login-error" role="alert"/);
    expect(html.match(/aria-describedby="login-error"/g)).toHaveLength(2);
  });

  it('keeps the hidden values exactly', () => {
    const html = render('login', { csrf: 'a\u200Bb', interaction: 'i\u202E', returnTo: '/x?y=1' });
    expect(html).toContain('value="a\u200Bb"');
    expect(html).toContain('value="i\u202E"');
    expect(html).toContain('value="/x?y&#x3D;1"');
  });
});

describe('form_post response mode', () => {
  it('escapes the values and keeps them exactly', () => {
    const html = render('form-post', {
      action: 'https://app.example/cb',
      fields: { state: '"><svg>\u200B' },
    });
    expect(html).toContain('name="state" value="&quot;&gt;&lt;svg&gt;\u200B"');
  });
});

describe('application form', () => {
  it('gives back each line of a text unchanged', () => {
    expect(render('application-form', full['application-form'])).toContain(
      `>\n${values.redirect_uris}</textarea>`,
    );
  });

  it('leads from the summary to the field', () => {
    const html = render('application-form', full['application-form']);
    expect(html).toContain('<a href="#redirect_uris">Use https.</a>');
    expect(html).toMatch(/<textarea id="redirect_uris"[^>]*aria-invalid="true"/);
    expect(render('application-form', minimal['application-form'])).not.toContain('error-summary');
  });

  it('encodes an identifier that would change the path', () => {
    const application = { clientId: 'https://a.example/x?y#z', client_name: 'X' };
    const html = render('application-delete', { csrf: 'c', user: admin, application });
    expect(html).toContain('/applications/https%3A%2F%2Fa.example%2Fx%3Fy%23z/delete');
  });
});

describe("the operator's own templates", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'templates-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('replace the built-in file of the same name', () => {
    writeFileSync(
      join(directory, 'home.hbs'),
      '{{#> layout title="Hi"}}<p>Ours: {{@brand}}{{no.such.value}}</p>{{/layout}}',
    );
    const own = new PageTemplates({ ...options, templatesDirectory: directory });
    expect(own.render('home', minimal.home)).toContain('<p>Ours: Gatehouse</p>');
    expect(own.render('login', minimal.login)).toContain('id="login-submit"');
  });

  it('may replace a partial alone', () => {
    mkdirSync(join(directory, 'partials'));
    writeFileSync(join(directory, 'partials', 'layout.hbs'), '<main>{{> @partial-block}}</main>');
    const own = new PageTemplates({ ...options, templatesDirectory: directory });
    expect(own.render('login', minimal.login)).toMatch(/^<main>[^]*id="login-submit"[^]*<\/main>$/);
  });

  it('stop the start when they cannot be compiled', () => {
    writeFileSync(join(directory, 'home.hbs'), '{{#if docs}}');
    expect(() => new PageTemplates({ ...options, templatesDirectory: directory })).toThrow(
      /home\.hbs cannot be compiled/,
    );
  });

  it('cannot reach the prototype of what they are given', () => {
    writeFileSync(
      join(directory, 'home.hbs'),
      '[{{docs.constructor.name}}{{lookup this "constructor"}}{{__proto__}}]',
    );
    const own = new PageTemplates({ ...options, templatesDirectory: directory });
    expect(own.render('home', minimal.home)).toBe('[]');
  });
});
