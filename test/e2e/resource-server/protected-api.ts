import { Controller, Get, Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  AccessToken,
  CurrentUser,
  RequireScopes,
  ResourceServerModule,
} from '../../../src/resource-server/index.js';
import type {
  ResourceServerOptions,
  TokenUser,
  VerifiedAccessToken,
} from '../../../src/resource-server/index.js';
import { send } from '../../support/index.js';
import type { HttpAnswer } from '../../support/index.js';

export const AUDIENCE = 'https://api.test';

@Controller('notes')
@RequireScopes('read')
class NotesController {
  @Get()
  list(@AccessToken() token: VerifiedAccessToken, @CurrentUser() user: TokenUser | null): object {
    return { client: token.clientId, scope: token.scope.toString(), user: user && named(user) };
  }

  @Get('writable')
  @RequireScopes('write')
  writable(): object {
    return {};
  }

  @Get('broken')
  broken(): never {
    throw new Error('a fault of the application');
  }
}

const named = ({ subject, username }: TokenUser): object => ({ subject, username });

@Module({ controllers: [NotesController] })
class NotesModule {}

/** An application of its own, with nothing of the authorization server but its guards. */
export class ProtectedApi {
  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
  ) {}

  /** @param prepare what its main.ts does before it listens */
  static async start(
    options: ResourceServerOptions,
    routes: Type = NotesModule,
    prepare?: (app: NestExpressApplication) => void,
  ): Promise<ProtectedApi> {
    @Module({ imports: [routes, ResourceServerModule.forRoot(options)] })
    class ApiModule {}
    const app = await NestFactory.create<NestExpressApplication>(ApiModule, {
      logger: false,
      abortOnError: false,
    });
    prepare?.(app);
    await app.listen(0, '127.0.0.1');
    return new ProtectedApi(app, await app.getUrl());
  }

  get(path = '/notes', token?: string): Promise<HttpAnswer> {
    return send(this.url + path, { headers: { authorization: token && `Bearer ${token}` } });
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

/** A refusal with its challenge. @see RFC 6750 §3 */
export function expectChallenge(answer: HttpAnswer, status: number, error: string): void {
  expect([answer.status, answer.json.error]).toEqual([status, error]);
  expect(answer.headers['www-authenticate']).toMatch(new RegExp(`^Bearer .*error="${error}"`));
}

/** Nobody knows whether the token is good: not let through, and not the fault of whoever sent it. */
export function expectUnavailable(answer: HttpAnswer): void {
  expect([answer.status, answer.json.error]).toEqual([503, 'temporarily_unavailable']);
  expect(answer.headers['retry-after']).toBe('1');
}
