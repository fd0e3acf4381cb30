import { Injectable } from '@nestjs/common';
import type { CallHandler, CanActivate, ExecutionContext, NestInterceptor, Type } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import type { Observable } from 'rxjs';

/** What is read of Nest's wrapper around a request-scoped enhancer. */
interface ScopedWrapper<T> {
  getInstanceByContextId(...context: unknown[]): { instance: T } | undefined;
}

/**
 * Keeps the host's global guards and interceptors to the host's own routes. What OAuth answers is fixed by its RFCs,
 * and each route of ours brings its own authentication: a guard that wants the host's session, or an interceptor that
 * wraps every answer, would break them. See docs/decisions/0014-a-guest-in-the-host.md.
 */
@Injectable()
export class HostBoundary {
  constructor(private readonly config: ApplicationConfig) {}

  /** To be called once all of them are known, and before the first route is built from them. */
  exempt(controllers: ReadonlySet<Type>): void {
    const isOurs = (context: ExecutionContext) => controllers.has(context.getClass());
    replaceEach(this.config.getGlobalGuards(), (guard) => guardOfOthers(guard, isOurs));
    replaceEach(this.config.getGlobalInterceptors(), (one) => interceptorOfOthers(one, isOurs));
    replaceEach(this.config.getGlobalRequestGuards(), (wrapper) =>
      scoped(wrapper as never, (guard: CanActivate) => guardOfOthers(guard, isOurs)),
    );
    replaceEach(this.config.getGlobalRequestInterceptors(), (wrapper) =>
      scoped(wrapper as never, (one: NestInterceptor) => interceptorOfOthers(one, isOurs)),
    );
  }
}

type Test = (context: ExecutionContext) => boolean;

const guardOfOthers = (guard: CanActivate, isOurs: Test): CanActivate => ({
  canActivate: (context) => isOurs(context) || guard.canActivate(context),
});

const interceptorOfOthers = (interceptor: NestInterceptor, isOurs: Test): NestInterceptor => ({
  intercept: (
    context: ExecutionContext,
    next: CallHandler,
  ): Observable<unknown> | Promise<Observable<unknown>> =>
    isOurs(context) ? next.handle() : interceptor.intercept(context, next),
});

/** The wrapper stays what it is; only the instance that it hands out is another. */
const scoped = <T extends object>(wrapper: ScopedWrapper<T>, replace: (instance: T) => T): never =>
  Object.create(wrapper, {
    getInstanceByContextId: {
      value: (...context: unknown[]) => {
        const found = wrapper.getInstanceByContextId(...context);
        return found && Object.create(found, { instance: { value: replace(found.instance) } });
      },
    },
  }) as never;

/** In place: Nest keeps the list itself. */
function replaceEach<T>(list: T[], replace: (one: T) => T): void {
  list.forEach((one, index) => (list[index] = replace(one)));
}
