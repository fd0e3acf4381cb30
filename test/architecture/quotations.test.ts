import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const textOf = (path: string): string => readFileSync(path, 'utf8');

const treeOf = (folder: string, ending: RegExp): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.endsWith('.spec.ts'))
    .map((name) => textOf(join(folder, name)))
    .join('\n');

const blocksOf = (path: string, languages: string): string[] =>
  [...textOf(path).matchAll(new RegExp(`^\`\`\`(?:${languages})\n(.*?)^\`\`\`$`, 'gms'))].map(([, block]) =>
    block!.trim(),
  );

/** Indentation differs between a document and its source. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('What the documents quote', () => {
  const code = flat(treeOf('examples', /\.(ts|yaml|hbs)$/) + textOf('src/userinfo/me.controller.ts'));
  const server = flat(treeOf('src', /\.(ts|hbs)$/)).replaceAll("' + '", '');

  const hosts = code + flat(treeOf('test/host', /\.ts$/));

  it.each(blocksOf('docs/embedding.md', 'ts'))('is in a host application that runs: %s', (block) => {
    expect(hosts.includes(flat(block))).toBe(true);
  });

  const quoting = ['docs/protecting-an-api.md', 'docs/testing.md'];
  it.each(quoting.flatMap((document) => blocksOf(document, 'ts|yaml')))(
    'is in an example that runs: %s',
    (block) => {
      expect(code.includes(flat(block))).toBe(true);
    },
  );

  const tested = code + flat(textOf('test/extension/documented.test.ts'));
  it.each(blocksOf('docs/extending.md', 'ts|hbs'))('is in an example that runs: %s', (block) => {
    expect(tested.includes(flat(block))).toBe(true);
  });

  it.each(blocksOf('docs/troubleshooting.md', 'text'))('is in the template: %s', (block) => {
    expect(server.includes(flat(block))).toBe(true);
  });

  const messages = [...textOf('docs/troubleshooting.md').matchAll(/^> (.*)$/gm)].map(
    ([, message]) => message!,
  );
  it.each(messages)('is what the server says: %s', (message) => {
    const isMade = [/^used \w+, is registered with \w+$/, /^requested \S+ — registered \S+ — differs: /].some(
      (pattern) => pattern.test(message),
    );
    expect(isMade || server.includes(message)).toBe(true);
  });

  const labels = [...textOf('docs/a-provider-in-a-minute.md').matchAll(/^\| \*\*(.*?)\*\*/gm)].map(
    ([, label]) => label!,
  );
  it.each([...labels, 'Register an application', 'Refused requests'])('is on a page: %s', (label) => {
    expect([`>${label}<`, `label="${label}"`].some((shown) => server.includes(shown))).toBe(true);
  });

  const versions = [
    ...textOf('docs/supported-versions.md').matchAll(/^\| `(\S+)` +\| (\d\S*) +\| (.*?) +\|$/gm),
  ];
  const { packages } = JSON.parse(textOf('package-lock.json')) as Lock;
  it.each(versions.map(([, name, version, host]) => ({ name: name!, version: version!, host: host! })))(
    'is the version that is locked, and the range that a host may bring: $name $version, $host',
    ({ name, version, host }) => {
      expect(packages[`node_modules/${name}`]!.version).toBe(version);
      const range = packages['']!.peerDependencies![name];
      expect(/^`(.*)`$/.exec(host)?.[1]).toBe(range);
    },
  );
});

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version: string; readonly peerDependencies?: Readonly<Record<string, string>> }>
  >;
}
