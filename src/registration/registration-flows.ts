import { grantTypesFor, responseParts } from '../clients/index.js';
import { InvalidClientMetadataError } from '../common/index.js';

/** What a client asks for; other members are none of this file's business. */
export interface AskedFlows {
  readonly grant_types?: unknown;
  readonly response_types?: unknown;
}

/** Those that a response type brings along. */
const OF_RESPONSE_TYPES = ['authorization_code', 'implicit'];

/**
 * The grant and response types that are asked for, as far as they are offered, made to fit together: software asks for
 * whatever it knows, and is told what it got. What has not the form of a list is left for the clients' rules to refuse.
 *
 * @throws InvalidClientMetadataError when nothing of it is offered
 * @see RFC 7591 §2.1, §3.2.1
 */
export function offeredFlows(asked: AskedFlows, offered: readonly string[]): AskedFlows {
  const [grants, types] = [asked.grant_types ?? [], asked.response_types ?? []];
  if (!isTexts(grants) || !isTexts(types)) return asked;
  const response_types = someOf('response_types', types, (type) => isOffered(type, offered));
  const wanted = response_types ? fitting(grants, response_types) : orDefault(grants);
  const grant_types = someOf('grant_types', wanted, (grant) => offered.includes(grant));
  return { grant_types, response_types };
}

const orDefault = (grants: readonly string[]) => (grants.length > 0 ? grants : ['authorization_code']);

/** Response types decide about the two grant types that belong to them. */
function fitting(grants: readonly string[], responseTypes: readonly string[]): string[] {
  const needed = responseTypes.flatMap((type) => grantTypesFor(responseParts(type)!));
  return [...new Set([...needed, ...grants.filter((grant) => !OF_RESPONSE_TYPES.includes(grant))])];
}

function isOffered(responseType: string, offered: readonly string[]): boolean {
  const parts = responseParts(responseType);
  return parts !== null && grantTypesFor(parts).every((grant) => offered.includes(grant));
}

function someOf(
  name: string,
  asked: readonly string[],
  isAllowed: (one: string) => boolean,
): string[] | undefined {
  if (asked.length === 0) return undefined;
  const some = asked.filter(isAllowed);
  if (some.length > 0) return some;
  throw new InvalidClientMetadataError(
    `none of these ${name} is offered to clients that register themselves`,
    {
      parameter: name,
    },
  );
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
