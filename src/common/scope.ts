import { InvalidScopeError } from './oauth-errors.js';

/** RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ) */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;
const MAXIMUM_LENGTH = 4096;

/**
 * A set of scope names, in the order given, each once.
 * @see RFC 6749 §3.3
 */
export class Scope implements Iterable<string> {
  static readonly none = new Scope([]);
  private readonly names: ReadonlySet<string>;

  constructor(names: Iterable<string>) {
    this.names = new Set(names);
  }

  /** @throws InvalidScopeError when the grammar is not kept. */
  static parse(text: string | null | undefined): Scope {
    if (!text) return Scope.none;
    if (text.length > MAXIMUM_LENGTH || !SCOPE.test(text)) {
      throw new InvalidScopeError('scope is malformed', { parameter: 'scope' });
    }
    return new Scope(text.split(' '));
  }

  get size(): number {
    return this.names.size;
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  includes(other: Iterable<string>): boolean {
    return [...other].every((name) => this.names.has(name));
  }

  /** What both hold, in this set's order. */
  intersect(other: Scope): Scope {
    return new Scope([...this.names].filter((name) => other.has(name)));
  }

  /** What this holds and the other does not. */
  without(other: Scope): Scope {
    return new Scope([...this.names].filter((name) => !other.has(name)));
  }

  union(other: Iterable<string>): Scope {
    return new Scope([...this.names, ...other]);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.names[Symbol.iterator]();
  }

  toString(): string {
    return [...this.names].join(' ');
  }
}
