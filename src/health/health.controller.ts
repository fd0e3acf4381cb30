import { Controller, Get, Header, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OAuthErrorFilter, Public } from '../common/index.js';
import { Database, prepared, statementsSent } from '../database/index.js';

const PING = prepared('SELECT 1');

/** For whoever watches over the server. */
@ApiTags('Operation')
@Controller()
@Public()
@UseFilters(OAuthErrorFilter)
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('health/live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Is the process alive?' })
  live(): object {
    return { status: 'ok' };
  }

  /** 503 while the database does not answer. */
  @Get('health/ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Can it serve?' })
  async ready(): Promise<object> {
    await this.database.run(PING, []);
    return { status: 'ok' };
  }

  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  @Header('Content-Type', 'text/plain; version=0.0.4')
  @ApiOperation({ summary: 'Figures in Prometheus text format' })
  metrics(): string {
    const { rss } = process.memoryUsage();
    return [
      '# TYPE gatehouse_sql_statements_total counter',
      `gatehouse_sql_statements_total ${statementsSent()}`,
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${rss}`,
      '# TYPE process_cpu_seconds_total counter',
      `process_cpu_seconds_total ${process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6}`,
      '',
    ].join('\n');
  }
}
