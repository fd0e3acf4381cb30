import { Injectable } from '@nestjs/common';
import { InvalidScopeError } from '../common/index.js';
import type { Scope } from '../common/index.js';
import type { Session } from '../sessions/index.js';
import { IssuancePolicies } from '../tokens/index.js';
import type { StepUp } from '../tokens/index.js';
import type { AuthorizationRequest } from './authorization-request.js';

interface JudgedRequest {
  readonly request: AuthorizationRequest;
  readonly stepUp: StepUp | null;
}

/** What the issuance policies say of an authorization request, once it is known who has signed in for it. */
@Injectable()
export class RequestPolicy {
  constructor(private readonly policies: IssuancePolicies) {}

  /** @throws OAuthError when one denies it */
  async judge(request: AuthorizationRequest, session: Session): Promise<JudgedRequest> {
    if (this.policies.isEmpty) return { request, stepUp: null };
    const { client, scope, resources } = request;
    const { subject } = session;
    const asked = { client, subject, scope, resources, grantType: null, signIn: session };
    const { issuance, stepUp } = await this.policies.judge(asked);
    return { request: narrowed(request, issuance), stepUp };
  }
}

/** Claims that were asked for by name would bring back what their scopes no longer open: they go, too. */
function narrowed(
  request: AuthorizationRequest,
  { scope, resources }: { readonly scope: Scope; readonly resources: readonly string[] },
): AuthorizationRequest {
  const dropped = request.scope.without(scope);
  if (dropped.size === 0) return { ...request, resources };
  if (dropped.has('openid') && request.responseParts.has('id_token'))
    throw new InvalidScopeError('openid is not allowed', { parameter: 'scope' });
  return { ...request, scope, consentScope: scope, resources, claims: null };
}

/** The request as if it had asked for this sign-in itself. */
export const stricter = (request: AuthorizationRequest, { acr, maxAge }: StepUp): AuthorizationRequest => ({
  ...request,
  contexts: acr === undefined ? request.contexts : { values: [acr], isEssential: true },
  maxAge: maxAge === undefined ? request.maxAge : Math.min(maxAge, request.maxAge ?? maxAge),
});
