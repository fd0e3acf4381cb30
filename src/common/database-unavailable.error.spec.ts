import { QueryFailedError } from 'typeorm';
import {
  DatabaseUnavailableError,
  isDatabaseUnavailable,
  isSpoilingConnection,
} from './database-unavailable.error.js';

const coded = (code: string): Error => Object.assign(new Error('refused'), { code });

describe('isDatabaseUnavailable', () => {
  it.each(['ECONNREFUSED', '57P01', '57P02', '57P03', '08006', '53300', '53100', '57014', '55P03', '25006'])(
    'recognises %s, alone and inside TypeORM’s error',
    (code) => {
      expect(isDatabaseUnavailable(coded(code))).toBe(true);
      expect(isDatabaseUnavailable(new QueryFailedError('SELECT 1', [], coded(code)))).toBe(true);
    },
  );

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Query read timeout',
  ])('recognises node-postgres’s “%s”', (message) =>
    expect(isDatabaseUnavailable(new Error(message))).toBe(true),
  );

  it('recognises its own error', () => {
    expect(isDatabaseUnavailable(new DatabaseUnavailableError())).toBe(true);
  });

  it.each(['23505', '22P02', '42601', '40001'])('leaves %s to the caller', (code) => {
    expect(isDatabaseUnavailable(new QueryFailedError('SELECT 1', [], coded(code)))).toBe(false);
  });
});

describe('isSpoilingConnection', () => {
  it.each(['57P01', '25006', 'ECONNRESET', '53300'])('gives the connection up after %s', (code) => {
    expect(isSpoilingConnection(coded(code))).toBe(true);
  });

  it.each(['57014', '55P03', '53100', '23505'])('keeps the connection after %s', (code) => {
    expect(isSpoilingConnection(coded(code))).toBe(false);
  });
});
