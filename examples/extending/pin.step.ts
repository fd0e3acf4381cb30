import { CurrentStep, LoginStep, StepForm, StepPage } from 'gatehouse';
import type { LoginStepRule, LoginStepVisit, Step } from 'gatehouse';
import { Directory } from './directory.js';

@LoginStep({ path: '/pin', method: 'pin' })
export class PinStep implements LoginStepRule {
  constructor(private readonly directory: Directory) {}

  isNeeded({ session }: LoginStepVisit): boolean {
    return this.directory.hasPin(session.subject);
  }

  @StepPage()
  show(@CurrentStep() step: Step, error?: string): Promise<void> {
    const inputs = [{ name: 'pin', label: 'PIN', type: 'password' as const }];
    return step.show({ title: 'Your PIN', inputs, submit: 'Go on', error });
  }

  @StepForm()
  check(@CurrentStep() step: Step): Promise<void> {
    const isRight = this.directory.isPin(step.session.subject, step.form['pin']);
    return isRight ? step.finish() : this.show(step, 'That is not your PIN.');
  }
}
