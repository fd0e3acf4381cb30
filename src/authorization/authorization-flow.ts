import { Injectable } from '@nestjs/common';
import { InvalidRequestError, OAuthError, asOAuthError } from '../common/index.js';
import { InteractionsService } from '../interactions/index.js';
import type { Session } from '../sessions/index.js';
import { AuthorizationAnswer } from './authorization-answer.js';
import type { Answer } from './authorization-answer.js';
import { ConsentPrompt } from './consent.prompt.js';
import { CreateAccountPrompt } from './create-account.prompt.js';
import { LoginPrompt } from './login.prompt.js';
import type { Need, Prompt, Visit } from './prompt.js';
import { SelectAccountPrompt } from './select-account.prompt.js';

/** What comes next: something for the person to do, or the answer for the client. */
export type Step = { readonly need: Need } | { readonly answer: Answer };

/** Leads a person through sign-in and consent to a code: every pass begins here, the first and each that follows. */
@Injectable()
export class AuthorizationFlow {
  private readonly prompts: readonly Prompt[];

  constructor(
    create: CreateAccountPrompt,
    select: SelectAccountPrompt,
    login: LoginPrompt,
    consent: ConsentPrompt,
    private readonly interactions: InteractionsService,
    private readonly answer: AuthorizationAnswer,
  ) {
    this.prompts = [create, select, login, consent];
  }

  /** @throws OAuthError that carries the redirect of the request. */
  async advance(visit: Visit): Promise<Step> {
    try {
      const need = await this.firstNeed(visit);
      if (!need) return { answer: await this.issue(visit, visit.session!) };
      if (visit.request.prompts.has('none')) throw need.refusal;
      return { need };
    } catch (error) {
      if (visit.interaction && error instanceof OAuthError) await this.interactions.finish(visit.interaction);
      // RFC 6749 §4.1.2.1: also what is broken here is told to the client, because a redirect has no status 500.
      throw asOAuthError(error).via(visit.request.redirect);
    }
  }

  /** In their order: the first that is not met wins. */
  private async firstNeed(visit: Visit): Promise<Need | null> {
    for (const prompt of this.prompts) {
      const need = await prompt.need(visit);
      if (need) return need;
    }
    return null;
  }

  private async issue({ request, interaction }: Visit, session: Session): Promise<Answer> {
    if (interaction && !(await this.interactions.finish(interaction))) {
      throw new InvalidRequestError('this sign-in was finished before');
    }
    return this.answer.issue(request, session);
  }
}
