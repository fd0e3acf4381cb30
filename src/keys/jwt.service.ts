import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import type { KeyRing } from './key-ring.js';
import type { SigningAlgorithm } from './signing-key.entity.js';
import { SigningKeysService } from './signing-keys.service.js';

/** How old this instance's picture of the keys may become, in milliseconds. */
const RING_TTL = 10_000;

/** Signs and verifies this server's own JWTs. */
@Injectable()
export class JwtService implements OnModuleInit {
  private ring: KeyRing;
  private loadedAt = 0;
  private loading?: Promise<void>;

  constructor(
    private readonly keys: SigningKeysService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.keys.ensure(['ES256', 'RS256']);
    await this.reload();
  }

  /** @param type the `typ` header: it keeps one kind of token from passing for another (RFC 8725 §3.11). */
  sign(claims: object, options: { alg: SigningAlgorithm; type: string }): string {
    this.refreshBehind();
    const key = this.ring.signing(options.alg, this.clock.now());
    if (!key) throw new Error(`there is no signing key for ${options.alg}`);
    return key.sign(claims, options.type);
  }

  /**
   * The claims of a JWT that this server has signed and that has not expired; null for anything else.
   * @param options.expired takes one that has expired, too: it says who it was for, and proves nothing more
   */
  async verify(
    jwt: string,
    type: string,
    options: { expired?: 'accepted' } = {},
  ): Promise<JWTPayload | null> {
    const key = this.ring.find(keyIdOf(jwt));
    if (!key) return null;
    try {
      const { payload } = await jwtVerify(jwt, key.publicKey, {
        issuer: this.settings.issuer,
        algorithms: [key.row.alg],
        typ: type,
        currentDate: this.clock.now(),
        clockTolerance: options.expired ? Infinity : 0,
      });
      return payload;
    } catch {
      return null;
    }
  }

  /** @see RFC 7517 §5 */
  jwks(): object {
    this.refreshBehind();
    return this.ring.jwks(this.clock.now());
  }

  /** Reads the keys again when they are old; the request that notices does not wait. */
  private refreshBehind(): void {
    if (performance.now() - this.loadedAt < RING_TTL) return;
    this.loading ??= this.reload()
      .catch(() => undefined)
      .finally(() => (this.loading = undefined));
  }

  private async reload(): Promise<void> {
    this.loadedAt = performance.now();
    this.ring = await this.keys.load();
  }
}

function keyIdOf(jwt: string): string | undefined {
  try {
    return decodeProtectedHeader(jwt).kid;
  } catch {
    return undefined;
  }
}
