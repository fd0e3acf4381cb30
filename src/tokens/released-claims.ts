import { Injectable } from '@nestjs/common';
import type { Scope } from '../common/index.js';
import { ScopesService } from '../scopes/index.js';
import type { User } from '../users/index.js';

/** What is to be told about a user. */
export interface ClaimsOrder {
  /** Opens the claims that belong to it. @see OpenID Connect Core §5.4 */
  readonly scope: Scope;
  /** Claims that were asked for by name. @see OpenID Connect Core §5.5 */
  readonly names: readonly string[];
  /** The client's: a claim by name needs a scope that opens it here. */
  readonly registered: Scope;
}

/** Which claims about a user are told. */
@Injectable()
export class ReleasedClaims {
  constructor(private readonly scopes: ScopesService) {}

  /** Only claims that have a value: neither null nor an empty text is ever sent (OpenID Connect Core §5.3.2). */
  async of(user: User, { scope, names, registered }: ClaimsOrder): Promise<Record<string, unknown>> {
    const known = filled({ preferred_username: user.username, ...user.claims });
    const opened = await this.openedBy(scope);
    const allowed = names.length > 0 ? await this.openedBy(registered) : [];
    const wanted = [...opened, ...names.filter((name) => allowed.includes(name))];
    const told = wanted.filter((name) => Object.hasOwn(known, name));
    return { sub: user.subject, ...Object.fromEntries(told.map((name) => [name, known[name]])) };
  }

  private async openedBy(scope: Scope): Promise<string[]> {
    return (await this.scopes.describe(scope)).flatMap((one) => one.claims);
  }
}

/** What has a value, also within such claims as address. */
const filled = (claims: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(claims)
      .map(([name, value]): [string, unknown] => [name, isPlainObject(value) ? filled(value) : value])
      .filter(([, value]) => !isEmpty(value)),
  );

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (isPlainObject(value) && Object.keys(value).length === 0);
