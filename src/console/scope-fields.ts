import type { Field, FieldGroup } from './fields.js';

const FIELDS: readonly Field[] = [
  { name: 'title', label: 'Title', kind: 'text', hint: 'What people read first; empty: the name.' },
  { name: 'description', label: 'Description', kind: 'text', hint: 'What people allow, in a sentence.' },
  { name: 'claims', label: 'Claims that it opens', kind: 'lines', hint: 'One a line, such as email.' },
  {
    name: 'access_token_ttl',
    label: 'Life of an access token',
    kind: 'number',
    hint: 'Seconds; empty: no limit of its own.',
  },
  { name: 'default', label: 'Default', kind: 'switch', hint: 'Given where a request names no scope at all.' },
  {
    name: 'restricted',
    label: 'Restricted',
    kind: 'switch',
    hint: 'Only an administrator may allow it to a client.',
  },
];

const NAME: Field = {
  name: 'name',
  label: 'Name',
  kind: 'text',
  required: true,
  hint: 'It cannot be changed later.',
};

export const SCOPE: readonly FieldGroup[] = [{ legend: 'Scope', fields: FIELDS }];
export const NEW_SCOPE: readonly FieldGroup[] = [{ legend: 'Scope', fields: [NAME, ...FIELDS] }];
