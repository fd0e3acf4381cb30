import { Injectable } from '@nestjs/common';
import { SubjectIdentifiers } from '../clients/index.js';
import { Clock, LoginRequiredError, UnmetAuthenticationRequirementsError } from '../common/index.js';
import { LoginSteps } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import { AuthenticationContexts } from './authentication-contexts.js';
import { hasSignedInForThis } from './prompt.js';
import type { Need, Prompt, Visit } from './prompt.js';

/** Somebody must be signed in: recently and strongly enough, and the one who is expected. @see OpenID Connect Core §3.1.2.3 */
@Injectable()
export class LoginPrompt implements Prompt {
  constructor(
    private readonly users: UserStore,
    private readonly contexts: AuthenticationContexts,
    private readonly subjects: SubjectIdentifiers,
    private readonly steps: LoginSteps,
    private readonly clock: Clock,
  ) {}

  async need(visit: Visit): Promise<Need | null> {
    this.refuseUnreachable(visit);
    if (visit.session && (await this.isEnough(visit, visit.session))) return null;
    const notice = this.isAnotherAccount(visit) ? ('another_account' as const) : undefined;
    return { page: '/login', notice, refusal: new LoginRequiredError('the user must sign in') };
  }

  private refuseUnreachable({ request }: Visit): void {
    const { contexts: wanted } = request;
    if (wanted.isEssential && !this.contexts.canBeMet(wanted))
      throw new UnmetAuthenticationRequirementsError('the acr cannot be met', { parameter: 'claims' });
  }

  private async isEnough(visit: Visit, session: Session): Promise<boolean> {
    if (!this.isExpected(visit, session)) return false;
    if (this.wantsSignIn(visit, session) && !hasSignedInForThis(visit)) return false;
    // The session may outlive its user.
    return (await this.users.findBySubject(session.subject)) !== null;
  }

  private wantsSignIn({ request }: Visit, session: Session): boolean {
    const { prompts, maxAge, contexts } = request;
    // What a login step can still add needs no new password.
    const within = [...session.methods, ...this.steps.methods];
    const isTooWeak = !this.contexts.areMet(within, contexts) && this.contexts.canBeMet(contexts);
    return prompts.has('login') || this.isTooOld(session, maxAge) || isTooWeak;
  }

  private isTooOld({ authenticatedAt }: Session, maxAge: number | null): boolean {
    return maxAge !== null && this.clock.now().getTime() - authenticatedAt.getTime() > maxAge * 1000;
  }

  /** Whoever has signed in for this is not the one who is expected: he must be told, or the page just comes again. */
  private isAnotherAccount(visit: Visit): boolean {
    return hasSignedInForThis(visit) && !this.isExpected(visit, visit.session!);
  }

  /** The client names a user as it knows him. */
  private isExpected({ request }: Visit, { subject }: Session): boolean {
    const { client, expectedSubject } = request;
    return expectedSubject === null || expectedSubject === this.subjects.of(client, subject);
  }
}
