import { QueryFailedError } from 'typeorm';

/** The database cannot answer now although the request is in order: 503 with Retry-After, never 500. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';

  constructor(message = 'the database is not available', options?: ErrorOptions) {
    super(message, options);
  }
}

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

// statement timeout, lock timeout, read-only after a fail-over, idle-in-transaction timeout
const SQL_STATES = new Set(['57014', '55P03', '25006', '25P03']);
// 08 connection exception, 53 insufficient resources (connections, memory, disk), 57P shutdown and start-up
const SQL_STATE_CLASSES = /^(08|53|57P)/;
// These refuse one statement; the connection that said so stays good.
const STATEMENT_STATES = /^(57014|55P03|53[124]..)$/;
// node-postgres gives these no code.
const CLIENT_MESSAGES =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout expired|Cannot use a pool after calling end)/;

/** Whether the error means "try again later": unreachable, shutting down, out of connections, timed out, read-only. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return true;
  if (error instanceof QueryFailedError) return isDatabaseUnavailable(error.driverError);
  if (!(error instanceof Error)) return false;
  return isUnavailableCode(codeOf(error)) || CLIENT_MESSAGES.test(error.message);
}

/** Whether the connection that raised the error must not serve another statement. */
export function isSpoilingConnection(error: unknown): boolean {
  return isDatabaseUnavailable(error) && !STATEMENT_STATES.test(codeOf(error));
}

function isUnavailableCode(code: string): boolean {
  return NETWORK_CODES.has(code) || SQL_STATES.has(code) || SQL_STATE_CLASSES.test(code);
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
