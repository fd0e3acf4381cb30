import type { JWK } from 'jose';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SigningAlgorithm } from './algorithms.js';

/** A key pair that this server signs with. The private half is readable only with the key-encryption key. */
@Entity('gh_signing_key')
export class SigningKey {
  @PrimaryColumn('text')
  kid: string;

  @Column('text')
  alg: SigningAlgorithm;

  @Column('jsonb', { name: 'public_jwk' })
  publicJwk: JWK;

  @Column('bytea', { name: 'encrypted_private_key' })
  encryptedPrivateKey: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** From then on it signs, until a younger key of its algorithm does. */
  @Column('timestamptz', { name: 'active_from' })
  activeFrom: Date;

  /** From then on it is no longer published. */
  @Column('timestamptz', { name: 'published_until', nullable: true })
  publishedUntil: Date | null;
}
