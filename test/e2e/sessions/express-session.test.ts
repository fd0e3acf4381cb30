import { Injectable, Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestMiddleware, NestModule } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import session from 'express-session';
import { Browser, aUser, startServer } from '../../support/index.js';

/** A host application that keeps sessions of its own. */
@Injectable()
class HostSession implements NestMiddleware {
  private readonly keep = session({ secret: 'of the host', resave: true, saveUninitialized: true });

  use(request: Request, response: Response, next: NextFunction): void {
    this.keep(request, response, next);
  }
}

@Module({ providers: [HostSession] })
class HostModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(HostSession).forRoutes('*path');
  }
}

it('A host application may use express-session: its request.session stays its own', async () => {
  const server = await startServer({ modules: [HostModule] });
  try {
    const browser = new Browser(server);
    await browser.signIn(await aUser().register(server));
    const page = await browser.open('/account');
    expect(page.status).toBe(200);
    expect([...browser.cookies.keys()]).toContain('connect.sid');
  } finally {
    await server.close();
  }
});
