import type { JWK } from 'jose';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeyAlgorithm } from './algorithms.js';

/** A key pair of this server. The private half is readable only with the key-encryption key. */
@Entity('gh_key')
export class StoredKey {
  @PrimaryColumn('text')
  kid: string;

  @Column('text')
  alg: KeyAlgorithm;

  @Column('jsonb', { name: 'public_jwk' })
  publicJwk: JWK;

  /** Null once nothing needs it any more. */
  @Column('bytea', { name: 'encrypted_private_key', nullable: true })
  encryptedPrivateKey: Buffer | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** From then on it is the one that is used, until a younger key of its algorithm is. */
  @Column('timestamptz', { name: 'active_from' })
  activeFrom: Date;

  /** From then on it is no longer published. */
  @Column('timestamptz', { name: 'published_until', nullable: true })
  publishedUntil: Date | null;
}
