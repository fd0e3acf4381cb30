import { Injectable } from '@nestjs/common';
import { AccessDeniedError, ConsentRequiredError } from '../common/index.js';
import { ConsentPolicy, ConsentsService } from '../consent/index.js';
import type { Need, Prompt, Visit } from './prompt.js';

/** The user must have allowed what is asked for. @see RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.4 */
@Injectable()
export class ConsentPrompt implements Prompt {
  constructor(
    private readonly consents: ConsentsService,
    private readonly policy: ConsentPolicy,
  ) {}

  async need({ request, session, interaction }: Visit): Promise<Need | null> {
    const subject = session!.subject;
    if (interaction?.denied) throw new AccessDeniedError('the user did not allow it');
    if (interaction?.consentedBy === subject) return null;
    const { client, consentScope: scope, redirect, prompts } = request;
    const remembered = client.skipConsent ? scope : await this.consents.remembered(subject, client.id);
    const question = { client, subject, scope, remembered, redirectUri: redirect.redirectUri };
    const missing = await this.policy.missing(question);
    // Without a scope nothing can be remembered, and yet the application would learn who it is.
    const isUnnamed = scope.size === 0 && !client.skipConsent;
    if (missing.size === 0 && !isUnnamed && !prompts.has('consent')) return null;
    return { page: '/consent', refusal: new ConsentRequiredError('the user must be asked') };
  }
}
