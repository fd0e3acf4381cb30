import type { z } from 'zod';
import { closestTo } from './closest.js';
import { environmentName } from './environment.js';
import { keysAt, leavesOf, schemaAt } from './schema-walk.js';
import { settingsSchema } from './settings.schema.js';

const MAX_SHOWN = 100;

/** Objects carry passwords and client secrets under open-ended names, so none of their values is shown. */
const OBJECTS_WITH_SECRETS: readonly unknown[] = ['clients', 'users'];

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'a mapping',
  array: 'a list',
  boolean: 'true or false',
};

/** The sentences of one fault that the schema found; several when it is about several unknown keys. */
export function faultsOf(issue: z.core.$ZodIssue, input: unknown): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key));
  return [`${named(issue.path)}: ${issue.message}${shown(issue.path, input)}`];
}

/** The wording where a setting has none of its own. */
export function wording(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is required';
  if (issue.code === 'invalid_type') return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  return undefined;
}

function unknownKey(parent: readonly PropertyKey[], key: string): string {
  const siblings = keysAt(settingsSchema, parent);
  const paths = parent.length === 0 ? leavesOf(settingsSchema.shape).map(({ path }) => path) : [];
  const closest = closestTo(key, [...siblings, ...paths]);
  const meant = closest === undefined ? '' : `; did you mean ${dotted([...parent, closest])}?`;
  return `${dotted([...parent, key])}: is not a known setting${meant}`;
}

function named(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the configuration';
  const variable = environmentName(settingPath(path));
  return variable ? `${dotted(path)} (${variable})` : dotted(path);
}

function shown(path: readonly PropertyKey[], input: unknown): string {
  const value = valueAt(input, path);
  if (value === undefined || isSecret(path)) return '';
  if (Array.isArray(value)) return ', got a list';
  if (typeof value === 'object' && value !== null) return ', got a mapping';
  // Whatever stands before the @ of a URL may be a password.
  return `, got ${JSON.stringify(value)
    .replace(/\/\/.*@/, '//***@')
    .slice(0, MAX_SHOWN)}`;
}

function isSecret(path: readonly PropertyKey[]): boolean {
  if (OBJECTS_WITH_SECRETS.includes(path[0])) return true;
  return (schemaAt(settingsSchema, path) as z.ZodType | undefined)?.meta()?.secret === true;
}

/** The value at a path, or the text that was to be split into a list. */
function valueAt(value: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  return valueAt((value as Record<PropertyKey, unknown>)[key], rest);
}

function settingPath(path: readonly PropertyKey[]): string {
  return path.filter((key) => typeof key !== 'number').join('.');
}

function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );
}
