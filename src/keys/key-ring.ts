import type { JWK } from 'jose';
import { KEY_ALGORITHMS, useOf } from './algorithms.js';
import type { KeyAlgorithm, KeyUse } from './algorithms.js';
import type { KeyMaterial } from './key-material.js';
import type { StoredKey } from './stored-key.entity.js';

/**
 * Where a key stands: published only, in use (it signs, or others encrypt to it), published until its last token has
 * expired, or history.
 */
export type KeyState = 'next' | 'signing' | 'decrypting' | 'retiring' | 'retired';

/** What may be told of a key. */
export interface KeyDescription {
  readonly kid: string;
  readonly alg: KeyAlgorithm;
  readonly use: KeyUse;
  readonly state: KeyState;
  readonly createdAt: Date;
  readonly activeFrom: Date;
  readonly publishedUntil: Date | null;
}

/** A key as it stands, and what it can do. */
export interface RingKey {
  readonly row: StoredKey;
  readonly material: KeyMaterial;
}

/** The keys as they stand at one moment: those in use, and all that are published. */
export class KeyRing {
  private readonly byId: ReadonlyMap<string, RingKey>;
  /** The youngest first. */
  private readonly byAlgorithm: ReadonlyMap<KeyAlgorithm, readonly RingKey[]>;

  /** @param keys in the order of their taking over */
  constructor(private readonly keys: readonly RingKey[]) {
    this.byId = new Map(keys.map((key) => [key.row.kid, key]));
    const ranked = [...keys].sort((one, other) => rank(other.row, one.row));
    this.byAlgorithm = new Map(
      KEY_ALGORITHMS.map((alg) => [alg, ranked.filter(({ row }) => row.alg === alg)]),
    );
  }

  find(kid: string | undefined): RingKey | undefined {
    return kid === undefined ? undefined : this.byId.get(kid);
  }

  /** The youngest published key of that algorithm whose time has come. */
  inUse(alg: KeyAlgorithm, now: Date): RingKey | undefined {
    return this.byAlgorithm.get(alg)?.find(({ row }) => row.activeFrom <= now && isPublished(row, now));
  }

  /** The keys that a JWE may be encrypted to, the youngest first: the one it names, or each that its wrapping fits. */
  decrypting({ kid, alg }: { kid?: string; alg?: string }): KeyMaterial[] {
    return this.keys
      .filter(({ row }) => useOf(row.alg) === 'enc' && row.encryptedPrivateKey !== null)
      .filter(({ row }) => (kid === undefined ? alg?.startsWith(row.alg) : row.kid === kid))
      .map(({ material }) => material)
      .reverse();
  }

  /** The youngest of that algorithm, which may still wait for its time. */
  youngest(alg: KeyAlgorithm): StoredKey | undefined {
    return this.byAlgorithm.get(alg)?.[0]?.row;
  }

  /** Those whose private half nothing needs since that moment. */
  expiredBefore(moment: Date): StoredKey[] {
    return this.keys
      .map(({ row }) => row)
      .filter((row) => row.encryptedPrivateKey !== null && !isPublished(row, moment));
  }

  /** Public members only; one to encrypt to is for several ways of wrapping. @see RFC 7517 §4.4, §5 */
  jwks(now: Date): { keys: JWK[] } {
    const published = this.keys.map(({ row }) => row).filter((row) => isPublished(row, now));
    return { keys: published.sort((one, other) => useRank(one) - useRank(other)).map(toJwk) };
  }

  describe(now: Date): KeyDescription[] {
    return this.keys.map(({ row }) => ({
      kid: row.kid,
      alg: row.alg,
      use: useOf(row.alg),
      state: this.stateOf(row, now),
      createdAt: row.createdAt,
      activeFrom: row.activeFrom,
      publishedUntil: row.publishedUntil,
    }));
  }

  private stateOf(row: StoredKey, now: Date): KeyState {
    if (!isPublished(row, now)) return 'retired';
    if (row.activeFrom > now) return 'next';
    if (this.inUse(row.alg, now)?.row !== row) return 'retiring';
    return useOf(row.alg) === 'sig' ? 'signing' : 'decrypting';
  }
}

export const isPublished = ({ publishedUntil }: StoredKey, now: Date): boolean =>
  !publishedUntil || publishedUntil > now;

const toJwk = ({ kid, alg, publicJwk }: StoredKey): JWK =>
  useOf(alg) === 'sig' ? { ...publicJwk, kid, alg, use: 'sig' } : { ...publicJwk, kid, use: 'enc' };

/** Keys that sign come first: who does not look at `use` finds what is looked for most. */
const useRank = ({ alg }: StoredKey): number => (useOf(alg) === 'sig' ? 0 : 1);

/** Of two that became active in the same millisecond, the one that was not retired by the other. */
const rank = (one: StoredKey, other: StoredKey): number =>
  one.activeFrom.getTime() - other.activeFrom.getTime() || endOf(one) - endOf(other);

const endOf = ({ publishedUntil }: StoredKey): number => publishedUntil?.getTime() ?? Number.MAX_VALUE;
