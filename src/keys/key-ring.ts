import type { JWK } from 'jose';
import type { SigningAlgorithm } from './algorithms.js';
import type { ParsedKey } from './parsed-key.js';
import type { SigningKey } from './signing-key.entity.js';

/** Where a key stands: published only, signing, published until its last token has expired, or history. */
export type KeyState = 'next' | 'signing' | 'retiring' | 'retired';

/** What may be told of a key. */
export interface KeyDescription {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly state: KeyState;
  readonly createdAt: Date;
  readonly activeFrom: Date;
  readonly publishedUntil: Date | null;
}

/** The keys as they stand at one moment: those that sign, and all that are published. */
export class KeyRing {
  private readonly byId: ReadonlyMap<string, ParsedKey>;

  constructor(private readonly keys: readonly ParsedKey[]) {
    this.byId = new Map(keys.map((key) => [key.row.kid, key]));
  }

  find(kid: string | undefined): ParsedKey | undefined {
    return kid === undefined ? undefined : this.byId.get(kid);
  }

  /** The youngest published key of that algorithm whose time has come. */
  signing(alg: SigningAlgorithm, now: Date): ParsedKey | undefined {
    return this.keys
      .filter(({ row }) => row.alg === alg && row.activeFrom <= now && isPublished(row, now))
      .sort((one, other) => rank(other.row, one.row))[0];
  }

  /** Public members only. @see RFC 7517 §5 */
  jwks(now: Date): { keys: JWK[] } {
    const published = this.keys.filter(({ row }) => isPublished(row, now));
    return {
      keys: published.map(({ row }) => ({ ...row.publicJwk, kid: row.kid, alg: row.alg, use: 'sig' })),
    };
  }

  describe(now: Date): KeyDescription[] {
    return this.keys.map(({ row }) => ({
      kid: row.kid,
      alg: row.alg,
      state: this.stateOf(row, now),
      createdAt: row.createdAt,
      activeFrom: row.activeFrom,
      publishedUntil: row.publishedUntil,
    }));
  }

  private stateOf(row: SigningKey, now: Date): KeyState {
    if (!isPublished(row, now)) return 'retired';
    if (row.activeFrom > now) return 'next';
    return this.signing(row.alg, now)?.row === row ? 'signing' : 'retiring';
  }
}

export const isPublished = ({ publishedUntil }: SigningKey, now: Date): boolean =>
  !publishedUntil || publishedUntil > now;

/** Of two that became active in the same millisecond, the one that was not retired by the other. */
const rank = (one: SigningKey, other: SigningKey): number =>
  one.activeFrom.getTime() - other.activeFrom.getTime() || endOf(one) - endOf(other);

const endOf = ({ publishedUntil }: SigningKey): number => publishedUntil?.getTime() ?? Number.MAX_VALUE;
