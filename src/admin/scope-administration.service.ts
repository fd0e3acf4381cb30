import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/index.js';
import {
  EntryNotFoundError,
  ReadOnlyEntryError,
  RegisteredScopes,
  ScopesService,
  scopeMetadata,
} from '../scopes/index.js';
import type { RegisteredScope } from '../scopes/index.js';
import { assertSameTag, entityTag } from './entity-tag.js';
import { refuseNulls, refuseRenaming } from './json-fields.js';
import type { NewScopeDto, ScopeChangeDto, ScopeDto, ScopeStateDto } from './scopes.dto.js';

/** What may be null. */
const OPTIONAL = ['access_token_ttl'];

/** One change of one entry of the catalogue. */
export interface EntryChange {
  readonly key: string;
  readonly actor: Actor;
  /** The If-Match header. */
  readonly ifMatch?: string;
}

/** What administrators do with scopes, other than the standard ones and those of the configuration file. */
@Injectable()
export class ScopeAdministrationService {
  constructor(
    private readonly scopes: ScopesService,
    private readonly registered: RegisteredScopes,
  ) {}

  async list(): Promise<ScopeDto[]> {
    return (await this.scopes.list()).map((scope) => this.shown(scope));
  }

  /** @throws EntryNotFoundError */
  async get(name: string): Promise<ScopeDto> {
    const scope = (await this.list()).find((one) => one.name === name);
    if (!scope) throw new EntryNotFoundError('scope');
    return scope;
  }

  /** The same, for changing it. @throws EntryNotFoundError, ReadOnlyEntryError */
  async editable(name: string): Promise<ScopeDto> {
    const scope = await this.get(name);
    if (scope.managed_by !== null) throw new ReadOnlyEntryError('scope');
    return scope;
  }

  /** @throws EntryExistsError, ReadOnlyEntryError */
  async create({ name, ...state }: NewScopeDto, actor: Actor): Promise<ScopeDto> {
    refuseNulls(state, OPTIONAL);
    return this.shown(await this.registered.create(scopeOf(name, state), actor));
  }

  /**
   * What the state does not name gets its default.
   * @throws EntryNotFoundError, ReadOnlyEntryError, VersionConflictError
   */
  replace(change: EntryChange, state: ScopeChangeDto): Promise<ScopeDto> {
    return this.change(change, state, () => ({}));
  }

  /**
   * What the state does not name is kept.
   * @throws EntryNotFoundError, ReadOnlyEntryError, VersionConflictError
   */
  patch(change: EntryChange, state: ScopeChangeDto): Promise<ScopeDto> {
    return this.change(change, state, scopeMetadata);
  }

  /** @throws EntryNotFoundError, ReadOnlyEntryError, VersionConflictError */
  delete({ key, actor, ifMatch }: EntryChange): Promise<void> {
    return this.registered.delete(key, (scope) => assertSameTag(scopeTag(this.shown(scope)), ifMatch), actor);
  }

  private async change(
    { key, actor, ifMatch }: EntryChange,
    { name, ...state }: ScopeChangeDto,
    kept: (scope: RegisteredScope) => ScopeStateDto,
  ): Promise<ScopeDto> {
    refuseRenaming('name', name, key);
    refuseNulls(state, OPTIONAL);
    const changed = (scope: RegisteredScope) => {
      assertSameTag(scopeTag(this.shown(scope)), ifMatch);
      return scopeOf(key, { ...kept(scope), ...state });
    };
    return this.shown(await this.registered.change(key, changed, actor));
  }

  private shown(scope: RegisteredScope): ScopeDto {
    return { ...scopeMetadata(scope), managed_by: this.registered.managedBy(scope.name) };
  }
}

export const scopeTag = (scope: ScopeDto): string => entityTag(scope);

const scopeOf = (name: string, state: ScopeStateDto): RegisteredScope => ({
  name,
  title: state.title ?? name,
  description: state.description ?? '',
  claims: state.claims ?? [],
  accessTokenTtl: state.access_token_ttl ?? null,
  isDefault: state.default ?? false,
  restricted: state.restricted ?? false,
});
