import { Get, Injectable, Post, Res, UseGuards, applyDecorators } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { AuthenticatedBy } from '../common/index.js';
import { Settings } from '../config/index.js';
import { CsrfGuard, LoginSteps, SessionGuard, SessionsService } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { loginStepOf } from './step-marks.js';
import { StepPages } from './step-pages.service.js';
import { Step } from './step.js';
import type { StepRequest } from './step.js';

/** Somebody must be signed in; the pages of login steps are there to make it complete. */
@Injectable()
export class StepGuard extends SessionGuard {
  constructor(
    sessions: SessionsService,
    steps: LoginSteps,
    settings: Settings,
    private readonly pages: StepPages,
  ) {
    super(sessions, steps, settings);
  }

  protected override async check(session: Session, context: ExecutionContext): Promise<void> {
    const type = context.getClass();
    if (!loginStepOf(type)) await super.check(session, context);
    const request = context.switchToHttp().getRequest<StepRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    request.currentStep = new Step(this.pages, { type, session, request, response });
  }
}

/** The method that shows the page of a step. */
export const StepPage = (): MethodDecorator =>
  applyDecorators(Get(), AuthenticatedBy('session'), UseGuards(StepGuard), AnswersItself);

/** The method that takes the form of the page, which was made for this browser and for who is signed in there. */
export const StepForm = (): MethodDecorator =>
  applyDecorators(Post(), AuthenticatedBy('session'), UseGuards(StepGuard, CsrfGuard), AnswersItself);

/** More parameters than a method has. */
const BEHIND_ALL = 15;

/** Nest answers for a method unless it takes the response: here the step sends its page, or the person on. */
const AnswersItself: MethodDecorator = (target, name) => Res()(target, name, BEHIND_ALL);
