import { Injectable } from '@nestjs/common';
import { UnmetAuthenticationRequirementsError } from '../common/index.js';
import { AuthenticationContexts } from './authentication-contexts.js';
import type { Prompt, Visit } from './prompt.js';

/** Comes when sign-in has nothing more to ask for. @see OpenID Connect Core §5.5.1.1: an essential acr that is not met is a failed attempt */
@Injectable()
export class EssentialContextPrompt implements Prompt {
  constructor(private readonly contexts: AuthenticationContexts) {}

  need({ request: { contexts: wanted }, session }: Visit): null {
    if (!wanted.isEssential || this.contexts.areMet(session!.methods, wanted)) return null;
    throw new UnmetAuthenticationRequirementsError('the acr cannot be met', { parameter: 'claims' });
  }
}
