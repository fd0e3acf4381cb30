export type {
  InteractionStepOptions,
  InteractionStepRule,
  InteractionStepVisit,
} from './interaction-step.js';
export * from './interaction-steps.service.js';
export { InteractionStep, LoginStep } from './step-marks.js';
export type { StepFormFields, StepText } from './step-pages.service.js';
export { StepForm, StepPage } from './step.guard.js';
export { CurrentStep, Step } from './step.js';
export * from './steps.module.js';
