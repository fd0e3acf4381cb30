import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { InteractionsService, formTargets } from '../interactions/index.js';
import type { InteractionAnswer } from '../interactions/index.js';
import { SignInPurposes, destinationOf } from '../login/index.js';
import type { SignInPurpose } from '../login/index.js';
import { PagesService } from '../pages/index.js';
import type { StepContext } from '../pages/index.js';
import { BrowsersService, SessionsService } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { interactionStepOf, loginStepOf } from './step-marks.js';

/** What a step shows: everything is text, and escaped. */
export type StepText = Pick<StepContext, 'title' | 'text' | 'submit' | 'error'> &
  Partial<Pick<StepContext, 'inputs'>>;

/** What the form of a step must carry unseen, under these names. */
export type StepFormFields = Pick<StepContext, 'csrf' | 'interaction' | 'returnTo'>;

/** Where somebody is. */
export interface StepVisit {
  /** The class of the step. */
  readonly type: Type;
  readonly session: Session;
  readonly request: Request;
  readonly response: Response;
}

/** Shows the page of a step, and leads on from it. */
@Injectable()
export class StepPages {
  constructor(
    private readonly settings: Settings,
    private readonly browsers: BrowsersService,
    private readonly sessions: SessionsService,
    private readonly interactions: InteractionsService,
    private readonly purposes: SignInPurposes,
    private readonly pages: PagesService,
  ) {}

  async show({ type, request, response }: StepVisit, text: StepText): Promise<void> {
    const purpose = await this.purposeOf(request);
    const fields = this.fieldsOf(request, response, purpose);
    const client = await this.purposes.client(purpose);
    const context = { inputs: [], ...text, ...fields, client, step: pathOf(type) };
    const formAction = purpose.interaction ? formTargets(purpose.interaction) : [];
    this.pages.send(response, 'step', context, { status: text.error === undefined ? 200 : 400, formAction });
  }

  async fields({ request, response }: StepVisit): Promise<StepFormFields> {
    response.set({ 'Cache-Control': 'no-store', 'X-Frame-Options': 'DENY' });
    return this.fieldsOf(request, response, await this.purposeOf(request));
  }

  async finish({ type, session, request, response }: StepVisit): Promise<void> {
    const purpose = await this.purposeOf(request);
    const method = loginStepOf(type)?.method;
    if (method !== undefined) await this.sessions.strengthen(request, response, session, method);
    else await this.answer(request, purpose, { steps: { [pathOf(type)]: session.subject } });
    this.leadOn(response, purpose);
  }

  async decline({ request, response }: StepVisit): Promise<void> {
    const purpose = await this.purposeOf(request);
    await this.answer(request, purpose, { denied: true });
    this.leadOn(response, purpose);
  }

  private async answer(request: Request, { interaction }: SignInPurpose, answer: InteractionAnswer) {
    if (interaction) await this.interactions.answer(request, interaction, answer);
  }

  /** From the address of the page, and from its form afterwards. */
  private purposeOf(request: Request): Promise<SignInPurpose> {
    const { interaction, returnTo } = request.method === 'POST' ? formOf(request) : queryOf(request);
    return this.purposes.of(request, interaction, returnTo);
  }

  private fieldsOf(request: Request, response: Response, purpose: SignInPurpose): StepFormFields {
    const { interaction, returnTo } = purpose;
    return { csrf: this.browsers.csrfToken(request, response), interaction: interaction?.id, returnTo };
  }

  private leadOn(response: Response, purpose: SignInPurpose): void {
    const address = this.settings.issuer + destinationOf(purpose);
    response.set('Cache-Control', 'no-store').redirect(303, address);
  }
}

const formOf = ({ body }: Request): OAuthParameters => body as OAuthParameters;

const queryOf = ({ query }: Request) => ({ interaction: query['interaction'], returnTo: query['return_to'] });

const pathOf = (type: Type): string => (loginStepOf(type) ?? interactionStepOf(type))!.path;
