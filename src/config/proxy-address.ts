import { isIP } from 'node:net';
import { z } from 'zod';

/** An IP address, a CIDR block, or the word loopback. */
export function proxyAddress() {
  return z.string().refine(isProxyAddress, { error: 'must be an IP address, a CIDR block or loopback' });
}

function isProxyAddress(value: string): boolean {
  if (value === 'loopback') return true;
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
