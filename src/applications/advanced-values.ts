import type { Client, ClientMetadata } from '../clients/index.js';
import type { OAuthParameters } from '../common/index.js';
import type { AdvancedValues } from '../pages/index.js';

/** What only some applications need: the form keeps it folded away. */
export const NOTHING_ADVANCED: AdvancedValues = {
  uses_key: false,
  jwks_uri: '',
  initiate_login_uri: '',
  frontchannel_logout_uri: '',
  backchannel_logout_uri: '',
};

const ADDRESSES = [
  'jwks_uri',
  'initiate_login_uri',
  'frontchannel_logout_uri',
  'backchannel_logout_uri',
] as const;

export const advancedOf = (client: Client): AdvancedValues => ({
  uses_key: client.authenticationMethod === 'private_key_jwt',
  jwks_uri: client.jwksUri ?? '',
  initiate_login_uri: client.initiateLoginUri ?? '',
  frontchannel_logout_uri: client.frontchannelLogoutUri ?? '',
  backchannel_logout_uri: client.backchannelLogoutUri ?? '',
});

/** A form that does not have these fields, such as an operator's own, says so by leaving `advanced` out. */
export function typedAdvanced(form: OAuthParameters, before: AdvancedValues): AdvancedValues {
  if (form['advanced'] !== 'true') return advancedIn(before);
  return {
    uses_key: form['uses_key'] === 'true',
    jwks_uri: form['jwks_uri']?.trim() ?? '',
    initiate_login_uri: form['initiate_login_uri']?.trim() ?? '',
    frontchannel_logout_uri: form['frontchannel_logout_uri']?.trim() ?? '',
    backchannel_logout_uri: form['backchannel_logout_uri']?.trim() ?? '',
  };
}

const advancedIn = (values: AdvancedValues): AdvancedValues => ({
  uses_key: values.uses_key,
  jwks_uri: values.jwks_uri,
  initiate_login_uri: values.initiate_login_uri,
  frontchannel_logout_uri: values.frontchannel_logout_uri,
  backchannel_logout_uri: values.backchannel_logout_uri,
});

/** An address that was emptied is named, too, so that it takes away what the client has. */
export const advancedMetadata = (values: AdvancedValues): ClientMetadata => ({
  ...Object.fromEntries(ADDRESSES.map((name) => [name, values[name] || undefined])),
  // Keys by value exclude those at an address (RFC 7591 §2).
  ...(values.jwks_uri !== '' && { jwks: undefined }),
});

/** Something is set, or wrong, so the form shows it open. */
export const isAdvanced = (values: AdvancedValues, faults: object): boolean =>
  values.uses_key || ADDRESSES.some((name) => values[name] !== '' || name in faults) || 'uses_key' in faults;
