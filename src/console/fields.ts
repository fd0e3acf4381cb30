import type { OAuthParameters } from '../common/index.js';
import type { ConsoleField } from '../pages/index.js';

/** What a field of a form stands for in JSON. */
export type FieldKind =
  /** A text, or `empty`. */
  | 'text'
  /** A whole number, or null. */
  | 'number'
  /** A list of texts, one a line. */
  | 'lines'
  /** An object. */
  | 'json'
  /** One of the options, or `empty`. */
  | 'select'
  /** A boolean; `threefold`: or null. */
  | 'switch'
  | 'threefold'
  /** A list of some of the options; `words`: the same as one text. */
  | 'checks'
  | 'words';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly hint?: string;
  readonly required?: boolean;
  /** What an empty field means; the empty text unless told. */
  readonly empty?: null;
  readonly options?: readonly (string | readonly [value: string, label: string])[];
}

export interface FieldGroup {
  readonly legend: string;
  /** Shown closed, unless something in it is set or wrong: few clients need it. */
  readonly folded?: boolean;
  readonly fields: readonly Field[];
}

/** Something typed that does not even have the form of JSON. */
export class FieldFaultError extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** What was typed, as JSON: exactly the fields of the form, so that no other parameter reaches anything. */
export const typed = (groups: readonly FieldGroup[], form: OAuthParameters): Record<string, unknown> =>
  Object.fromEntries(fieldsOf(groups).map((field) => [field.name, valueOf(field, form[field.name])]));

/** The same without what was left empty: for something new, which then gets the defaults. */
export const filled = (groups: readonly FieldGroup[], form: OAuthParameters): Record<string, unknown> =>
  Object.fromEntries(
    fieldsOf(groups)
      .filter(({ name, kind }) => form[name] !== undefined || kind === 'switch')
      .map((field) => [field.name, valueOf(field, form[field.name])]),
  );

/** JSON as the parameters that a form would post for it. */
export const parametersOf = (groups: readonly FieldGroup[], state: object): OAuthParameters =>
  Object.fromEntries(
    fieldsOf(groups)
      .map(({ name, kind }): [string, string] => [name, writtenAs(kind, Reflect.get(state, name))])
      .filter(([, value]) => value !== ''),
  );

/** The controls, with what they hold. */
export function controlsOf(
  { fields }: FieldGroup,
  form: OAuthParameters,
  faults: Readonly<Record<string, string>>,
): ConsoleField[] {
  return fields.map((field) => ({
    ...pick(field),
    ...shapeOf(field, form[field.name] ?? ''),
    error: faults[field.name],
  }));
}

/** Whether a control says more than an untouched form would. */
export function isTold({ error, value, checked, kind, options = [] }: ConsoleField): boolean {
  if (error !== undefined || checked === true) return true;
  if (kind === 'select') return options.findIndex(({ chosen }) => chosen) > 0;
  return (value ?? '') !== '' || options.some(({ chosen }) => chosen);
}

const fieldsOf = (groups: readonly FieldGroup[]): Field[] => groups.flatMap(({ fields }) => fields);

const pick = ({ name, label, hint, required }: Field) => ({ name, label, hint, required });

function shapeOf({ kind, options }: Field, value: string): Omit<ConsoleField, 'name' | 'label'> {
  if (kind === 'switch') return { kind, checked: value === 'true' };
  if (kind === 'threefold') return { kind: 'select', options: chosenOf(THREEFOLD, [value]) };
  if (kind === 'select') return { kind, options: chosenOf(options ?? [], [value]) };
  if (kind === 'checks' || kind === 'words') return { kind: 'checks', options: ticked(options ?? [], value) };
  if (kind === 'lines' || kind === 'json') return { kind: 'lines', value };
  return { kind: 'input', type: 'text', value };
}

const THREEFOLD = [
  ['', 'as the server is set'],
  ['true', 'yes'],
  ['false', 'no'],
] as const;

/** What is ticked and no longer on offer is still shown, so that saving does not lose it unseen. */
const ticked = (options: NonNullable<Field['options']>, value: string) => {
  const words = value.split(' ').filter(Boolean);
  const known = options.map((option) => (typeof option === 'string' ? option : option[0]));
  return chosenOf([...options, ...words.filter((word) => !known.includes(word))], words);
};

const chosenOf = (options: NonNullable<Field['options']>, chosen: readonly string[]) =>
  options.map((option) => {
    const [value, label] = typeof option === 'string' ? [option, option] : option;
    return { value, label, chosen: chosen.includes(value) };
  });

function valueOf(field: Field, value: string | undefined): unknown {
  const { kind, empty } = field;
  if (kind === 'switch') return value === 'true';
  if (kind === 'threefold') return value === undefined ? null : value === 'true';
  if (kind === 'number') return value === undefined ? null : numberOf(value);
  if (kind === 'lines') return linesOf(value ?? '');
  if (kind === 'checks') return (value ?? '').split(' ').filter(Boolean);
  if (kind === 'json') return jsonOf(field, value ?? (empty === null ? 'null' : '{}'));
  return value?.trim() ?? (empty === null ? null : '');
}

/** What is no number stays a text, which the rules then refuse in their own words. */
const numberOf = (value: string): number | string =>
  /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;

const linesOf = (value: string): string[] => [
  ...new Set(
    value
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

function jsonOf({ name, label }: Field, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new FieldFaultError(name, `${label} is not valid JSON`);
  }
}

function writtenAs(kind: FieldKind, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (kind === 'lines') return (value as string[]).join('\n');
  if (kind === 'checks') return (value as string[]).join(' ');
  if (kind === 'json') return Object.keys(value).length === 0 ? '' : JSON.stringify(value, null, 2);
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- texts, numbers and booleans are left
  return String(value);
}
