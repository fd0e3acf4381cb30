import { z } from 'zod';
import { configurationExample } from './configuration-example.js';
import { declaredObjects } from './declared-objects.js';
import { environmentName } from './environment.js';
import { rules } from './rules.js';
import { defaultOf, leavesOf, type Leaf } from './schema-walk.js';
import { settingTree } from './settings.schema.js';

const INTRODUCTION = `# Configuration

Gatehouse is configured by environment variables, by one declarative file, or by both. A setting is taken
from the first of these that has it:

1. its environment variable,
2. the file that \`GATEHOUSE_CONFIG\` names,
3. its default.

A faulty configuration is refused at start, with every fault at once; nothing is guessed or corrected. Unknown
settings and unknown variables that start with \`GATEHOUSE_\` are faults too. An empty variable is a value, not
an absent one.

- **Durations** are seconds (\`3600\`) or text with a unit: \`45s\`, \`10m\`, \`12h\`, \`30d\`.
- **Lists** in variables are separated by commas; **booleans** are \`true\` or \`false\`.
- **Relative paths** count from the working directory.

Two variables are not settings: \`GATEHOUSE_CONFIG\` (the path of the file) and \`GATEHOUSE_WORKERS\` (how many
processes share the port).
`;

const FILE_INTRODUCTION = `## The declarative file

YAML or JSON. It holds settings by their path (\`accessToken.ttl\` is \`ttl\` below \`accessToken\`) and declares
objects. It is applied at every start, and applying it twice changes nothing.
`;

/** The text of docs/configuration.md: the same schema gives the same text. */
export function configurationDocs(): string {
  const parts = [INTRODUCTION, settingsTable(), rulesList(), FILE_INTRODUCTION, ...objectTables(), example()];
  return parts.join('\n');
}

function settingsTable(): string {
  const rows = leavesOf(settingTree).map((leaf) => [
    `\`${leaf.path}\``,
    `\`${environmentName(leaf.path)}\``,
    shownDefault(leaf),
    leaf.schema.description ?? '',
  ]);
  return `## Settings\n\n${table(['Setting', 'Environment variable', 'Default', 'Meaning'], rows)}`;
}

function shownDefault({ schema }: Leaf): string {
  const derived = schema.meta()?.derivedDefault;
  const value = defaultOf(schema);
  if (derived) return derived;
  if (value === undefined) return '(unset)';
  return Array.isArray(value)
    ? '(empty)'
    : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function rulesList(): string {
  const lines = rules.map(({ at, sentence }) => `- \`${at}\` ${sentence}.`);
  return `### Rules across settings\n\n${lines.join('\n')}\n`;
}

function objectTables(): string[] {
  return Object.entries(declaredObjects).map(([name, list]) => {
    const rows = leavesOf({ item: list.def.innerType.element }).map(({ path, schema }) => [
      `\`${path.replace('item.', '')}\``,
      schema instanceof z.ZodOptional ? 'no' : 'yes',
      schema.description ?? '',
    ]);
    return `### \`${name}\`\n\n${list.description}\n\n${table(['Key', 'Required', 'Meaning'], rows)}`;
  });
}

function example(): string {
  return `### Example\n\n\`\`\`yaml\n${configurationExample}\`\`\`\n`;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n') + '\n';
}
