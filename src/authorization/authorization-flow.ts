import { Injectable } from '@nestjs/common';
import { InvalidRequestError, OAuthError, asOAuthError } from '../common/index.js';
import { InteractionsService } from '../interactions/index.js';
import { InteractionSteps } from '../steps/index.js';
import type { StepUp } from '../tokens/index.js';
import { AuthorizationAnswer } from './authorization-answer.js';
import type { Answer } from './authorization-answer.js';
import { ConsentPrompt } from './consent.prompt.js';
import { CreateAccountPrompt } from './create-account.prompt.js';
import { EssentialContextPrompt } from './essential-context.prompt.js';
import { InteractionStepsPrompt } from './interaction-steps.prompt.js';
import { LoginStepsPrompt } from './login-steps.prompt.js';
import { LoginPrompt } from './login.prompt.js';
import type { Need, Prompt, Visit } from './prompt.js';
import { RequestPolicy, stricter } from './request-policy.js';
import { SelectAccountPrompt } from './select-account.prompt.js';

/** What comes next: something for the person to do, or the answer for the client. */
export type Step = { readonly need: Need } | { readonly answer: Answer };

/** Leads a person through sign-in and consent to a code: every pass begins here, the first and each that follows. */
@Injectable()
export class AuthorizationFlow {
  /** What makes a session good enough for this request. */
  private readonly signIn: readonly Prompt[];
  /** What the person decides. */
  private readonly decisions: readonly Prompt[];

  constructor(
    create: CreateAccountPrompt,
    select: SelectAccountPrompt,
    login: LoginPrompt,
    loginSteps: LoginStepsPrompt,
    essentialContext: EssentialContextPrompt,
    consent: ConsentPrompt,
    steps: InteractionSteps,
    private readonly policy: RequestPolicy,
    private readonly interactions: InteractionsService,
    private readonly answer: AuthorizationAnswer,
  ) {
    this.signIn = [create, select, login, loginSteps, essentialContext];
    const [before, after] = [
      new InteractionStepsPrompt('login', steps),
      new InteractionStepsPrompt('consent', steps),
    ];
    this.decisions = [before, consent, after];
  }

  /** @throws OAuthError that carries the redirect of the request. */
  async advance(visit: Visit): Promise<Step> {
    try {
      const pass = await this.pass(visit);
      if ('request' in pass) return { answer: await this.issue(pass) };
      if (visit.request.prompts.has('none')) throw pass.need.refusal;
      return pass;
    } catch (error) {
      if (visit.interaction && error instanceof OAuthError) await this.interactions.finish(visit.interaction);
      // RFC 6749 §4.1.2.1: also what is broken here is told to the client, because a redirect has no status 500.
      throw asOAuthError(error).via(visit.request.redirect);
    }
  }

  /** What is needed first, or the visit that has all it needs, narrowed to what the policies leave. */
  private async pass(visit: Visit): Promise<{ readonly need: Need } | Visit> {
    const signIn = await firstNeed(this.signIn, visit);
    if (signIn) return { need: signIn };
    const { request, stepUp } = await this.policy.judge(visit.request, visit.session!);
    const judged = { ...visit, request };
    const need = (await this.stepUp(judged, stepUp)) ?? (await firstNeed(this.decisions, judged));
    return need ? { need } : judged;
  }

  /** The same sign-in, for a request that asks for more. */
  private async stepUp(visit: Visit, stepUp: StepUp | null): Promise<Need | null> {
    if (!stepUp) return null;
    return firstNeed(this.signIn, { ...visit, request: stricter(visit.request, stepUp) });
  }

  private async issue({ request, session, interaction }: Visit): Promise<Answer> {
    if (interaction && !(await this.interactions.finish(interaction))) {
      throw new InvalidRequestError('this sign-in was finished before');
    }
    return this.answer.issue(request, session!);
  }
}

/** In their order: the first that is not met wins. */
async function firstNeed(prompts: readonly Prompt[], visit: Visit): Promise<Need | null> {
  for (const prompt of prompts) {
    const need = await prompt.need(visit);
    if (need) return need;
  }
  return null;
}
