import { Injectable } from '@nestjs/common';
import type { Scope } from '../common/index.js';
import { signedInUser } from '../login/index.js';
import type { AccountContext } from '../pages/index.js';
import { ScopesService } from '../scopes/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import { ConnectedApplicationsService } from './connected-applications.service.js';
import type { ConnectedApplication } from './connected-applications.service.js';

/** What the account page says. */
@Injectable()
export class AccountPage {
  constructor(
    private readonly users: UserStore,
    private readonly applications: ConnectedApplicationsService,
    private readonly scopes: ScopesService,
  ) {}

  /** @throws SignInNeededError */
  async context(session: Session): Promise<Omit<AccountContext, 'csrf'>> {
    const user = await signedInUser(this.users, session);
    const connected = await this.applications.list(session.subject);
    return { user, applications: await Promise.all(connected.map((one) => this.row(one))) };
  }

  private async row({ client, scope, since, lastUsed }: ConnectedApplication) {
    return {
      clientId: client.id,
      name: client.name,
      logoUri: client.logoUri ?? undefined,
      scopes: await this.titlesOf(scope),
      since: since.toISOString(),
      lastUsed: lastUsed?.toISOString(),
    };
  }

  /** People read titles; a scope that is no longer registered has only its name left. */
  private async titlesOf(scope: Scope): Promise<string[]> {
    const described = await this.scopes.describe(scope);
    const titles = new Map(described.map(({ name, title }) => [name, title]));
    return [...scope].map((name) => titles.get(name) ?? name);
  }
}
