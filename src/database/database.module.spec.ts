import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource, type MigrationInterface } from 'typeorm';
import { dataSourceOptions } from './data-source-options.js';
import { Database } from './database.js';
import { DatabaseModule } from './database.module.js';
import { dumpDatabase } from './dump-database.js';
import { migrate } from './migrator.js';
import { prepared } from './prepared-statement.js';

@Injectable()
class Feature {
  constructor(readonly database: Database) {}
}

@Module({ imports: [DatabaseModule], providers: [Feature] })
class FeatureModule {}

describe('DatabaseModule', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-module-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));

  it('opens the embedded database, hands Database to a feature, and gives the directory free on shutdown', async () => {
    const first = await start();
    const { database } = first.get(Feature, { strict: false });
    await database.transaction((manager) => manager.query('CREATE TABLE kept AS SELECT 1 AS id'));
    await expect(start()).rejects.toThrow(/is in use by another process/);
    await first.close();

    const second = await start();
    const rows = await second
      .get(Feature, { strict: false })
      .database.run(prepared('SELECT id FROM kept'), []);
    await second.close();
    expect(rows).toEqual([{ id: 1 }]);
  });

  function start() {
    const root = DatabaseModule.forRootAsync({ useFactory: () => Promise.resolve({ dataDir }) });
    return Test.createTestingModule({ imports: [root, FeatureModule] }).compile();
  }
});

class CreateNotes1700000000001 implements MigrationInterface {
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('CREATE TABLE notes (id int)');
  }
  async down(): Promise<void> {}
}

describe('migrate, embedded', () => {
  it('runs what is pending once, and refuses what a newer release did', async () => {
    const options = dataSourceOptions({ dataDir: '', memory: true });
    const migrations = [CreateNotes1700000000001];
    const first = await new DataSource({ ...options, migrations }).initialize();
    await migrate(first, { served: false });
    await migrate(first, { served: false });
    const snapshot = await dumpDatabase(first);
    await first.destroy();

    const older = dataSourceOptions({ dataDir: '', memory: true, snapshot });
    const second = await new DataSource({ ...older, migrations: [] }).initialize();
    await expect(migrate(second, { served: false })).rejects.toThrow(
      'CreateNotes1700000000001 not known here',
    );
    expect(await second.query('SELECT * FROM notes')).toEqual([]);
    await second.destroy();
  });
});
