import { CONTENT_ENCRYPTIONS, KEY_WRAPPINGS, SIGNING_ALGORITHMS } from '../clients/index.js';
import type { Field, FieldGroup } from './fields.js';

const KEYS: readonly Field[] = [
  {
    ...{ name: 'jwks_uri', label: 'Where its public keys are', kind: 'text', empty: null },
    hint: 'An https address of a JWK Set. private_key_jwt needs this, or the keys themselves.',
  },
  {
    ...{ name: 'jwks', label: 'Its public keys', kind: 'json', empty: null },
    hint: 'A JWK Set, for an application that cannot publish one.',
  },
  {
    ...choice('token_endpoint_auth_signing_alg', 'Algorithm of its assertions', 'any that fits', [
      ...SIGNING_ALGORITHMS,
      'HS256',
    ]),
    hint: 'For private_key_jwt and (HS256) client_secret_jwt.',
  },
];

const SUBJECTS: readonly Field[] = [
  {
    ...{
      name: 'subject_type',
      label: 'Identifiers of users',
      kind: 'select',
      options: ['public', 'pairwise'],
    },
    hint: 'Pairwise hides from applications that they share a user.',
  },
  {
    ...{ name: 'sector_identifier_uri', label: 'Sector', kind: 'text', empty: null },
    hint: 'The https address of a list of redirect URIs: applications that know a user by one identifier.',
  },
];

const SIGN_IN: readonly Field[] = [
  {
    ...{ name: 'default_max_age', label: 'Oldest sign-in', kind: 'number' },
    hint: 'Seconds, where a request names none; empty: of any age.',
  },
  { name: 'require_auth_time', label: 'ID tokens say when the user signed in', kind: 'switch' },
  {
    ...{ name: 'default_acr_values', label: 'Authentication contexts', kind: 'lines' },
    hint: 'One a line, the preferred first, where a request names none.',
  },
  {
    ...{ name: 'initiate_login_uri', label: 'Where others may begin a sign-in', kind: 'text', empty: null },
    hint: 'An https address of the application.',
  },
];

const SIGN_OUT: readonly Field[] = [
  {
    ...{ name: 'frontchannel_logout_uri', label: 'Sign-out page (front channel)', kind: 'text', empty: null },
    hint: 'Shown in a frame; it has the origin of a redirect URI.',
  },
  { name: 'frontchannel_logout_session_required', label: 'That page is told the session', kind: 'switch' },
  {
    ...{
      name: 'backchannel_logout_uri',
      label: 'Sign-out endpoint (back channel)',
      kind: 'text',
      empty: null,
    },
    hint: 'Is sent a logout token when a session ends.',
  },
  { name: 'backchannel_logout_session_required', label: 'That endpoint needs the session', kind: 'switch' },
];

const ANSWERS: readonly Field[] = [
  {
    ...{ name: 'id_token_signed_response_alg', label: 'Signature of ID tokens', kind: 'select' },
    options: [...SIGNING_ALGORITHMS, 'HS256'],
  },
  choice('id_token_encrypted_response_alg', 'Key wrapping of ID tokens', 'not encrypted', KEY_WRAPPINGS),
  choice('id_token_encrypted_response_enc', 'Encryption of ID tokens', 'the default', CONTENT_ENCRYPTIONS),
  choice('userinfo_signed_response_alg', 'Signature of userinfo', 'plain JSON', [
    ...SIGNING_ALGORITHMS,
    'HS256',
  ]),
  choice('userinfo_encrypted_response_alg', 'Key wrapping of userinfo', 'not encrypted', KEY_WRAPPINGS),
  choice('userinfo_encrypted_response_enc', 'Encryption of userinfo', 'the default', CONTENT_ENCRYPTIONS),
];

const REQUEST_OBJECTS: readonly Field[] = [
  choice('request_object_signing_alg', 'Signature of request objects', 'any', [
    ...SIGNING_ALGORITHMS,
    'HS256',
    'none',
  ]),
  choice('request_object_encryption_alg', 'Key wrapping of request objects', 'any', KEY_WRAPPINGS),
  choice('request_object_encryption_enc', 'Encryption of request objects', 'any', CONTENT_ENCRYPTIONS),
  { name: 'require_signed_request_object', label: 'Nothing but signed request objects', kind: 'switch' },
  {
    ...{ name: 'request_uris', label: 'Where request objects may lie', kind: 'lines' },
    hint: 'One address a line.',
  },
];

const SOFTWARE: readonly Field[] = [
  { name: 'contacts', label: 'Contacts', kind: 'lines', hint: 'E-mail addresses, one a line.' },
  { name: 'software_id', label: 'Software', kind: 'text', empty: null },
  { name: 'software_version', label: 'Version of the software', kind: 'text', empty: null },
];

/** What OpenID Connect adds to a client, by the names of OpenID Connect Dynamic Client Registration §2. */
export const OPENID_FIELDS: readonly FieldGroup[] = [
  { legend: 'Its keys', folded: true, fields: KEYS },
  { legend: 'Whom it knows', folded: true, fields: SUBJECTS },
  { legend: 'Signing in', folded: true, fields: SIGN_IN },
  { legend: 'Signing out', folded: true, fields: SIGN_OUT },
  { legend: 'What it is answered', folded: true, fields: ANSWERS },
  { legend: 'Request objects', folded: true, fields: REQUEST_OBJECTS },
  { legend: 'Who made it', folded: true, fields: SOFTWARE },
];

/** One of the options, or none of them. */
function choice(name: string, label: string, none: string, options: readonly string[]): Field {
  return { name, label, kind: 'select', empty: null, options: [['', none], ...options] };
}
