import { AccessDeniedError, InteractionRequiredError } from '../common/index.js';
import type { InteractionSteps } from '../steps/index.js';
import type { Need, Prompt, Visit } from './prompt.js';

/** The pages of extensions that come at one place of the way. */
export class InteractionStepsPrompt implements Prompt {
  constructor(
    private readonly after: 'login' | 'consent',
    private readonly steps: InteractionSteps,
  ) {}

  async need({ request, session, interaction }: Visit): Promise<Need | null> {
    if (interaction?.denied) throw new AccessDeniedError('the user did not allow it');
    const { client, scope, resources } = request;
    const visit = { client, scope, resources, session: session! };
    const page = await this.steps.pending(this.after, visit, interaction);
    return page === null ? null : { page, refusal: new InteractionRequiredError('the user must be asked') };
  }
}
