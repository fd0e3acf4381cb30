import { InvalidRequestError } from '../common/index.js';

/** An object of lists of texts is the deepest that a management body ever is. */
const MAXIMUM_DEPTH = 4;
// A C0 control other than tab, line feed and carriage return (PostgreSQL refuses NUL), or half a surrogate pair.
const UNSTORABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f]|\p{Surrogate}/u;

/**
 * Is this a JSON object, not deeply nested, whose texts can be stored as they are?
 * @throws InvalidRequestError
 */
export function assertPlainJson(body: unknown): asserts body is object {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidRequestError('the body must be a JSON object');
  }
  assertPlain(body, 1);
}

function assertPlain(value: unknown, depth: number): void {
  if (depth > MAXIMUM_DEPTH) throw new InvalidRequestError('the body is nested too deeply');
  if (typeof value === 'string' && UNSTORABLE.test(value)) {
    throw new InvalidRequestError('texts must not hold control characters');
  }
  if (typeof value !== 'object' || value === null) return;
  for (const item of Object.values(value)) assertPlain(item, depth + 1);
}
