import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { FetchError } from './fetch-error.js';
import type { HostNames } from './host-names.js';
import { isPublicAddress } from './public-address.js';

/** Whether an address may be connected to. */
type Allowed = (address: string) => boolean;

/** For a host that the operator has named. */
export const anyAddress: Allowed = () => true;

/**
 * Finds the addresses for a connection and leaves only allowed ones, so that what was checked is what is connected
 * to: a name that answers differently the next time (DNS rebinding) gains nothing.
 */
export const guardedLookup =
  (names: HostNames, allowed: Allowed = isPublicAddress): LookupFunction =>
  (host, options, callback) => {
    allowedAddresses(names, host, allowed).then(
      ([first, ...others]) =>
        options.all ? callback(null, [first, ...others]) : callback(null, first.address, first.family),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };

async function allowedAddresses(
  names: HostNames,
  host: string,
  allowed: Allowed,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = (await names.addresses(host)).filter(({ address }) => allowed(address));
  if (!first) throw new FetchError('forbidden-address');
  return [first, ...others];
}
