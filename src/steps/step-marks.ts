import { Controller, UseFilters, applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ApiExcludeController } from '@nestjs/swagger';
import { SignInFilter } from '../login/index.js';
import { LoginStepMark } from '../sessions/index.js';
import type { LoginStepOptions, LoginStepRule } from '../sessions/index.js';
import type { InteractionStepOptions, InteractionStepRule } from './interaction-step.js';

/** Finds the interaction steps. */
export const InteractionStepMark = DiscoveryService.createDecorator<InteractionStepOptions>();

/**
 * Makes a class the rule and the controller of a page between sign-in and consent, or after it. Its pages are
 * {@link StepPage} and {@link StepForm}; with `prompt=none` the application gets `interaction_required` instead.
 */
export const InteractionStep = (options: InteractionStepOptions) =>
  applyDecorators(InteractionStepMark(options), ...controllerOf(options)) as <
    C extends Type<InteractionStepRule>,
  >(
    target: C,
  ) => void;

/**
 * Makes a class the rule and the controller of one more thing that sign-in asks for. Until it is done, the session
 * opens none of our pages, and leads to no code.
 */
export const LoginStep = (options: LoginStepOptions) =>
  applyDecorators(LoginStepMark(options), ...controllerOf(options)) as <C extends Type<LoginStepRule>>(
    target: C,
  ) => void;

const controllerOf = ({ path }: { readonly path: string }): ClassDecorator[] => [
  Controller(path),
  UseFilters(SignInFilter),
  ApiExcludeController(),
];

export const loginStepOf = (type: Type): LoginStepOptions | undefined =>
  Reflect.getMetadata(LoginStepMark.KEY, type) as LoginStepOptions | undefined;

export const interactionStepOf = (type: Type): InteractionStepOptions | undefined =>
  Reflect.getMetadata(InteractionStepMark.KEY, type) as InteractionStepOptions | undefined;
