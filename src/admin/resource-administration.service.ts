import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/index.js';
import {
  EntryNotFoundError,
  ReadOnlyEntryError,
  Resources,
  ScopesService,
  resourceMetadata,
} from '../scopes/index.js';
import type { Resource } from '../scopes/index.js';
import { assertSameTag, entityTag } from './entity-tag.js';
import { refuseNulls, refuseRenaming } from './json-fields.js';
import type { NewResourceDto, ResourceChangeDto, ResourceDto, ResourceStateDto } from './resources.dto.js';
import type { EntryChange } from './scope-administration.service.js';

/** What may be null. */
const OPTIONAL = ['access_token_format', 'access_token_ttl'];

/** What administrators do with resources, other than those of the configuration file. */
@Injectable()
export class ResourceAdministrationService {
  constructor(
    private readonly scopes: ScopesService,
    private readonly resources: Resources,
  ) {}

  async list(): Promise<ResourceDto[]> {
    return (await this.scopes.listResources()).map((resource) => this.shown(resource));
  }

  /** @throws EntryNotFoundError */
  async get(identifier: string): Promise<ResourceDto> {
    const resource = (await this.list()).find((one) => one.identifier === identifier);
    if (!resource) throw new EntryNotFoundError('resource');
    return resource;
  }

  /** The same, for changing it. @throws EntryNotFoundError, ReadOnlyEntryError */
  async editable(identifier: string): Promise<ResourceDto> {
    const resource = await this.get(identifier);
    if (resource.managed_by !== null) throw new ReadOnlyEntryError('resource');
    return resource;
  }

  /** @throws EntryExistsError, ReadOnlyEntryError */
  async create({ identifier, ...state }: NewResourceDto, actor: Actor): Promise<ResourceDto> {
    refuseNulls(state, OPTIONAL);
    return this.shown(await this.resources.create(resourceOf(identifier, state), actor));
  }

  /**
   * What the state does not name gets its default.
   * @throws EntryNotFoundError, ReadOnlyEntryError, VersionConflictError
   */
  replace(change: EntryChange, state: ResourceChangeDto): Promise<ResourceDto> {
    return this.change(change, state, () => ({}));
  }

  /**
   * What the state does not name is kept.
   * @throws EntryNotFoundError, ReadOnlyEntryError, VersionConflictError
   */
  patch(change: EntryChange, state: ResourceChangeDto): Promise<ResourceDto> {
    return this.change(change, state, resourceMetadata);
  }

  /** @throws EntryNotFoundError, ReadOnlyEntryError, VersionConflictError */
  delete({ key, actor, ifMatch }: EntryChange): Promise<void> {
    const check = (resource: Resource) => assertSameTag(resourceTag(this.shown(resource)), ifMatch);
    return this.resources.delete(key, check, actor);
  }

  private async change(
    { key, actor, ifMatch }: EntryChange,
    { identifier, ...state }: ResourceChangeDto,
    kept: (resource: Resource) => ResourceStateDto,
  ): Promise<ResourceDto> {
    refuseRenaming('identifier', identifier, key);
    refuseNulls(state, OPTIONAL);
    const changed = (resource: Resource) => {
      assertSameTag(resourceTag(this.shown(resource)), ifMatch);
      return resourceOf(key, { ...kept(resource), ...state });
    };
    return this.shown(await this.resources.change(key, changed, actor));
  }

  private shown(resource: Resource): ResourceDto {
    return { ...resourceMetadata(resource), managed_by: this.resources.managedBy(resource.identifier) };
  }
}

export const resourceTag = (resource: ResourceDto): string => entityTag(resource);

const resourceOf = (identifier: string, state: ResourceStateDto): Resource => ({
  identifier,
  name: state.name ?? identifier,
  scopes: state.scopes ?? [],
  accessTokenFormat: state.access_token_format ?? null,
  accessTokenTtl: state.access_token_ttl ?? null,
});
