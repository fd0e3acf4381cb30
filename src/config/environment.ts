import { closestTo } from './closest.js';
import { leavesOf } from './schema-walk.js';
import { settingTree } from './settings.schema.js';

const PREFIX = 'GATEHOUSE_';

/** Variables that are no settings: where the file is, and how many processes share the port. */
const OUTSIDE_THE_TREE = ['GATEHOUSE_CONFIG', 'GATEHOUSE_WORKERS'];

/** Names that platforms and tools already use. */
const FIXED_NAMES: Readonly<Record<string, string>> = {
  port: 'PORT',
  host: 'HOST',
  environment: 'NODE_ENV',
  'database.url': 'DATABASE_URL',
};

/** The path of every setting that has an environment variable. */
const settingPaths: readonly string[] = leavesOf(settingTree).map(({ path }) => path);

/** The environment variable of a setting, or undefined for what only the file can declare. */
export function environmentName(path: string): string | undefined {
  return settingPaths.includes(path) ? (FIXED_NAMES[path] ?? derivedName(path)) : undefined;
}

/** The settings that the environment holds, as texts by path. */
export function readEnvironment(env: NodeJS.ProcessEnv): Map<string, string> {
  const entries = settingPaths.map((path) => [path, env[environmentName(path) as string]] as const);
  return new Map(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** One sentence for each variable with our prefix that no setting has. */
export function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const names = new Map(settingPaths.map((path) => [derivedName(path), environmentName(path) as string]));
  OUTSIDE_THE_TREE.forEach((name) => names.set(name, name));
  const isUnknown = (name: string) => ![...names.values()].includes(name);
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && isUnknown(name))
    .map((name) => `${name}: is not a known environment variable${suggestion(name, names)}`);
}

function suggestion(name: string, names: ReadonlyMap<string, string>): string {
  const closest = closestTo(
    name.slice(PREFIX.length),
    [...names.keys()].map((known) => known.slice(PREFIX.length)),
  );
  return closest ? `; did you mean ${names.get(PREFIX + closest)}?` : '';
}

function derivedName(path: string): string {
  return PREFIX + path.replace(/[A-Z]/g, '_$&').replaceAll('.', '_').toUpperCase();
}
