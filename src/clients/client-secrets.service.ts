import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { v7 as uuid } from 'uuid';
import { Clock, PasswordHasher, digestOf, randomToken } from '../common/index.js';
import { Database, LastUses } from '../database/index.js';
import { KeyEncryption } from '../keys/index.js';
import type { Client } from './client.entity.js';
import type { ClientSecret } from './client-secret.entity.js';

/** Whether a client has chosen that its secrets can be read back. */
type Readability = Pick<Client, 'readableSecret'>;

/** A secret that was read back. */
export interface ReadableSecret {
  readonly id: string;
  readonly secret: string;
}

/** Makes and compares client secrets. */
@Injectable()
export class ClientSecretsService implements BeforeApplicationShutdown {
  /** Answers of the slow hash, keyed by a one-way function whose key dies with the process. */
  private readonly verified = new LRUCache<string, true>({ max: 10_000 });
  private readonly processKey = randomToken();
  private readonly lastUses: LastUses;

  constructor(
    private readonly clock: Clock,
    private readonly hasher: PasswordHasher,
    database: Database,
    private readonly encryption: KeyEncryption,
  ) {
    this.lastUses = new LastUses(database, 'gh_client_secret');
  }

  /** A secret of 256 random bits, to be shown once. */
  make(label: string, client: Readability): { secret: string; row: Partial<ClientSecret> } {
    const secret = randomToken();
    const id = uuid();
    return {
      secret,
      row: { id, label, digest: digestOf(secret), encrypted: this.encrypted(id, secret, client) },
    };
  }

  /** A secret that a person chose: hashed like a password. */
  async choose(secret: string, label: string, client: Readability): Promise<Partial<ClientSecret>> {
    const id = uuid();
    const passwordHash = await this.hasher.hash(secret);
    return { id, label, passwordHash, encrypted: this.encrypted(id, secret, client) };
  }

  /** The youngest secret that may be read back, for HS256; null where the client has none. */
  read(client: Client): string | null {
    return this.readAll(client)[0]?.secret ?? null;
  }

  /** Every secret that may be read back, the youngest first: while one is rolled over, either is in use. */
  readAll({ secrets }: Pick<Client, 'secrets'>): ReadableSecret[] {
    const now = this.clock.now();
    return secrets
      .filter(({ encrypted, expiresAt }) => encrypted && (!expiresAt || expiresAt > now))
      .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
      .map(({ id, encrypted }) => ({
        id,
        secret: this.encryption.decrypt(encrypted!, contextOf(id)).toString(),
      }));
  }

  /** One of its secrets has proven the client. */
  noteUse({ id }: ReadableSecret): void {
    this.lastUses.note(id, this.clock.now());
  }

  /** Is this one of the client's secrets, and not expired? */
  async matches(client: Client, presented: string): Promise<boolean> {
    const now = this.clock.now();
    for (const secret of client.secrets) {
      if (secret.expiresAt && secret.expiresAt <= now) continue;
      if (!(await this.isThis(secret, presented))) continue;
      this.lastUses.note(secret.id, now);
      return true;
    }
    return false;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.lastUses.close();
  }

  private encrypted(id: string, secret: string, { readableSecret }: Readability): Buffer | null {
    return readableSecret ? this.encryption.encrypt(Buffer.from(secret), contextOf(id)) : null;
  }

  private async isThis(secret: ClientSecret, presented: string): Promise<boolean> {
    // Both sides are digests, so a comparison's time says nothing of the secret.
    if (secret.digest) return secret.digest.equals(digestOf(presented));
    const answer = hash('sha256', `${this.processKey}\0${secret.passwordHash}\0${presented}`, 'base64');
    if (this.verified.has(answer)) return true;
    if (!(await this.hasher.verify(secret.passwordHash, presented))) return false;
    this.verified.set(answer, true);
    return true;
  }
}

const contextOf = (id: string): string => `gatehouse client secret ${id}`;
