import type { AddressInfo } from 'node:net';
import { Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastExpressAdapter } from './fast-express.adapter.js';

@Controller()
class SampleController {
  @Get('plain')
  plain(): object {
    return { text: 'naïve 🔑', none: undefined, list: [1, null] };
  }

  @Get('instance')
  instance(): object {
    return Object.assign(new Map(), { text: 'an instance' });
  }

  @Get('nothing')
  nothing(): void {}

  @Get('text')
  text(): string {
    return 'text';
  }

  @Get('list')
  list(): object[] {
    return [{ one: 1 }];
  }

  @Post('made')
  made(): object {
    return { made: true };
  }

  @Post('empty')
  @HttpCode(204)
  empty(): object {
    return { not: 'sent' };
  }
}

@Module({ controllers: [SampleController] })
class SampleModule {}

describe('FastExpressAdapter', () => {
  const apps: NestExpressApplication[] = [];
  afterAll(() => Promise.all(apps.map((app) => app.close())));

  it.each([
    ['GET', 'plain', undefined],
    ['HEAD', 'plain', undefined],
    ['GET', 'plain', 'etag'],
    ['GET', 'plain', 'json spaces'],
    ['GET', 'instance', undefined],
    ['GET', 'nothing', undefined],
    ['GET', 'text', undefined],
    ['GET', 'list', undefined],
    ['POST', 'made', undefined],
    ['POST', 'empty', undefined],
    ['GET', 'unknown', undefined],
  ])('answers %s /%s (%s) as Express does', async (method, path, setting) => {
    const [fast, plain] = await Promise.all(
      [new FastExpressAdapter(), new ExpressAdapter()].map((adapter) =>
        answer(adapter, method, path, setting),
      ),
    );
    expect(fast).toEqual(plain);
  });

  async function answer(adapter: ExpressAdapter, method: string, path: string, setting?: string) {
    const options = { logger: false as const };
    const app = await NestFactory.create<NestExpressApplication>(SampleModule, adapter, options);
    apps.push(app);
    app.set('etag', setting === 'etag');
    if (setting === 'json spaces') app.set('json spaces', 2);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { method });
    const headers = Object.fromEntries(response.headers);
    delete headers['date'];
    return { status: response.status, headers, body: await response.text() };
  }
});
