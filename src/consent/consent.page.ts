import { Injectable } from '@nestjs/common';
import { clientSummary } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { Scope } from '../common/index.js';
import type { Interaction } from '../interactions/index.js';

import type { ConsentContext } from '../pages/index.js';
import { ScopesService } from '../scopes/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import { ConsentsService } from './consents.service.js';

/** What the consent page says. */
@Injectable()
export class ConsentPage {
  constructor(
    private readonly scopes: ScopesService,
    private readonly users: UserStore,
    private readonly consents: ConsentsService,
  ) {}

  async context(
    interaction: Interaction,
    client: Client,
    session: Session,
  ): Promise<Omit<ConsentContext, 'csrf'>> {
    const granted = await this.consents.remembered(session.subject, client.id);
    const scopes = await this.scopes.describe(Scope.parse(interaction.scope));
    const owner = client.owner === null ? null : await this.users.findBySubject(client.owner);
    const user = await this.users.findBySubject(session.subject);
    return {
      interaction: interaction.id,
      client: {
        ...clientSummary(client),
        verifiedHost: destinationOf(interaction.redirectUri),
        owner: owner?.username,
      },
      user: { username: session.username, name: user?.claims['name'] as string | undefined },
      scopes: scopes.map(({ name, title, description }) => ({
        name,
        title,
        description,
        alreadyGranted: granted.has(name),
      })),
      resources: interaction.resources,
    };
  }
}

/** Where the person will be sent: the host, or the scheme of an installed application. */
function destinationOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  return url.host || url.protocol.replace(/:$/, '');
}
