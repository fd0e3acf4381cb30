import { QueryFailedError } from 'typeorm';
import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { THE_CONFIGURATION_FILE, THE_SERVER, changesBetween } from '../audit/index.js';
import type { Actor, AuditService, Changes } from '../audit/index.js';
import { EntryExistsError, EntryNotFoundError, ReadOnlyEntryError } from './catalogue-errors.js';
import type { ScopesService } from './scopes.service.js';

/** What tells the scopes from the resources. */
export interface CatalogueTable<E> {
  readonly type: 'scope' | 'resource';
  readonly entity: EntityTarget<E>;
  readonly keyOf: (entry: E) => string;
  readonly where: (key: string) => FindOptionsWhere<E>;
  /** As people know it, for the record. */
  readonly describe: (entry: E) => object;
}

type Verb = 'created' | 'updated' | 'deleted';

/** Writes the entries of the catalogue, each change together with its record. */
export abstract class CatalogueEntries<E extends ObjectLiteral> {
  protected abstract readonly table: CatalogueTable<E>;
  private readonly declared = new Set<string>();

  constructor(
    private readonly audit: AuditService,
    private readonly scopes: ScopesService,
  ) {}

  /** Where an entry is kept that cannot be changed here; null for one that can. */
  managedBy(key: string): 'file' | 'standard' | null {
    return this.declared.has(key) ? 'file' : null;
  }

  /** What the configuration file or the demo says: nothing is written when it says nothing new. */
  async declare(entry: E): Promise<void> {
    this.declared.add(this.table.keyOf(entry));
    await this.put(entry, THE_CONFIGURATION_FILE);
  }

  /** Makes the entry, or brings the one of that name to this state. */
  async put(entry: E, actor: Actor = THE_SERVER): Promise<void> {
    await this.committed(async (manager) => {
      const before = await this.locked(manager, this.table.keyOf(entry));
      if (before) return this.update(manager, before, entry, actor);
      await this.insert(manager, entry, actor);
    });
  }

  /** @throws EntryExistsError, ReadOnlyEntryError */
  async create(entry: E, actor: Actor): Promise<E> {
    this.assertEditable(this.table.keyOf(entry));
    await this.committed((manager) => this.insert(manager, entry, actor));
    return entry;
  }

  /**
   * @param change is given the entry as nobody else can change it meanwhile
   * @throws EntryNotFoundError, ReadOnlyEntryError
   */
  async change(key: string, change: (entry: E) => E, actor: Actor): Promise<E> {
    this.assertEditable(key);
    return this.committed(async (manager) => {
      const before = await this.existing(manager, key);
      const after = change(before);
      await this.update(manager, before, after, actor);
      return after;
    });
  }

  /** @param check is given the entry that is about to go @throws EntryNotFoundError, ReadOnlyEntryError */
  async delete(key: string, check: (entry: E) => void, actor: Actor): Promise<void> {
    this.assertEditable(key);
    await this.committed(async (manager) => {
      const before = await this.existing(manager, key);
      check(before);
      await manager.delete(this.table.entity, this.table.where(key));
      await this.record(manager, actor, 'deleted', key, changesBetween(this.table.describe(before), null));
    });
  }

  private assertEditable(key: string): void {
    if (this.managedBy(key) !== null) throw new ReadOnlyEntryError(this.table.type);
  }

  private async insert(manager: EntityManager, entry: E, actor: Actor): Promise<void> {
    const { entity, type, keyOf, describe } = this.table;
    try {
      await manager.insert(entity, entry);
    } catch (error) {
      throw isDuplicate(error) ? new EntryExistsError(type) : error;
    }
    await this.record(manager, actor, 'created', keyOf(entry), changesBetween(null, describe(entry)));
  }

  private async update(manager: EntityManager, before: E, after: E, actor: Actor): Promise<void> {
    const { entity, keyOf, where, describe } = this.table;
    const changes = changesBetween(describe(before), describe(after));
    if (Object.keys(changes).length === 0) return;
    await manager.update(entity, where(keyOf(before)), after);
    await this.record(manager, actor, 'updated', keyOf(before), changes);
  }

  private record(manager: EntityManager, actor: Actor, verb: Verb, target: string, changes: Changes) {
    return this.audit.record(manager, { actor, action: `${this.table.type}.${verb}`, target, changes });
  }

  private async existing(manager: EntityManager, key: string): Promise<E> {
    const entry = await this.locked(manager, key);
    if (!entry) throw new EntryNotFoundError(this.table.type);
    return entry;
  }

  private locked(manager: EntityManager, key: string): Promise<E | null> {
    const { entity, where } = this.table;
    return manager.findOne(entity, { where: where(key), lock: { mode: 'pessimistic_write' } });
  }

  private async committed<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.audit.transaction(work);
    this.scopes.forget();
    return result;
  }
}

/** PostgreSQL's unique_violation. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505';
