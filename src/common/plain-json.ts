import { InvalidRequestError } from './oauth-errors.js';

/** Deeper than anything that is meant, and far from what a recursion can bear. */
const MAXIMUM_DEPTH = 16;
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
  if (typeof value === 'string') return assertStorable(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) {
    assertStorable(name);
    if (name === '__proto__') throw new InvalidRequestError('__proto__ is no name here');
    assertPlain(item, depth + 1);
  }
}

function assertStorable(text: string): void {
  if (UNSTORABLE.test(text)) throw new InvalidRequestError('texts must not hold control characters');
}
