import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Repository } from 'typeorm';
import { InvalidScopeError, InvalidTargetError, Scope } from '../common/index.js';
import { Settings } from '../config/index.js';
import { InjectRepository } from '../database/index.js';
import { RegisteredScope } from './registered-scope.entity.js';
import { Resource } from './resource.entity.js';
import { STANDARD_SCOPES } from './standard-scopes.js';

/** Everything that can be asked for. */
interface Catalogue {
  readonly scopes: ReadonlyMap<string, RegisteredScope>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly all: Scope;
  readonly defaults: Scope;
}

/** How stale the catalogue may be on an instance that did not change it, in milliseconds. */
export const CATALOGUE_TTL = 1000;

/** The scopes and resources on offer: few, and read from memory. */
@Injectable()
export class ScopesService {
  private readonly cache = new LRUCache<'catalogue', Catalogue>({
    max: 1,
    ttl: CATALOGUE_TTL,
    // Whoever reads while another changes gets what was read; only it is not kept.
    ignoreFetchAbort: true,
    fetchMethod: () => this.load(),
  });

  constructor(
    @InjectRepository(RegisteredScope) private readonly scopes: Repository<RegisteredScope>,
    @InjectRepository(Resource) private readonly resources: Repository<Resource>,
    private readonly settings: Settings,
  ) {}

  /** Every scope, standard ones first. */
  async list(): Promise<RegisteredScope[]> {
    return [...(await this.catalogue()).scopes.values()];
  }

  /** Every resource, by its identifier. */
  async listResources(): Promise<Resource[]> {
    return [...(await this.catalogue()).resources.values()];
  }

  /** The scopes with what people read about them, in the order asked. */
  async describe(scope: Scope): Promise<RegisteredScope[]> {
    const { scopes } = await this.catalogue();
    return [...scope].flatMap((name) => scopes.get(name) ?? []);
  }

  /**
   * What a request asks for: every name must be registered, here and with the client.
   * Without any, the default scopes apply, as far as the client has them (RFC 6749 §3.3).
   * With `narrowScopes`, what the client may not have is left out, as long as something remains.
   * @throws InvalidScopeError
   */
  async requested(requested: string | undefined, registered: Scope): Promise<Scope> {
    const { all, defaults } = await this.catalogue();
    const asked = Scope.parse(requested);
    if (asked.size === 0) return registered.intersect(defaults.size > 0 ? defaults : all);
    const granted = asked.intersect(registered).intersect(all);
    if (this.settings.narrowScopes && granted.size > 0) return granted;
    if (!all.includes(asked)) throw new InvalidScopeError('a scope is unknown', { parameter: 'scope' });
    if (!registered.includes(asked)) {
      throw new InvalidScopeError('a scope is not allowed to this client', { parameter: 'scope' });
    }
    return asked;
  }

  /**
   * The resources that a request names, each registered.
   * @throws InvalidTargetError
   * @see RFC 8707 §2
   */
  async resourcesFor(identifiers: readonly string[]): Promise<Resource[]> {
    if (identifiers.length === 0) return [];
    const { resources } = await this.catalogue();
    return identifiers.map((identifier) => {
      const resource = resources.get(identifier);
      if (!resource) throw new InvalidTargetError('the resource is unknown', { parameter: 'resource' });
      return resource;
    });
  }

  /**
   * Is this scope free for every registered user's own client?
   * @throws InvalidScopeError
   */
  async assertFree(scope: Scope): Promise<void> {
    for (const name of scope) {
      const registered = (await this.catalogue()).scopes.get(name);
      if (!registered || registered.restricted) {
        throw new InvalidScopeError(`scope ${name} is not offered to applications`, { parameter: 'scope' });
      }
    }
  }

  /** The catalogue was changed: it is read anew. */
  forget(): void {
    this.cache.clear();
  }

  private async catalogue(): Promise<Catalogue> {
    return this.cache.get('catalogue') ?? (await this.cache.fetch('catalogue'))!;
  }

  private async load(): Promise<Catalogue> {
    const [stored, resources] = await Promise.all([
      this.scopes.find({ order: { name: 'ASC' } }),
      this.resources.find({ order: { identifier: 'ASC' } }),
    ]);
    const scopes = new Map([...STANDARD_SCOPES, ...stored].map((scope) => [scope.name, scope]));
    return {
      scopes,
      resources: new Map(resources.map((resource) => [resource.identifier, resource])),
      all: new Scope(scopes.keys()),
      defaults: new Scope([...scopes.values()].filter((scope) => scope.isDefault).map((scope) => scope.name)),
    };
  }
}
