import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from '../../src/database/index.js';
import { GatehouseModule } from '../../src/index.js';
import { freshDatabase } from '../support/databases.js';
import { TestServer } from '../support/index.js';

/** A route that is none of Gatehouse's. */
@Controller('greeting')
class GreetingController {
  @Get()
  greet(): string {
    return 'Hello from the host.';
  }
}

@Module({})
class HostModule {}

/** Somebody else's Nest application, with Gatehouse as one import among its own. */
export async function startHost(port: number, prefix = ''): Promise<TestServer> {
  const database = await freshDatabase();
  const issuer = `http://127.0.0.1:${port}${prefix}`;
  const options = dataSourceOptions({ url: database.url, dataDir: '', ...database.options });
  const module = {
    module: HostModule,
    imports: [
      TypeOrmModule.forRoot({ ...options, autoLoadEntities: true }),
      GatehouseModule.forRoot({
        issuer,
        environment: 'test',
        scopes: [{ name: 'read' }],
        dataSource: 'default',
      }),
    ],
    controllers: [GreetingController],
  };
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: false,
    abortOnError: false,
  });
  if (prefix) app.setGlobalPrefix(prefix);
  await app.listen(port, '127.0.0.1');
  return new TestServer(app, issuer, issuer, database, true);
}
