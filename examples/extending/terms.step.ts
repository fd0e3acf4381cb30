import { CurrentStep, InteractionStep, StepForm, StepPage } from 'gatehouse';
import type { InteractionStepRule, InteractionStepVisit, Step } from 'gatehouse';
import { Directory } from './directory.js';

@InteractionStep({ path: '/terms', after: 'login' })
export class TermsStep implements InteractionStepRule {
  constructor(private readonly directory: Directory) {}

  isNeeded({ session }: InteractionStepVisit): boolean {
    return !this.directory.hasReadTerms(session.subject);
  }

  @StepPage()
  show(@CurrentStep() step: Step): Promise<void> {
    return step.show({ title: 'New terms', text: 'Be kind to each other.', submit: 'I have read them' });
  }

  @StepForm()
  agree(@CurrentStep() step: Step): Promise<void> {
    this.directory.noteTermsRead(step.session.subject);
    return step.finish();
  }
}
