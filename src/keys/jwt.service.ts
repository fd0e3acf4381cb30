import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { Clock, isDatabaseUnavailable } from '../common/index.js';
import { Settings } from '../config/index.js';
import { SIGNING_ALGORITHMS } from './algorithms.js';
import type { SigningAlgorithm } from './algorithms.js';
import { isPublished } from './key-ring.js';
import type { KeyDescription, KeyRing } from './key-ring.js';
import { RING_REFRESH } from './rotation-schedule.js';
import { SigningKeysService } from './signing-keys.service.js';
import type { Rotation, RotationOptions } from './signing-keys.service.js';

/** Signs and verifies this server's own JWTs. */
@Injectable()
export class JwtService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Keys');
  private ring: KeyRing;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly keys: SigningKeysService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.keys.ensure(SIGNING_ALGORITHMS);
    await this.refresh();
    // Read whether or not anybody asks: who has idled must not publish or sign with what was true an hour ago.
    this.timer = setInterval(() => void this.refreshQuietly(), RING_REFRESH * 1000).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @param type the `typ` header: it keeps one kind of token from passing for another (RFC 8725 §3.11). */
  sign(claims: object, options: { alg: SigningAlgorithm; type: string }): string {
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
    if (!key || !(options.expired || isPublished(key.row, this.clock.now()))) return null;
    try {
      const { payload } = await jwtVerify(jwt, key.publicKey, {
        issuer: this.settings.issuer,
        algorithms: [key.row.alg],
        typ: type,
        currentDate: this.clock.now(),
        clockTolerance: options.expired ? Number.MAX_SAFE_INTEGER : 0,
      });
      return payload;
    } catch {
      return null;
    }
  }

  /** @see RFC 7517 §5 */
  jwks(): object {
    return this.ring.jwks(this.clock.now());
  }

  /** Every key that there is or was, the oldest first. */
  async list(): Promise<KeyDescription[]> {
    await this.refresh();
    return this.ring.describe(this.clock.now());
  }

  /** @see SigningKeysService.rotate */
  async rotate(alg: SigningAlgorithm, options?: RotationOptions): Promise<Rotation> {
    const rotation = await this.keys.rotate(alg, options);
    await this.refresh();
    return rotation;
  }

  /** Takes over what other instances have done. */
  async refresh(): Promise<void> {
    this.ring = await this.keys.load();
  }

  private async refreshQuietly(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) this.logger.error('the keys cannot be read again', error);
    }
  }
}

function keyIdOf(jwt: string): string | undefined {
  try {
    return decodeProtectedHeader(jwt).kid;
  } catch {
    return undefined;
  }
}
