import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of the shop's own table of users, as it was there before Gatehouse. */
@Entity('customer')
export class Customer {
  @PrimaryColumn('text')
  number: string;

  @Column('text', { unique: true })
  email: string;

  @Column('text')
  name: string;

  @Column('text', { name: 'password_hash' })
  passwordHash: string;
}
