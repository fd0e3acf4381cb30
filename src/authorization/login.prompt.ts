import { Injectable } from '@nestjs/common';
import { Clock, LoginRequiredError } from '../common/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import type { Need, Prompt, Visit } from './prompt.js';

/** Somebody must be signed in: recently enough, and the one who is expected. @see OpenID Connect Core §3.1.2.3 */
@Injectable()
export class LoginPrompt implements Prompt {
  constructor(
    private readonly users: UserStore,
    private readonly clock: Clock,
  ) {}

  async need(visit: Visit): Promise<Need | null> {
    if (visit.session && (await this.isEnough(visit, visit.session))) return null;
    return { page: '/login', refusal: new LoginRequiredError('the user must sign in') };
  }

  private async isEnough({ request, interaction }: Visit, session: Session): Promise<boolean> {
    const { expectedSubject, prompts, maxAge } = request;
    if (expectedSubject !== null && expectedSubject !== session.subject) return false;
    const signedInForThis = interaction !== null && session.authenticatedAt >= interaction.createdAt;
    const wantsSignIn =
      prompts.has('login') || prompts.has('select_account') || this.isTooOld(session, maxAge);
    if (wantsSignIn && !signedInForThis) return false;
    // The session may outlive its user.
    return (await this.users.findBySubject(session.subject)) !== null;
  }

  private isTooOld({ authenticatedAt }: Session, maxAge: number | null): boolean {
    return maxAge !== null && this.clock.now().getTime() - authenticatedAt.getTime() > maxAge * 1000;
  }
}
