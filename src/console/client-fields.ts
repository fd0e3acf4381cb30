import type { Field, FieldGroup } from './fields.js';
import { OPENID_FIELDS } from './openid-fields.js';

/** What there is to choose from. */
export interface ClientOffers {
  readonly grantTypes: readonly string[];
  /** Client authentication methods. */
  readonly methods: readonly string[];
  readonly scopes: readonly string[];
}

const AS_AT_TOKEN = ['', 'as at the token endpoint'] as const;

/** Everything that an administrator may say of a client, by RFC 7591's names. */
export const clientFields = (offers: ClientOffers): readonly FieldGroup[] => [
  { legend: 'What people see', fields: PRESENTATION },
  { legend: 'What it is', fields: kind(offers) },
  { legend: 'Where people return to', fields: ADDRESSES },
  { legend: 'What it may do', fields: rights(offers) },
  { legend: 'Tokens', fields: TOKENS },
  { legend: 'Rules', fields: rules(offers) },
  ...OPENID_FIELDS,
  {
    legend: 'Notes',
    fields: [
      {
        name: 'metadata',
        label: 'Metadata',
        kind: 'json',
        hint: 'A JSON object, for whatever else is to be kept.',
      },
    ],
  },
];

/** A new client may be given its identifier; afterwards it stays. */
export const newClientFields = (offers: ClientOffers): readonly FieldGroup[] => {
  const hint = 'Left empty, it is made here. It cannot be changed later.';
  const id: Field = { name: 'client_id', label: 'Client ID', kind: 'text', hint };
  return [{ legend: 'Identifier', fields: [id] }, ...clientFields(offers)];
};

const PRESENTATION: readonly Field[] = [
  { name: 'client_name', label: 'Name', kind: 'text', required: true },
  {
    name: 'logo_uri',
    label: 'Logo',
    kind: 'text',
    empty: null,
    hint: 'An https address of a square picture.',
  },
  { name: 'client_uri', label: 'Website', kind: 'text', empty: null },
  { name: 'policy_uri', label: 'Privacy policy', kind: 'text', empty: null },
  { name: 'tos_uri', label: 'Terms of service', kind: 'text', empty: null },
];

const kind = ({ methods }: ClientOffers): readonly Field[] => [
  { name: 'application_type', label: 'Application type', kind: 'select', options: ['web', 'native'] },
  {
    name: 'token_endpoint_auth_method',
    label: 'How it proves itself',
    kind: 'select',
    options: methods.map((name) => (name === 'none' ? ['none', 'none: a public client'] : name)),
  },
  {
    ...{ name: 'owner', label: 'Owner', kind: 'text', empty: null },
    hint: 'The subject of the user who may edit it in the developer portal.',
  },
  { name: 'disabled', label: 'Disabled', kind: 'switch', hint: 'It is refused everywhere.' },
];

const ADDRESSES: readonly Field[] = [
  {
    ...{ name: 'redirect_uris', label: 'Redirect URIs', kind: 'lines' },
    hint: 'One a line, compared character by character.',
  },
  {
    name: 'post_logout_redirect_uris',
    label: 'Return after signing out',
    kind: 'lines',
    hint: 'One a line.',
  },
  {
    name: 'allowed_origins',
    label: 'Browser origins',
    kind: 'lines',
    hint: 'One a line: scheme://host[:port].',
  },
];

const rights = ({ grantTypes, scopes }: ClientOffers): readonly Field[] => [
  { name: 'grant_types', label: 'Grant types', kind: 'checks', options: grantTypes },
  {
    ...{ name: 'response_types', label: 'Response types', kind: 'lines' },
    hint: 'One a line, such as code. They must fit the grant types.',
  },
  { name: 'scope', label: 'Scopes', kind: 'words', options: scopes, hint: 'Everything it may ever ask for.' },
  {
    name: 'skip_consent',
    label: 'Skip consent',
    kind: 'switch',
    hint: 'A first-party application: people are not asked.',
  },
  {
    ...{ name: 'may_introspect', label: 'May introspect', kind: 'switch' },
    hint: 'A resource server, which may introspect tokens meant for it.',
  },
  {
    name: 'resources',
    label: 'Resources it answers for',
    kind: 'lines',
    hint: 'One a line; empty: every one.',
  },
];

const TOKENS: readonly Field[] = [
  {
    ...{ name: 'access_token_format', label: 'Access token format', kind: 'select', empty: null },
    options: [['', 'as the server is set'], 'opaque', 'jwt'],
  },
  {
    name: 'access_token_ttl',
    label: 'Life of an access token',
    kind: 'number',
    hint: 'Seconds; empty: as the server is set.',
  },
  {
    ...{ name: 'refresh_token_ttl', label: 'Life of a family of refresh tokens', kind: 'number' },
    hint: 'Seconds; empty: as the server is set.',
  },
  {
    ...{ name: 'readable_secret', label: 'Readable secret', kind: 'switch' },
    hint: 'Keeps the secrets encrypted as well, because HS256 and client_secret_jwt need them.',
  },
];

const rules = ({ methods }: ClientOffers): readonly Field[] => [
  { name: 'require_pkce', label: 'PKCE required', kind: 'threefold' },
  { name: 'allow_pkce_plain', label: 'Plain PKCE allowed', kind: 'switch', hint: 'RFC 9700 discourages it.' },
  {
    ...{ name: 'introspection_endpoint_auth_method', label: 'How it proves itself when introspecting' },
    ...{ kind: 'select', empty: null, options: [AS_AT_TOKEN, ...methods.filter((name) => name !== 'none')] },
  },
  {
    ...{ name: 'revocation_endpoint_auth_method', label: 'How it proves itself when revoking' },
    ...{ kind: 'select', empty: null, options: [AS_AT_TOKEN, ...methods] },
  },
];
