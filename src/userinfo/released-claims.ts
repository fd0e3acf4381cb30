import { Injectable } from '@nestjs/common';
import type { Scope } from '../common/index.js';
import { ScopesService } from '../scopes/index.js';
import type { User } from '../users/index.js';

/** Which claims a scope opens. @see OpenID Connect Core §5.4 */
@Injectable()
export class ReleasedClaims {
  constructor(private readonly scopes: ScopesService) {}

  /** Only claims that have a value: neither null nor an empty text is ever sent (OpenID Connect Core §5.3.2). */
  async of(user: User, scope: Scope): Promise<Record<string, unknown>> {
    const known: Record<string, unknown> = { preferred_username: user.username, ...user.claims };
    const names = (await this.scopes.describe(scope)).flatMap((one) => one.claims);
    const released = names.filter(
      (name) => known[name] !== undefined && known[name] !== null && known[name] !== '',
    );
    return { sub: user.subject, ...Object.fromEntries(released.map((name) => [name, known[name]])) };
  }
}
