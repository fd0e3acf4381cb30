import { HttpException } from '@nestjs/common';
import { OAuthError, isDatabaseUnavailable } from '../../common/index.js';
import { ConfigurationError } from '../../config/index.js';
import { CommandError } from './command-error.js';

const EXPECTED = [CommandError, ConfigurationError, OAuthError, HttpException];

/** What whoever typed the command may read of an error that belongs to it; null for a fault of our own. */
export function sentenceOf(error: unknown): string | null {
  if (EXPECTED.some((type) => error instanceof type)) return (error as Error).message;
  if (isDatabaseUnavailable(error)) return 'the database is not available';
  if (error instanceof Error && error.name === 'AbortError') return 'it was ended before it was done';
  return null;
}
