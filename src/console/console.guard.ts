import { ForbiddenException, Injectable, UseGuards, applyDecorators } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Editor } from '../clients/index.js';
import { signedInUser } from '../login/index.js';
import type { SignedInUser } from '../pages/index.js';
import { RequireSession, RequireSessionForm } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';

/** A request that the guards of the console have let through. */
export type ConsoleRequest = Request & { currentSession: Session; consoleUser: SignedInUser };

/** The console is for administrators, and for auditors to look at. The roles are asked for at every request. */
@Injectable()
export class ConsoleGuard implements CanActivate {
  constructor(private readonly users: UserStore) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ConsoleRequest>();
    request.consoleUser = await signedInUser(this.users, request.currentSession);
    if (mayChange(request) || request.consoleUser.roles.includes('auditor')) return true;
    throw new ForbiddenException('the administration is for administrators and auditors');
  }
}

/** Comes after {@link ConsoleGuard}. */
@Injectable()
export class AdministratorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (mayChange(context.switchToHttp().getRequest<ConsoleRequest>())) return true;
    throw new ForbiddenException('an auditor sees everything and changes nothing');
  }
}

export const mayChange = ({ consoleUser }: ConsoleRequest): boolean => consoleUser.roles.includes('admin');

/** A page that shows something: for administrators and auditors. */
export const ConsolePage = (): MethodDecorator => applyDecorators(RequireSession(), UseGuards(ConsoleGuard));

/** A page that leads to a change: for administrators. */
export const AdministratorPage = (): MethodDecorator =>
  applyDecorators(RequireSession(), UseGuards(ConsoleGuard, AdministratorGuard));

/** A form that changes something: for administrators. */
export const AdministratorForm = (): MethodDecorator =>
  applyDecorators(RequireSessionForm(), UseGuards(ConsoleGuard, AdministratorGuard));

/** Whoever is signed in, as the one who makes a change. */
export const editorOf = ({ currentSession, ip }: ConsoleRequest): Editor => ({
  by: currentSession.subject,
  ip,
  source: 'operator',
});
