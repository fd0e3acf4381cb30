import { Injectable } from '@nestjs/common';
import { LoginRequiredError } from '../common/index.js';
import { hasSignedInForThis } from './prompt.js';
import type { Need, Prompt, Visit } from './prompt.js';

/** The person is to make an account, or to sign in with the one he has. @see Initiating User Registration via OpenID Connect 1.0 §4 */
@Injectable()
export class CreateAccountPrompt implements Prompt {
  need(visit: Visit): Need | null {
    if (!visit.request.prompts.has('create') || hasSignedInForThis(visit)) return null;
    return { page: '/signup', refusal: new LoginRequiredError('the user must make an account') };
  }
}
