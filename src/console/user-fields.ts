import { InvalidRequestError, assertPlainJson } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import type { LocalUser } from '../users/index.js';
import { filled, parametersOf } from './fields.js';
import type { Field, FieldGroup } from './fields.js';

const USERNAME: Field = {
  ...{ name: 'username', label: 'Username', kind: 'text', required: true },
  hint: 'The name to sign in with, in lower case. It cannot be changed later.',
};

const PERSON: readonly Field[] = [
  { name: 'name', label: 'Name', kind: 'text' },
  { name: 'email', label: 'Email', kind: 'text' },
  {
    name: 'email_verified',
    label: 'Email verified',
    kind: 'switch',
    hint: 'The address is known to be the user’s.',
  },
  {
    ...{ name: 'claims', label: 'Other claims', kind: 'json' },
    hint: 'A JSON object of OpenID Connect claims, such as {"given_name": "Ada", "locale": "en"}.',
  },
];

const ROLES: Field = {
  ...{ name: 'roles', label: 'Roles', kind: 'lines' },
  hint: 'One a line. admin opens this administration, auditor lets look at it; others are for applications.',
};

export const USER: readonly FieldGroup[] = [
  { legend: 'Person', fields: PERSON },
  { legend: 'What the user may do here', fields: [ROLES] },
];

export const NEW_USER: readonly FieldGroup[] = [{ legend: 'Sign-in', fields: [USERNAME] }, ...USER];

/** What the form says, as the management API takes it. @throws FieldFaultError, InvalidRequestError */
export function userFrom(groups: readonly FieldGroup[], form: OAuthParameters) {
  const { username, roles = [], claims: others = {}, name, email, email_verified } = filled(groups, form);
  assertObject(others);
  const verified = email === undefined ? {} : { email, email_verified };
  const claims = { ...others, ...(name !== undefined && { name }), ...verified };
  return { ...(username !== undefined && { username }), roles, claims };
}

/** What the form shows of a user. */
export function userParameters({ claims, roles }: LocalUser): OAuthParameters {
  const { name, email, email_verified, ...others } = claims;
  return parametersOf(USER, { name, email, email_verified, claims: others, roles });
}

/** A claim that is no longer named goes away: a form says everything, where the management API says what changes. */
export const withoutOthers = (before: object, claims: object): Record<string, unknown> => ({
  ...Object.fromEntries(Object.keys(before).map((name) => [name, null])),
  ...claims,
});

function assertObject(value: unknown): asserts value is object {
  try {
    assertPlainJson(value);
  } catch (cause) {
    throw new InvalidRequestError('the other claims must be a JSON object', { parameter: 'claims', cause });
  }
}
