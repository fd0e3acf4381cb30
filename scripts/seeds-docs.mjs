// Writes docs/seeds.md from the titles of the tests in test/seeds; with --print, prints it instead.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'test/seeds';
const DOCUMENT = 'docs/seeds.md';
/** A comment that names the sources, and below it a test that names its row. */
const ROW = /^ *\/\/ @see (?<sources>.+)\n *it\(\s*(?<quote>['"`])row (?<row>\d+): (?<title>.+?)\k<quote>,/gm;

const INTRODUCTION = `# What was asked for, and where it is

This project set out to have 92 features. Each is here, and has a test that fails when it is broken: this table is
made of the titles of those tests (\`npm run docs\`). Below it stands where more was needed than was asked for.
`;

function seedsDocs() {
  const features = JSON.parse(readFileSync(join(FOLDER, 'features.json'), 'utf8'));
  const rows = testFiles().flatMap(rowsOf);
  const lines = features.map((feature, index) => lineOf(index + 1, feature, rows));
  const head = ['| row | feature | here | test | where |', '| --- | --- | --- | --- | --- |'];
  const notes = readFileSync(join(FOLDER, 'notes.md'), 'utf8');
  return [INTRODUCTION, ...head, ...lines, '', notes].join('\n');
}

function testFiles() {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.ts')).sort();
}

function rowsOf(name) {
  const file = `${FOLDER}/${name.replaceAll('\\', '/')}`;
  const source = readFileSync(file, 'utf8');
  const found = [...source.matchAll(ROW)].map(({ groups }) => ({ ...groups, row: Number(groups.row), file }));
  const titles = source.match(/['"`]row \d+:/g) ?? [];
  if (titles.length !== found.length)
    throw new Error(`${file}: a row has no // @see line right above its it(`);
  return found;
}

function lineOf(number, feature, rows) {
  const [test, ...more] = rows.filter(({ row }) => row === number);
  if (!test || more.length > 0)
    throw new Error(`row ${number} has ${test ? 'more than one test' : 'no test'}`);
  const sources = test.sources.split(',').map((source) => source.trim());
  const missing = sources.find((source) => !existsSync(source));
  if (missing) throw new Error(`row ${number} names ${missing}, which does not exist`);
  const where = sources.map((source) => `[${nameOf(source)}](../${source})`).join(', ');
  return `| ${number} | ${feature} | ${sentence(test.title)} | [${nameOf(test.file)}](../${test.file}) | ${where} |`;
}

const sentence = (title) => `${title[0].toUpperCase()}${title.slice(1).replaceAll('|', '\\|')}.`;

const nameOf = (path) => path.split('/').at(-1);

const text = seedsDocs();
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(DOCUMENT, text);
