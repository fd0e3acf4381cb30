import { Column, CreateDateColumn, Entity, PrimaryColumn, Unique, UpdateDateColumn } from 'typeorm';
import type { UserClaims } from './user.js';

/** A user that Gatehouse itself keeps. */
@Entity('gh_user')
@Unique('gh_user_username_key', ['username'])
export class LocalUser {
  @PrimaryColumn('text')
  subject: string;

  /** Compared without regard to case: stored in lower case. */
  @Column('text')
  username: string;

  @Column('text', { name: 'password_hash' })
  passwordHash: string;

  @Column('jsonb')
  claims: UserClaims;

  @Column('text', { array: true })
  roles: string[];

  @Column('boolean')
  disabled: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;
}
