import * as modules from '../../conformance/modules/index.js';
import { aPlan } from '../../conformance/plan.js';
import type { Variant } from '../../conformance/run.js';

export const HYBRID = ['code id_token', 'code token', 'code id_token token'] as const;

/** The modules of the Hybrid profile for one response type, and with `form_post` those of its Form Post profile. */
export function hybridPlan(
  responseType: (typeof HYBRID)[number],
  { registration, responseMode }: Pick<Variant, 'registration' | 'responseMode'>,
): void {
  const variant = { responseType, method: 'client_secret_basic', registration, responseMode } as const;
  const module = aPlan(variant);

  module('oidcc-server', modules.happyFlow);
  if (variant.registration === 'dynamic_client') {
    module('oidcc-idtoken-signature', modules.idTokenSignature);
  }
  module('oidcc-userinfo-get', modules.userinfoGet);
  module('oidcc-userinfo-post-header', modules.userinfoPostHeader);
  module('oidcc-userinfo-post-body', modules.userinfoPostBody);
  // Without an ID token in the browser, nothing there has to be bound to the request.
  if (responseType === 'code token')
    module('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', modules.withoutNonceSucceeds);
  else module('oidcc-ensure-request-without-nonce-fails', modules.withoutNonceFails);
  module('oidcc-scope-profile', modules.scopeProfile);
  module('oidcc-scope-email', modules.scopeEmail);
  module('oidcc-scope-address', modules.scopeAddress);
  module('oidcc-scope-phone', modules.scopePhone);
  module('oidcc-scope-all', modules.scopeAll);
  module('oidcc-display-page', modules.displayPage);
  module('oidcc-display-popup', modules.displayPopup);
  module('oidcc-prompt-login', modules.promptLogin);
  module('oidcc-prompt-none-not-logged-in', modules.promptNoneNotLoggedIn);
  module('oidcc-prompt-none-logged-in', modules.promptNoneLoggedIn);
  module('oidcc-max-age-1', modules.maxAge1);
  module('oidcc-max-age-10000', modules.maxAge10000);
  module('oidcc-ensure-request-with-unknown-parameter-succeeds', modules.unknownParameter);
  module('oidcc-id-token-hint', modules.idTokenHint);
  module('oidcc-login-hint', modules.loginHint);
  module('oidcc-ui-locales', modules.uiLocales);
  module('oidcc-claims-locales', modules.claimsLocales);
  module('oidcc-ensure-request-with-acr-values-succeeds', modules.acrValues);
  module('oidcc-codereuse', modules.codeReuse);
  module('oidcc-codereuse-30seconds', modules.codeReuseAfter30Seconds);
  module('oidcc-ensure-registered-redirect-uri', modules.registeredRedirectUri);
  module('oidcc-server-client-secret-post', modules.happyFlow, { method: 'client_secret_post' });
  if (variant.registration === 'dynamic_client') {
    module(
      'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
      modules.unsignedRequestUri,
    );
  }
  module(
    'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    modules.unsignedRequestObject,
  );
  module('oidcc-claims-essential', modules.claimsEssential);
  module('oidcc-ensure-request-object-with-redirect-uri', modules.requestObjectWithRedirectUri);
  module('oidcc-refresh-token', modules.refreshToken);

  // What does not depend on the response type is asked once.
  if (responseType !== 'code id_token') return;
  module('oidcc-response-type-missing', modules.responseTypeMissing);
  module('oidcc-alternate-happy-flow', modules.alternateHappyFlow);
  module('oidcc-ensure-request-with-valid-pkce-succeeds', modules.validPkce);
}
