import { ClientMetadata, redirectUriFault } from '../clients/index.js';
import type { OAuthError } from '../common/index.js';
import { instanceOf } from '../common/index.js';
import type { ApplicationValues } from '../pages/index.js';
import type { ApplicationFaults } from './application-errors.js';
import { lines, metadataOf } from './application-values.js';
import type { Offer } from './application-values.js';

/** Everything that a person should look at again, from top to bottom; the clients' own rules stay the judge. */
export function faultsOf(values: ApplicationValues, offer: Offer): ApplicationFaults {
  const faults: Record<string, string> = {
    ...metadataFaults(values),
    ...uriFaults(values, 'redirect_uris'),
    ...uriFaults(values, 'post_logout_redirect_uris'),
    ...choiceFaults(values, offer),
    ...(values.client_name === '' && { client_name: 'Give it a name that people recognise.' }),
  };
  return Object.fromEntries(Object.entries(faults).sort(([one], [other]) => place(one) - place(other)));
}

/** A fault that only the clients' own rules have found, as one of the form's. */
export function faultsOfError(error: OAuthError): ApplicationFaults {
  const field = error.parameter ?? 'application-form';
  const text = error.description.replace(field, LABELS[field] ?? field);
  return { [FIELDS[field] ?? field]: sentence(text) };
}

/** What the form asks in other words than the metadata. */
const FIELDS: Readonly<Record<string, string>> = {
  token_endpoint_auth_method: 'confidential',
  response_types: 'grant_types',
};

/** What people call the fields, in the order of the form. */
const LABELS: Readonly<Record<string, string>> = {
  client_name: 'the name',
  logo_uri: 'the logo',
  client_uri: 'the website',
  policy_uri: 'the privacy policy',
  tos_uri: 'the terms of service',
  application_type: 'where it runs',
  confidential: 'whether it keeps a secret',
  redirect_uris: 'the redirect URIs',
  post_logout_redirect_uris: 'the addresses after signing out',
  allowed_origins: 'the browser origins',
  grant_types: 'how it obtains tokens',
  scope: 'what it may ask for',
  access_token_format: 'the form of the access token',
  jwks_uri: 'the address of its keys',
  initiate_login_uri: 'where a sign-in begins',
  frontchannel_logout_uri: 'the sign-out page',
  backchannel_logout_uri: 'the sign-out endpoint',
};

const place = (field: string): number => Object.keys(LABELS).indexOf(field);

function metadataFaults(values: ApplicationValues): Record<string, string> {
  const { faults } = instanceOf(ClientMetadata, metadataOf(values));
  return Object.fromEntries(
    faults.map(({ field, message }) => [
      FIELDS[field] ?? field,
      sentence(message.replace(field, LABELS[field] ?? field)),
    ]),
  );
}

function uriFaults(values: ApplicationValues, field: 'redirect_uris' | 'post_logout_redirect_uris') {
  const faults = lines(values[field]).flatMap((uri) => {
    const fault = redirectUriFault(uri, values.application_type);
    return fault ? [`${uri} ${fault}.`] : [];
  });
  return faults.length > 0 ? { [field]: faults.join('\n') } : {};
}

function choiceFaults(values: ApplicationValues, offer: Offer): Record<string, string> {
  const { grant_types: grantTypes } = values;
  const unknown = grantTypes.find((type) => !offer.grantTypes.includes(type));
  if (unknown !== undefined) return { grant_types: `${unknown} is not offered to applications.` };
  if (grantTypes.length === 0) return { grant_types: 'Choose at least one way to obtain tokens.' };
  if (!values.confidential && grantTypes.includes('client_credentials')) {
    return { grant_types: 'To act for itself, an application must keep a secret.' };
  }
  if (grantTypes.includes('authorization_code') && lines(values.redirect_uris).length === 0) {
    return { redirect_uris: 'Name at least one: people return there after signing in.' };
  }
  return {};
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;
