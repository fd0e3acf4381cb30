import { createPrivateKey, generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { calculateJwkThumbprint } from 'jose';
import type { JWK } from 'jose';
import { Repository } from 'typeorm';
import { Clock } from '../common/index.js';
import { Database } from '../database/index.js';
import { KeyEncryption } from './key-encryption.js';
import { KeyRing, ParsedKey } from './key-ring.js';
import { SigningKey } from './signing-key.entity.js';
import type { SigningAlgorithm } from './signing-key.entity.js';

const generate = promisify(generateKeyPair);
/** Any fixed number: one instance at a time makes the first keys. */
const FIRST_KEYS_LOCK = 4_861_001;

/** Stores, makes and opens the signing keys. */
@Injectable()
export class SigningKeysService {
  constructor(
    @InjectRepository(SigningKey) private readonly keys: Repository<SigningKey>,
    private readonly encryption: KeyEncryption,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws WrongKeyEncryptionKeyError: keys are never silently replaced. */
  async load(): Promise<KeyRing> {
    const rows = await this.keys.find({ order: { createdAt: 'ASC' } });
    return new KeyRing(rows.map((row) => new ParsedKey(row, this.open(row))));
  }

  /** Makes a key for each algorithm that has none yet. The lock ends with the transaction. */
  async ensure(algorithms: readonly SigningAlgorithm[]): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [FIRST_KEYS_LOCK]);
      for (const alg of algorithms) {
        if (await manager.existsBy(SigningKey, { alg })) continue;
        await manager.insert(SigningKey, await this.make(alg));
      }
    });
  }

  private async make(alg: SigningAlgorithm): Promise<SigningKey> {
    const pair =
      alg === 'RS256'
        ? await generate('rsa', { modulusLength: 2048 })
        : await generate('ec', { namedCurve: 'P-256' });
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

  private open(row: SigningKey): KeyObject {
    const key = this.encryption.decrypt(row.encryptedPrivateKey, contextOf(row.kid));
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  }
}

const contextOf = (kid: string): string => `gatehouse signing key ${kid}`;
