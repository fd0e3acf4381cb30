import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint } from 'jose';
import type { JWK } from 'jose';
import { In, MoreThan, Repository } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AuditService, THE_SERVER, changesBetween } from '../audit/index.js';
import type { Actor } from '../audit/index.js';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, InjectRepository } from '../database/index.js';
import { EventsService } from '../events/index.js';
import type { KeyAlgorithm } from './algorithms.js';
import { KeyEncryption } from './key-encryption.js';
import { KeyMaterial } from './key-material.js';
import { makeKeyPair } from './key-pair.js';
import { KeyRing } from './key-ring.js';
import { rotationSchedule } from './rotation-schedule.js';
import { StoredKey } from './stored-key.entity.js';

/** Any fixed number: one instance at a time makes keys. */
const KEYS_LOCK = 4_861_001;

/** Asked in the database, where those that the file no longer names still are. */
const LONGEST_TTL = `SELECT max(access_token_ttl) AS ttl FROM (
  SELECT access_token_ttl FROM gh_resource UNION ALL SELECT access_token_ttl FROM gh_scope
  UNION ALL SELECT access_token_ttl FROM gh_client) AS lives`;
const RETIRE_OTHERS = `UPDATE gh_key SET published_until = $3
  WHERE alg = $1 AND kid <> $2 AND (published_until IS NULL OR published_until > $3)`;

/** How to rotate. */
export interface RotationOptions {
  /** Lets the new key sign now: who has cached the published keys does not know it yet. */
  readonly immediately?: boolean;
  /** Who asks for it; the server itself unless told. */
  readonly actor?: Actor;
  /** Changes nothing where the youngest key took over later than this: another instance was faster. */
  readonly ifOlderThan?: Date;
}

/** What a rotation came to. */
export interface Rotation {
  readonly kid: string;
  readonly alg: KeyAlgorithm;
  readonly activeFrom: Date;
  /** False when the next key was there already, which happens when two rotate at once. */
  readonly made: boolean;
}

/** Stores, makes and opens this server's keys. */
@Injectable()
export class KeysService {
  /** Opened once: what a key can do does not change, only whether it still does. */
  private readonly opened = new Map<string, KeyMaterial>();

  constructor(
    @InjectRepository(StoredKey) private readonly keys: Repository<StoredKey>,
    private readonly encryption: KeyEncryption,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /** @throws WrongKeyEncryptionKeyError: keys are never silently replaced. */
  async load(): Promise<KeyRing> {
    const rows = await this.keys.find({ order: { activeFrom: 'ASC', kid: 'ASC' } });
    return new KeyRing(rows.map((row) => ({ row, material: this.materialOf(row) })));
  }

  /** Makes a key for each algorithm that has none yet, side by side and before the lock is taken: RSA takes its time. */
  async ensure(algorithms: readonly KeyAlgorithm[]): Promise<void> {
    const missing = await this.missing(this.keys.manager, algorithms);
    if (missing.length === 0) return;
    const fresh = await Promise.all(missing.map((alg) => this.make(alg)));
    await this.exclusively(async (manager) => {
      const still = await this.missing(manager, missing);
      await manager.insert(
        StoredKey,
        fresh.filter(({ alg }) => still.includes(alg)),
      );
    });
  }

  private async missing<A extends KeyAlgorithm>(
    manager: EntityManager,
    algorithms: readonly A[],
  ): Promise<A[]> {
    const found = await manager.find(StoredKey, {
      select: { alg: true },
      where: { alg: In([...algorithms]) },
    });
    return algorithms.filter((alg) => !found.some((key) => key.alg === alg));
  }

  /**
   * Publishes the next key of that algorithm, and lets the keys before it go once their last token has expired.
   * A next key that waits already is the answer, not doubled.
   */
  async rotate(alg: KeyAlgorithm, options: RotationOptions = {}): Promise<Rotation> {
    const { immediately = false, actor = THE_SERVER } = options;
    const standing = await this.standing(this.keys.manager, alg, options);
    if (standing) return standing;
    // Made before the lock is taken: an RSA key takes its time.
    const fresh = await this.make(alg);
    const rotation = await this.exclusively(async (manager) => {
      const done =
        (await this.standing(manager, alg, options)) ?? (await this.succeed(manager, fresh, immediately));
      if (done.made || immediately) await this.record(manager, actor, done);
      return done;
    });
    if (rotation.made) this.events.emit('key.created', { kid: rotation.kid, alg });
    return rotation;
  }

  /** Erases the private half of keys that nothing needs any more; what they signed can still be verified. */
  async erase(kids: readonly string[]): Promise<void> {
    await this.keys.update({ kid: In([...kids]) }, { encryptedPrivateKey: null });
  }

  private record(manager: EntityManager, actor: Actor, { kid, alg, activeFrom }: Rotation): Promise<void> {
    const changes = changesBetween(null, { alg, active_from: activeFrom });
    return this.audit.record(manager, { actor, action: 'key.rotated', target: kid, changes });
  }

  /** What stays as it is: a next key that waits, or one that is too young. */
  private async standing(
    manager: EntityManager,
    alg: KeyAlgorithm,
    { immediately = false, ifOlderThan = this.clock.now() }: RotationOptions,
  ): Promise<Rotation | null> {
    if (immediately) return null;
    const activeFrom = MoreThan(ifOlderThan);
    const youngest = await manager.findOne(StoredKey, {
      where: { alg, activeFrom },
      order: { activeFrom: 'DESC' },
    });
    return youngest && { kid: youngest.kid, alg, activeFrom: youngest.activeFrom, made: false };
  }

  private async succeed(manager: EntityManager, fresh: StoredKey, immediately: boolean): Promise<Rotation> {
    const { alg } = fresh;
    const now = this.clock.now();
    const waiting = await manager.findOneBy(StoredKey, { alg, activeFrom: MoreThan(now) });
    const { kid } = waiting ?? fresh;
    const tokenLife = await this.longestTokenLife(manager);
    const { activeFrom, previousUntil } = rotationSchedule(now, { tokenLife, immediately });
    if (waiting) await manager.update(StoredKey, { kid }, { activeFrom });
    else await manager.insert(StoredKey, { ...fresh, activeFrom });
    await manager.query(RETIRE_OTHERS, [alg, kid, previousUntil]);
    return { kid, alg, activeFrom, made: !waiting };
  }

  /** Seconds: whatever settings, resource, scope or client say, no token lives longer. */
  private async longestTokenLife(manager: EntityManager): Promise<number> {
    const { accessToken, idToken } = this.settings;
    const [row] = await manager.query<[{ ttl: number | null }]>(LONGEST_TTL);
    return Math.max(accessToken.ttl, idToken.ttl, row.ttl ?? 0);
  }

  private exclusively<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [KEYS_LOCK]);
      return work(manager);
    });
  }

  private async make(alg: KeyAlgorithm): Promise<StoredKey> {
    const pair = await makeKeyPair(alg);
    const publicJwk = pair.publicKey.export({ format: 'jwk' }) as JWK;
    const kid = await calculateJwkThumbprint(publicJwk);
    const now = this.clock.now();
    const pkcs8 = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
    const encryptedPrivateKey = this.encryption.encrypt(pkcs8, contextOf(kid));
    return {
      kid,
      alg,
      publicJwk,
      encryptedPrivateKey,
      createdAt: now,
      activeFrom: now,
      publishedUntil: null,
    };
  }

  private materialOf(row: StoredKey): KeyMaterial {
    const { kid, encryptedPrivateKey } = row;
    if (!encryptedPrivateKey) this.opened.delete(kid);
    const known = this.opened.get(kid);
    if (known) return known;
    const material = new KeyMaterial(row, encryptedPrivateKey && this.open(kid, encryptedPrivateKey));
    if (encryptedPrivateKey) this.opened.set(kid, material);
    return material;
  }

  private open(kid: string, encrypted: Buffer): KeyObject {
    const key = this.encryption.decrypt(encrypted, contextOf(kid));
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  }
}

const contextOf = (kid: string): string => `gatehouse key ${kid}`;
