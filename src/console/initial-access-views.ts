import { isLive } from '../registration/index.js';
import type { InitialAccessToken } from '../registration/index.js';
import { FieldFaultError } from './fields.js';
import type { Field } from './fields.js';
import type { FormPage } from './form-page.service.js';
import { adminPath, at, fact, table, tags, text } from './values.js';

export const PATH = adminPath('initial-access-tokens');
/** Milliseconds. */
const DAY = 86_400_000;
const MAXIMUM_DAYS = 3650;

const FIELDS: readonly Field[] = [
  {
    ...{ name: 'label', label: 'What it is for', kind: 'text', required: true },
    hint: 'A partner or a deployment: what registers with it is recorded under this name.',
  },
  {
    ...{ name: 'uses', label: 'How many clients may register', kind: 'number' },
    hint: 'Empty: any number.',
  },
  {
    ...{ name: 'days', label: 'How many days it is good for', kind: 'number' },
    hint: 'Empty: until it is deleted.',
  },
];

export const CREATION: FormPage = {
  ...{ title: 'New initial access token', section: 'clients' },
  groups: [{ legend: 'Initial access token', fields: FIELDS }],
  ...{ action: PATH, submit: 'Create token', cancel: PATH },
};

/** @param days as they were typed; null = for ever @throws FieldFaultError */
export function expiryAfter(days: unknown, now: Date): Date | null {
  if (days === null) return null;
  if (typeof days === 'number' && days >= 1 && days <= MAXIMUM_DAYS)
    return new Date(now.getTime() + days * DAY);
  throw new FieldFaultError('days', `it may be good for 1 to ${MAXIMUM_DAYS} days`);
}

export const initialAccessFacts = (token: InitialAccessToken) => [
  ...[fact('What it is for', text(token.label)), fact('Clients that may register', usesOf(token))],
  ...[fact('Good until', expiryOf(token)), fact('Made by', text(token.createdBy))],
];

export function initialAccessTable(tokens: readonly InitialAccessToken[], now: Date, isChanging: boolean) {
  const columns = ['What it is for', 'State', 'Clients left', 'Good until', 'Last used', 'Made by'];
  const row = (token: InitialAccessToken) => [
    ...[text(token.label), tags(stateOf(token, now)), usesOf(token), expiryOf(token)],
    ...[at(token.lastUsedAt), text(token.createdBy)],
    ...(isChanging ? [text('Delete…', adminPath('initial-access-tokens', token.id, 'delete'))] : []),
  ];
  return table([...columns, ...(isChanging ? ['Action'] : [])], tokens.map(row));
}

function stateOf(token: InitialAccessToken, now: Date): string {
  if (isLive(token, now)) return 'live';
  return token.usesLeft === 0 ? 'used up' : 'expired';
}

const usesOf = ({ usesLeft }: InitialAccessToken) => text(usesLeft ?? 'any number');

const expiryOf = ({ expiresAt }: InitialAccessToken) =>
  expiresAt === null ? text('it is deleted') : at(expiresAt);
