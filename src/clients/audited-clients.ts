import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AuditService, HIDDEN, changesBetween } from '../audit/index.js';
import type { Actor, AuditAction, Changes } from '../audit/index.js';
import { toMetadata } from './client-columns.js';
import {
  ClientExistsError,
  ClientNotFoundError,
  SecretNotFoundError,
  VersionConflictError,
} from './client-errors.js';
import { ClientSecret } from './client-secret.entity.js';
import { Client } from './client.entity.js';
import type { SelfRegistration } from './self-registered-client.js';

/** A secret as it is stored. */
export type SecretRow = Partial<ClientSecret> & Pick<ClientSecret, 'clientId'>;

/** Writes clients and their secrets, each change together with its record. */
@Injectable()
export class AuditedClients {
  constructor(private readonly audit: AuditService) {}

  /**
   * An INSERT, never an UPDATE: whoever chooses an id that exists must not take that client over.
   * @throws ClientExistsError
   */
  async insert(
    client: Client,
    secret: Partial<ClientSecret> | undefined,
    actor: Actor,
    admit?: SelfRegistration['admit'],
  ): Promise<void> {
    const changes = changesBetween(null, described(client));
    try {
      await this.commit(actor, 'client.created', client.id, changes, async (manager) => {
        await admit?.(manager);
        await manager.insert(Client, client);
        if (secret) await manager.insert(ClientSecret, { ...secret, clientId: client.id });
      });
    } catch (error) {
      throw isDuplicate(error) ? new ClientExistsError() : error;
    }
  }

  /**
   * Only what was read is replaced, so that of two changes at once none is lost.
   * @param secret takes the place of all that it has
   * @throws VersionConflictError
   */
  async replace(
    client: Client,
    columns: Partial<Client>,
    actor: Actor,
    secret?: Partial<ClientSecret>,
  ): Promise<void> {
    const { id, version } = client;
    const changes = changesBetween(described(client), described({ ...client, ...columns } as Client));
    await this.commit(actor, 'client.updated', id, changes, async (manager) => {
      const { affected } = await manager.update(Client, { id, version }, columns);
      if (!affected) throw new VersionConflictError();
      if (secret) {
        await manager.delete(ClientSecret, { clientId: id });
        await manager.insert(ClientSecret, { ...secret, clientId: id });
      }
      // What need not be readable any more is not kept readable.
      if (client.readableSecret && columns.readableSecret === false)
        await manager.update(ClientSecret, { clientId: id }, { encrypted: null });
    });
  }

  /** @throws ClientNotFoundError, VersionConflictError */
  async delete(id: string, expectedVersion: number | undefined, actor: Actor): Promise<void> {
    await this.audit.transaction(async (manager) => {
      const client = await manager.findOne(Client, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (expectedVersion !== undefined && client?.version !== expectedVersion)
        throw new VersionConflictError();
      if (!client) throw new ClientNotFoundError();
      await manager.delete(Client, { id });
      const changes = changesBetween(described(client), null);
      await this.audit.record(manager, { actor, action: 'client.deleted', target: id, changes });
    });
  }

  async insertSecret(row: SecretRow, actor: Actor): Promise<void> {
    await this.commit(actor, 'client.secret_created', row.clientId, secretChanges(null, row), (manager) =>
      manager.insert(ClientSecret, row),
    );
  }

  /** The secret takes the place of the one with its label. */
  async replaceSecret(row: SecretRow, actor: Actor): Promise<void> {
    const { clientId, label } = row;
    const changes = { secret: { before: HIDDEN, after: HIDDEN }, label: { before: label, after: label } };
    await this.commit(actor, 'client.secret_replaced', clientId, changes, async (manager) => {
      await manager.delete(ClientSecret, { clientId, label });
      await manager.insert(ClientSecret, row);
    });
  }

  /** @throws SecretNotFoundError */
  async deleteSecret(clientId: string, id: string, actor: Actor): Promise<void> {
    await this.audit.transaction(async (manager) => {
      const where = { id, clientId };
      const row = await manager.findOne(ClientSecret, { where, lock: { mode: 'pessimistic_write' } });
      if (!row) throw new SecretNotFoundError();
      await manager.delete(ClientSecret, where);
      const changes = secretChanges(row, null);
      await this.audit.record(manager, { actor, action: 'client.secret_deleted', target: clientId, changes });
    });
  }

  private commit<T>(
    actor: Actor,
    action: AuditAction,
    target: string,
    changes: Changes,
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    return this.audit.commit({ actor, action, target, changes }, work);
  }
}

const described = (client: Client): object => ({
  ...toMetadata(client),
  managed_by: client.managedBy,
  registered_with: client.registeredWith,
  software_statement: client.softwareStatement,
  registration_access_token: client.registrationDigest && HIDDEN,
});

const secretChanges = (before: Partial<ClientSecret> | null, after: Partial<ClientSecret> | null): Changes =>
  changesBetween(before && describedSecret(before), after && describedSecret(after));

/** What tells a secret from the others, never what it is. */
const describedSecret = ({ id, label, expiresAt }: Partial<ClientSecret>): object => ({
  secret_id: id,
  label,
  expires_at: expiresAt,
});

/** PostgreSQL's unique_violation. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505';
