import { InvalidRequestError } from './oauth-errors.js';

/** The parameters of one OAuth request, each at most once, none empty. */
export type OAuthParameters = Readonly<Record<string, string>>;

// Matches a C0 control other than tab, line feed and carriage return: PostgreSQL refuses NUL, and no OAuth value holds them.
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;
const MAXIMUM_PARAMETERS = 100;

/**
 * Reads application/x-www-form-urlencoded text strictly: a repeated parameter is refused (RFC 6749 §3.1, §3.2),
 * an empty one counts as omitted (§3.1), invalid UTF-8 is refused (Appendix B).
 * @throws InvalidRequestError
 */
export function parseParameters(text: string, repeatable: readonly string[] = []): OAuthParameters {
  const parameters = Object.create(null) as Record<string, string>;
  if (text === '') return parameters;
  const pairs = text.split('&');
  if (pairs.length > MAXIMUM_PARAMETERS) throw new InvalidRequestError('too many parameters');
  for (const pair of pairs) add(parameters, pair, repeatable);
  return withoutEmpty(parameters);
}

/**
 * The same rules for a body that a host's own parser has already read.
 * @throws InvalidRequestError
 */
export function checkParameters(body: object, repeatable: readonly string[] = []): OAuthParameters {
  const parameters = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(body)) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (typeof one !== 'string') throw new InvalidRequestError('parameters must be plain text');
      put(parameters, name, one, repeatable);
    }
  }
  return withoutEmpty(parameters);
}

function add(parameters: Record<string, string>, pair: string, repeatable: readonly string[]): void {
  const equals = pair.indexOf('=');
  const name = decode(equals < 0 ? pair : pair.slice(0, equals));
  const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
  put(parameters, name, value, repeatable);
}

function put(
  parameters: Record<string, string>,
  name: string,
  value: string,
  repeatable: readonly string[],
): void {
  if (CONTROL.test(name) || CONTROL.test(value)) {
    throw new InvalidRequestError('parameters must not hold control characters');
  }
  const earlier = parameters[name];
  if (earlier === undefined) parameters[name] = value;
  else if (repeatable.includes(name)) parameters[name] = `${earlier} ${value}`;
  else throw new InvalidRequestError(`parameter ${printable(name)} is repeated`, { parameter: name });
}

function decode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new InvalidRequestError('parameters must be valid percent-encoded UTF-8', { cause });
  }
}

function withoutEmpty(parameters: Record<string, string>): OAuthParameters {
  for (const name in parameters) if (parameters[name] === '') delete parameters[name];
  return parameters;
}

const printable = (name: string): string => name.slice(0, 64).replace(/[^\w.-]/g, '?');
