import { FetchError } from '../fetching/index.js';
import type { FetchFailure } from '../fetching/index.js';

/** Whoever runs the application reads these: what it did, seen from here. */
const REASONS: Readonly<Record<FetchFailure, string>> = {
  'bad-url': 'its address is no URL that can be used',
  'not-https': 'its address is not https',
  'forbidden-address': 'its host has no public address',
  'unknown-host': 'its host is unknown',
  'untrusted-certificate': 'its certificate is not trusted',
  unreachable: 'there was no connection, or it broke',
  encoded: 'its answer was compressed, although none was asked for',
  'too-large': 'its answer was too long',
  timeout: 'it did not answer in time',
  busy: 'too many others were waiting',
  shutdown: 'this server was stopped meanwhile',
};

/** Why an attempt failed, in words. */
export function failureReason(error: unknown): string {
  if (error instanceof FetchError) return REASONS[error.reason];
  return error instanceof Error ? error.message : 'the logout token could not be made';
}

/** 204 is what some frameworks make of 200. @see OpenID Connect Back-Channel Logout 1.0 §2.8 */
export function refusalReason(status: number): string | null {
  return status === 200 || status === 204 ? null : `it answered with status ${status}`;
}
