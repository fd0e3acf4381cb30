import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { Clock, isDatabaseUnavailable } from '../common/index.js';
import { Settings } from '../config/index.js';
import { KEY_ALGORITHMS } from './algorithms.js';
import type { KeyAlgorithm, SigningAlgorithm } from './algorithms.js';
import { isPublished } from './key-ring.js';
import type { KeyDescription, KeyRing } from './key-ring.js';
import { RING_REFRESH, dueSince } from './rotation-schedule.js';
import { KeysService } from './keys.service.js';
import type { Rotation, RotationOptions } from './keys.service.js';

/** Milliseconds. */
const DAY = 24 * 60 * 60_000;

/** Signs and verifies this server's own JWTs. */
@Injectable()
export class JwtService implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Keys');
  private ring: KeyRing;
  private ready: Promise<void>;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly keys: KeysService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** The first start makes keys, which takes half a second: beside the rest of the start. */
  onModuleInit(): void {
    this.ready = this.prepare();
    this.ready.catch(() => undefined);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ready;
    // Read whether or not anybody asks: who has idled must not publish or sign with what was true an hour ago.
    this.timer = setInterval(() => void this.refreshQuietly(), RING_REFRESH * 1000).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @param type the `typ` header: it keeps one kind of token from passing for another (RFC 8725 §3.11). */
  sign(claims: object, options: { alg: SigningAlgorithm; type: string }): string {
    const key = this.ring.inUse(options.alg, this.clock.now());
    if (!key) throw new Error(`there is no signing key for ${options.alg}`);
    return key.material.sign(claims, options.type);
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
    const key = this.ring.find(headerOf(jwt).kid);
    if (!key || !(options.expired || isPublished(key.row, this.clock.now()))) return null;
    try {
      const { payload } = await jwtVerify(jwt, key.material.publicKey, {
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

  /**
   * The content of a JWE that was encrypted to this server, in one of the ways that it offers; null for anything else.
   * What is inside is proven by nothing yet.
   * @see RFC 7516 §5.2
   */
  async decrypt(jwe: string): Promise<string | null> {
    for (const key of this.ring.decrypting(headerOf(jwe))) {
      const content = await key.decrypt(jwe).catch(() => null);
      if (content !== null) return content;
    }
    return null;
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

  /** @see KeysService.rotate */
  async rotate(alg: KeyAlgorithm, options?: RotationOptions): Promise<Rotation> {
    const rotation = await this.keys.rotate(alg, options);
    await this.refresh();
    return rotation;
  }

  /** Publishes the successor of each key that has been in use for so long that it is time. */
  async rotateDue(): Promise<Rotation[]> {
    const { rotationInterval } = this.settings.keys;
    if (rotationInterval === 0) return [];
    const ifOlderThan = dueSince(this.clock.now(), rotationInterval);
    const due = KEY_ALGORITHMS.filter((alg) => {
      const youngest = this.ring.youngest(alg);
      return youngest && youngest.activeFrom <= ifOlderThan;
    });
    const rotations: Rotation[] = [];
    for (const alg of due) rotations.push(await this.rotate(alg, { ifOlderThan }));
    return rotations;
  }

  /** Who has kept the published keys may still encrypt to one that is gone from them: for a day it can be read. */
  async eraseRetired(): Promise<void> {
    const retired = this.ring.expiredBefore(new Date(this.clock.now().getTime() - DAY));
    if (retired.length === 0) return;
    await this.keys.erase(retired.map(({ kid }) => kid));
    await this.refresh();
  }

  /** Takes over what other instances have done. */
  async refresh(): Promise<void> {
    this.ring = await this.keys.load();
  }

  private async prepare(): Promise<void> {
    await this.keys.ensure(KEY_ALGORITHMS);
    await this.refresh();
  }

  private async refreshQuietly(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) this.logger.error('the keys cannot be read again', error);
    }
  }
}

/** Nothing for what is no JWT. */
function headerOf(jwt: string): { kid?: string; alg?: string } {
  try {
    return decodeProtectedHeader(jwt);
  } catch {
    return {};
  }
}
