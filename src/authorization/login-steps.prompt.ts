import { Injectable } from '@nestjs/common';
import { LoginRequiredError } from '../common/index.js';
import { LoginSteps } from '../sessions/index.js';
import type { Need, Prompt, Visit } from './prompt.js';

/** What else sign-in asks for must be done. */
@Injectable()
export class LoginStepsPrompt implements Prompt {
  constructor(private readonly steps: LoginSteps) {}

  async need({ request, session }: Visit): Promise<Need | null> {
    const { client, contexts } = request;
    const visit = { session: session!, clientId: client.id, acrValues: contexts.values };
    const page = await this.steps.pending(visit);
    return page === null ? null : { page, refusal: new LoginRequiredError('the user must go on signing in') };
  }
}
