import * as modules from '../../conformance/modules/index.js';
import { aPlan } from '../../conformance/plan.js';

const RESPONSE_TYPES = [
  'code',
  'code token',
  'code id_token',
  'code id_token token',
  'id_token',
  'id_token token',
] as const;

describe.each(RESPONSE_TYPES)('oidcc-dynamic-certification-test-plan, %s', (responseType) => {
  const module = aPlan({ responseType, method: 'private_key_jwt', registration: 'dynamic_client' });
  const hasCode = responseType.startsWith('code');

  module('oidcc-idtoken-rs256', modules.idTokenSignature);
  if (responseType === 'code' || responseType === 'code token')
    module('oidcc-idtoken-unsigned', modules.idTokenUnsigned);
  if (responseType !== 'id_token') module('oidcc-userinfo-rs256', modules.userinfoRs256);
  module('oidcc-ensure-redirect-uri-in-authorization-request', modules.redirectUriInRequest);
  module('oidcc-redirect-uri-query-OK', modules.redirectUriQueryOk);
  module('oidcc-redirect-uri-query-mismatch', modules.redirectUriQueryMismatch);
  module('oidcc-redirect-uri-query-added', modules.redirectUriQueryAdded);
  module('oidcc-redirect-uri-regfrag', modules.redirectUriFragment);
  module('oidcc-discovery-endpoint-verification', modules.dynamicDiscovery);
  module('oidcc-server', modules.happyFlow);
  module('oidcc-registration-logo-uri', modules.logoUri);
  module('oidcc-registration-policy-uri', modules.policyUri);
  module('oidcc-registration-tos-uri', modules.tosUri);
  module('oidcc-registration-jwks-uri', modules.registrationJwksUri);
  module('oidcc-registration-sector-uri', modules.sectorUri);
  module('oidcc-registration-sector-bad', modules.sectorBad);
  module('oidcc-server-rotate-keys', modules.serverKeyRotation);
  if (hasCode) module('oidcc-refresh-token-rp-key-rotation', modules.clientKeyRotation);
  module('oidcc-request-uri-unsigned', modules.unsignedRequestUri);
  module('oidcc-request-uri-signed-rs256', modules.signedRequestUri);
  module('oidcc-ensure-request-object-with-redirect-uri', modules.requestObjectWithRedirectUri);
  if (hasCode) module('oidcc-refresh-token', modules.refreshToken);
  if (hasCode) module('oidcc-ensure-client-assertion-with-iss-aud-succeeds', modules.assertionForIssuer);
});

describe.each(RESPONSE_TYPES)('oidcc-3rdparty-init-login-certification-test-plan, %s', (responseType) => {
  const module = aPlan({ responseType, method: 'private_key_jwt', registration: 'dynamic_client' });

  module('oidcc-3rd_party-init-login', modules.thirdPartyInitLogin);
  module('oidcc-3rd_party-init-login-nohttps', modules.thirdPartyInitLoginNoHttps);
});
