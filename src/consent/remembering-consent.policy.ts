import { Scope } from '../common/index.js';
import { ConsentPolicy } from './consent-policy.js';
import type { ConsentQuestion } from './consent-policy.js';

/**
 * A user is asked once for each scope. First-party clients that the operator trusts never ask; an application that
 * could be anybody (public, and not reached by https) always does.
 * @see RFC 6749 §10.2, RFC 8252 §8.6
 */
export class RememberingConsentPolicy extends ConsentPolicy {
  missing({ client, redirectUri, scope, remembered }: ConsentQuestion): Scope {
    if (client.skipConsent) return Scope.none;
    const couldBeAnybody = client.isPublic && !redirectUri.startsWith('https:');
    return couldBeAnybody ? scope : scope.without(remembered);
  }
}
