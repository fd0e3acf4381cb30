import { Injectable } from '@nestjs/common';
import { ClientsService, isClientId } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { Scope } from '../common/index.js';
import { ConsentsService } from '../consent/index.js';
import { AuthorizationsService } from '../tokens/index.js';

/** One application that may act for a user, or that he would not be asked about again. */
export interface ConnectedApplication {
  readonly client: Client;
  /** Everything that it was allowed, over all times. */
  readonly scope: Scope;
  /** When it was allowed for the first time. */
  readonly since: Date;
  /** When it last got tokens; null when it did not yet. */
  readonly lastUsed: Date | null;
}

interface Permission {
  readonly clientId: string;
  readonly scope: Scope;
  readonly since: Date;
  readonly lastUsed: Date | null;
}

/** What a user has allowed to applications: to be seen, and to be taken back. */
@Injectable()
export class ConnectedApplicationsService {
  constructor(
    private readonly authorizations: AuthorizationsService,
    private readonly consents: ConsentsService,
    private readonly clients: ClientsService,
  ) {}

  /** Whatever is in force or remembered, one entry for each application, by its name. */
  async list(subject: string): Promise<ConnectedApplication[]> {
    const live = await this.authorizations.ofSubject(subject);
    const permissions = joined([
      ...live.map(({ clientId, scope, createdAt, lastUsedAt }) => ({
        clientId,
        scope,
        since: createdAt,
        lastUsed: lastUsedAt,
      })),
      ...(await this.consents.ofSubject(subject)).map((consent) => ({ ...consent, lastUsed: null })),
    ]);
    const clients = await this.clients.findMany([...permissions.keys()]);
    return clients
      .map((client) => ({ ...permissions.get(client.id)!, client }))
      .sort((one, other) => one.client.name.localeCompare(other.client.name));
  }

  /** Ends every token of the application for this user, and asks again next time. */
  async withdraw(subject: string, clientId: string): Promise<void> {
    if (!isClientId(clientId)) return;
    await this.consents.withdraw(subject, clientId);
    await this.authorizations.revokeOfSubject(subject, 'the user removed the access', clientId);
  }
}

function joined(permissions: readonly Permission[]): Map<string, Permission> {
  const byClient = new Map<string, Permission>();
  for (const permission of permissions) {
    const earlier = byClient.get(permission.clientId);
    byClient.set(permission.clientId, earlier ? both(earlier, permission) : permission);
  }
  return byClient;
}

const both = (one: Permission, other: Permission): Permission => ({
  clientId: one.clientId,
  scope: one.scope.union(other.scope),
  since: one.since < other.since ? one.since : other.since,
  lastUsed: later(one.lastUsed, other.lastUsed),
});

const later = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one > other ? one : other) : (one ?? other);
