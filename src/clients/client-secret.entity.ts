import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
} from 'typeorm';
import type { Relation } from 'typeorm';
import { Client } from './client.entity.js';

/** One of a client's secrets: readable to nobody once it was shown. */
@Entity('gh_client_secret')
@Index('gh_client_secret_client', ['clientId'])
@Check('gh_client_secret_check', '(digest IS NULL) <> (password_hash IS NULL)')
export class ClientSecret {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @ManyToOne(() => Client, (client) => client.secrets, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'client_id', foreignKeyConstraintName: 'gh_client_secret_client_id_fkey' })
  client: Relation<Client>;

  @Column('text')
  label: string;

  /** SHA-256 of a secret that we made: 256 random bits need no slow hash. */
  @Column('bytea', { nullable: true })
  digest: Buffer | null;

  /** argon2id of a secret that a person chose. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  /** The secret itself, encrypted: only where the client has chosen HS256 (Client.readableSecret). */
  @Column('bytea', { nullable: true })
  encrypted: Buffer | null;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
