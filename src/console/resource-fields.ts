import type { Field, FieldGroup } from './fields.js';

const FIELDS: readonly Field[] = [
  { name: 'name', label: 'Name', kind: 'text', hint: 'What people call the API; empty: the identifier.' },
  {
    name: 'scopes',
    label: 'Scopes',
    kind: 'lines',
    hint: 'One a line; empty: every one means something to it.',
  },
  {
    ...{ name: 'access_token_format', label: 'Access token format', kind: 'select', empty: null },
    options: [['', 'as the client or the server is set'], 'opaque', 'jwt'],
  },
  {
    name: 'access_token_ttl',
    label: 'Life of an access token',
    kind: 'number',
    hint: 'Seconds; empty: no limit of its own.',
  },
];

const IDENTIFIER: Field = {
  ...{ name: 'identifier', label: 'Identifier', kind: 'text', required: true },
  hint: 'An absolute URI: the resource of requests and the audience of tokens. It cannot be changed later.',
};

export const RESOURCE: readonly FieldGroup[] = [{ legend: 'Resource', fields: FIELDS }];
export const NEW_RESOURCE: readonly FieldGroup[] = [{ legend: 'Resource', fields: [IDENTIFIER, ...FIELDS] }];
