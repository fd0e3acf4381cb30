import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/index.js';
import { AuthorizationsService } from '../tokens/index.js';
import type { Authorization, AuthorizationsPage } from '../tokens/index.js';
import { AuthorizationNotFoundError } from './authorization-errors.js';

/** What administrators do with what users have allowed. */
@Injectable()
export class AuthorizationAdministrationService {
  constructor(private readonly authorizations: AuthorizationsService) {}

  list(page: AuthorizationsPage): Promise<[Authorization[], number]> {
    return this.authorizations.list(page);
  }

  /** @throws AuthorizationNotFoundError */
  async get(id: string): Promise<Authorization> {
    const authorization = await this.authorizations.find(id);
    if (!authorization) throw new AuthorizationNotFoundError();
    return authorization;
  }

  /** Every token of it is dead from now on; what had ended already stays as it ended. @throws AuthorizationNotFoundError */
  async revoke(id: string, actor: Actor): Promise<void> {
    await this.get(id);
    await this.authorizations.revokeFor(actor, id, 'an administrator revoked it');
  }
}
