import { hash, verify } from '@node-rs/argon2';
import { WorkQueue } from './work-queue.js';

/** OWASP's minimum for argon2id: 19 MiB, 2 passes. */
const COST = { memoryCost: 19456, timeCost: 2, parallelism: 1 };
/** Longer ones are refused before they cost anything. */
const MAXIMUM_BYTES = 1024;

/** Hashes what people choose, a few at a time: a login storm must not starve the token endpoint. */
export class PasswordHasher {
  private readonly queue: WorkQueue;
  private decoy?: Promise<string>;

  constructor(limits: { concurrency: number; queue: number }) {
    this.queue = new WorkQueue(limits.concurrency, limits.queue);
  }

  /** @throws RangeError when the password is longer than 1,024 bytes. */
  async hash(password: string): Promise<string> {
    if (isTooLong(password)) throw new RangeError('the password is too long');
    return this.queue.run(() => hash(normal(password), COST));
  }

  /**
   * Without a stored hash (no such user) the same work is done, so that time tells nothing.
   * @throws QueueFullError when too many wait.
   */
  async verify(stored: string | null, password: string): Promise<boolean> {
    if (isTooLong(password)) return false;
    const expected = stored ?? (await (this.decoy ??= hash('no one has this password', COST)));
    const matches = await this.queue.run(() => verify(expected, normal(password)));
    return stored !== null && matches;
  }
}

const isTooLong = (password: string): boolean => Buffer.byteLength(password) > MAXIMUM_BYTES;

/** The same characters typed on another keyboard are the same password (NIST SP 800-63B §5.1.1.2). */
const normal = (password: string): string => password.normalize('NFKC');
