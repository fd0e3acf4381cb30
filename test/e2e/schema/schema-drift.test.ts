import { DataSource } from 'typeorm';
import { GATEHOUSE_DATA_SOURCE, dataSourceOptions, migrate } from '../../../src/database/index.js';
import { gatehouseEntities } from '../../../src/gatehouse-entities.js';
import { freshDatabase } from '../../support/databases.js';
import { sharedServer } from '../../support/index.js';

describe('The entities and the migrations', () => {
  it('describe the same schema', async () => {
    const database = await freshDatabase();
    const { url, options } = database;
    const place = { dataDir: '', ...options, url, entities: gatehouseEntities };
    const dataSource = await new DataSource(dataSourceOptions(place)).initialize();
    await migrate(dataSource, { served: url !== undefined });
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    await dataSource.destroy();
    await database.drop();
  });

  it('are those that the server and the migration CLI know', async () => {
    const { app } = await sharedServer();
    const loaded = app.get<DataSource>(GATEHOUSE_DATA_SOURCE).entityMetadatas.map(({ target }) => target);
    expect(new Set(loaded)).toEqual(new Set(gatehouseEntities));
    expect(loaded).toHaveLength(gatehouseEntities.length);
  });
});
