import { Injectable, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import type { User } from '../users/index.js';
import { LocalStrategy } from './local.strategy.js';

/** Checks the password; who got it wrong reaches the controller as nobody, to be told so on the page. */
@Injectable()
export class PasswordGuard extends AuthGuard() {
  constructor(strategy: LocalStrategy) {
    // The strategy itself, not its name: names are looked up across the whole process.
    super({ defaultStrategy: strategy });
  }

  override handleRequest<TUser = User | null>(error: unknown, user: unknown): TUser {
    if (error) throw error as Error;
    return (user || null) as TUser;
  }
}

/** Whose password was right; null when it was wrong. */
export const PasswordUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): User | null =>
    context.switchToHttp().getRequest<Request & { user?: User | null }>().user ?? null,
);
