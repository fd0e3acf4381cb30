import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { OAuthParameters } from '../common/index.js';
import type { Session } from '../sessions/index.js';
import type { StepFormFields, StepPages, StepText, StepVisit } from './step-pages.service.js';

/** The step that somebody is at: what its pages do with him. */
export class Step {
  constructor(
    private readonly pages: StepPages,
    private readonly visit: StepVisit,
  ) {}

  /** Who is signed in; at a login step not yet completely. */
  get session(): Session {
    return this.visit.session;
  }

  get request(): Request {
    return this.visit.request;
  }

  get response(): Response {
    return this.visit.response;
  }

  /** What the form of the page has brought. */
  get form(): OAuthParameters {
    return this.visit.request.body as OAuthParameters;
  }

  /** Sends a page like all others here, from the template `step`. With an error its status is 400. */
  show(text: StepText): Promise<void> {
    return this.pages.show(this.visit, text);
  }

  /** For HTML of the step's own: what its form must carry unseen. */
  fields(): Promise<StepFormFields> {
    return this.pages.fields(this.visit);
  }

  /** It is done: that is kept, and the person goes on. */
  finish(): Promise<void> {
    return this.pages.finish(this.visit);
  }

  /** The person does not want to: the application gets `access_denied`. */
  decline(): Promise<void> {
    return this.pages.decline(this.visit);
  }
}

/** A request that the guard of steps has let through. */
export type StepRequest = Request & { currentStep?: Step };

/** The step, for a method with `@StepPage()` or `@StepForm()`. */
export const CurrentStep = createParamDecorator(
  (_: unknown, context: ExecutionContext): Step =>
    context.switchToHttp().getRequest<StepRequest>().currentStep!,
);
