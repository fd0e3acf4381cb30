import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration of the shop's, as it was there before Gatehouse came. */
export class AddCustomers1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE customer (number text PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, password_hash text NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE customer');
  }
}
