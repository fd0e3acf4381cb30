import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who buys here. */
@Entity('customer')
export class Customer {
  @PrimaryColumn('text')
  number: string;

  @Column('text', { unique: true })
  email: string;

  @Column('text')
  name: string;

  /** The shop's own way of keeping passwords: scrypt, salt and hash. */
  @Column('text', { name: 'password_hash' })
  passwordHash: string;
}
