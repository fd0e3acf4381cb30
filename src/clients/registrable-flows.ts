import type { SettingsShape } from '../config/index.js';
import type { FlowsInUse } from './flows-in-use.service.js';
import { canonicalResponseType, grantTypesFor, responseParts } from './response-types.js';

/** As the standards write them. @see OAuth 2.0 Multiple Response Types §3, §5 */
const RESPONSE_TYPES = [
  ...['code', 'token', 'id_token', 'id_token token'],
  ...['code id_token', 'code token', 'code id_token token'],
];

/** Whoever is about to register must find what he may register for, even before the first client has it. */
export function withRegistrable(
  inUse: FlowsInUse,
  { access, grantTypes }: Pick<SettingsShape['registration'], 'access' | 'grantTypes'>,
): FlowsInUse {
  if (access === 'off') return inUse;
  const isOffered = (type: string) =>
    grantTypesFor(responseParts(type)!).every((grant) => grantTypes.includes(grant));
  const offered = RESPONSE_TYPES.filter(isOffered);
  const known = new Set(offered.map(canonicalResponseType));
  return {
    ...inUse,
    grant_types: [...new Set([...inUse.grant_types, ...grantTypes])],
    response_types: [
      ...offered,
      ...inUse.response_types.filter((type) => !known.has(canonicalResponseType(type))),
    ],
    hs256: true,
    unsigned_requests: true,
  };
}
