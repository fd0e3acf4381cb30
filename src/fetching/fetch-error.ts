import { QueueFullError } from '../common/index.js';

/** Why a URL was not fetched. */
export type FetchFailure =
  | 'bad-url'
  | 'not-https'
  | 'forbidden-address'
  | 'unknown-host'
  | 'untrusted-certificate'
  | 'unreachable'
  | 'encoded'
  | 'too-large'
  | 'timeout'
  | 'busy'
  | 'shutdown';

/** The URL of a client that could not be fetched. The reason is for the log: on the wire it would map a network. */
export class FetchError extends Error {
  constructor(
    readonly reason: FetchFailure,
    options?: ErrorOptions,
  ) {
    super(`the URL cannot be fetched: ${reason}`, options);
    this.name = 'FetchError';
  }
}

/** Node's error, by what a person can do about it. */
export function toFetchError(error: unknown): FetchError {
  if (error instanceof FetchError) return error;
  if (error instanceof QueueFullError) return new FetchError('busy', { cause: error });
  return new FetchError(reasonOf((error as NodeJS.ErrnoException).code ?? ''), { cause: error });
}

function reasonOf(code: string): FetchFailure {
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'unknown-host';
  return /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/.test(code) ? 'untrusted-certificate' : 'unreachable';
}
