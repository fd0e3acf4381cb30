import { Injectable, UseGuards, applyDecorators, createParamDecorator } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AuthenticatedBy } from '../common/index.js';
import { Settings } from '../config/index.js';
import { CsrfGuard } from './csrf.guard.js';
import { LoginSteps } from './login-steps.service.js';
import { SignInNeededError } from './sign-in-needed.error.js';
import type { Session } from './session.js';
import { SessionsService } from './sessions.service.js';

/** Not `session`: that name is express-session’s, which a host application may well use. */
type SessionRequest = Request & { currentSession?: Session };

/** Lets a request through when somebody has at least begun to sign in at its browser. */
@Injectable()
export class BegunSessionGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionsService,
    protected readonly steps: LoginSteps,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SessionRequest>();
    const session = await this.sessions.find(request);
    if (!session) throw this.signInNeeded(request);
    await this.check(session, context);
    request.currentSession = session;
    return true;
  }

  protected async check(_session: Session, _context: ExecutionContext): Promise<void> {}

  /** A session may end while its user looks at the consent page: the authorization request goes on. */
  protected signInNeeded({ method, path, query, body }: Request, page?: string): SignInNeededError {
    const form = body as Record<string, unknown> | undefined;
    const interaction = query['interaction'] ?? form?.['interaction'];
    const returnTo = method === 'GET' ? this.belowIssuer(path) : undefined;
    return new SignInNeededError(returnTo, typeof interaction === 'string' ? interaction : undefined, page);
  }

  /** Every address of ours begins with the issuer, path and all. */
  private belowIssuer(path: string): string {
    const base = new URL(`${this.settings.issuer}/`).pathname;
    return path.startsWith(base) ? path.slice(base.length - 1) : path;
  }
}

/** Lets a request through when somebody is signed in at its browser. */
@Injectable()
export class SessionGuard extends BegunSessionGuard {
  protected override async check(session: Session, context: ExecutionContext): Promise<void> {
    const page = await this.steps.pending({ session, clientId: null, acrValues: [] });
    if (page !== null) throw this.signInNeeded(context.switchToHttp().getRequest<Request>(), page);
  }
}

/** The page is for somebody who is signed in. */
export const RequireSession = (): ClassDecorator & MethodDecorator =>
  applyDecorators(AuthenticatedBy('session'), UseGuards(SessionGuard));

/** The form is for somebody who is signed in, and was made for him. */
export const RequireSessionForm = (): ClassDecorator & MethodDecorator =>
  applyDecorators(AuthenticatedBy('session'), UseGuards(SessionGuard, CsrfGuard));

/** The session that {@link RequireSession} has found. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): Session =>
    context.switchToHttp().getRequest<SessionRequest>().currentSession!,
);
