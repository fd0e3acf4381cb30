import { Injectable } from '@nestjs/common';
import { LoginRequiredError } from '../common/index.js';
import { hasSignedInForThis } from './prompt.js';
import type { Need, Prompt, Visit } from './prompt.js';

/** The person says which account to go on with; signing in says it, too. @see OpenID Connect Core §3.1.2.1 */
@Injectable()
export class SelectAccountPrompt implements Prompt {
  need(visit: Visit): Need | null {
    const { request, session, interaction } = visit;
    if (!request.prompts.has('select_account') || !session || hasSignedInForThis(visit)) return null;
    if (interaction?.selected === session.subject) return null;
    return { page: '/select-account', refusal: new LoginRequiredError('the user must choose an account') };
  }
}
