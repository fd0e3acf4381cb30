import { InvalidRequestError } from '../common/index.js';

/**
 * A field that is null takes a value away, which few fields can do without.
 * @throws InvalidRequestError
 */
export function refuseNulls(values: object, optional: readonly string[]): void {
  const field = Object.entries(values).find(([name, value]) => value === null && !optional.includes(name));
  if (field) throw new InvalidRequestError(`${field[0]} must not be null`, { parameter: field[0] });
}

/**
 * A time that is still to come; null where there is none.
 * @throws InvalidRequestError
 */
export function futureTime(parameter: string, text: string | null | undefined, now: Date): Date | null {
  if (text === undefined || text === null) return null;
  const time = new Date(text);
  if (time > now) return time;
  throw new InvalidRequestError(`${parameter} must be in the future`, { parameter });
}

/**
 * What a thing is called in the address is not changed by what the body calls it.
 * @throws InvalidRequestError
 */
export function refuseRenaming(parameter: string, named: string | undefined, key: string): void {
  if (named === undefined || named === key) return;
  throw new InvalidRequestError(`${parameter} cannot be changed`, { parameter });
}
