import { Module } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule, Type } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { InteractionsModule } from '../interactions/index.js';
import { LoginModule } from '../login/index.js';
import { PageFormMiddleware, PagesModule } from '../pages/index.js';
import { SessionsModule } from '../sessions/index.js';
import { InteractionSteps } from './interaction-steps.service.js';
import { interactionStepOf, loginStepOf } from './step-marks.js';
import { StepPages } from './step-pages.service.js';

/** What a module with a step of its own imports. */
@Module({
  imports: [DiscoveryModule, InteractionsModule, LoginModule, PagesModule, SessionsModule],
  providers: [InteractionSteps, StepPages],
  exports: [InteractionSteps, PagesModule, SessionsModule, StepPages],
})
export class StepsModule implements NestModule {
  constructor(private readonly discovery: DiscoveryService) {}

  /** Their forms are read as ours are. */
  configure(consumer: MiddlewareConsumer): void {
    const types = this.discovery.getControllers().map(({ metatype }) => metatype as Type);
    const steps = types.filter((type) => interactionStepOf(type) ?? loginStepOf(type));
    if (steps.length > 0) consumer.apply(PageFormMiddleware).forRoutes(...steps);
  }
}
