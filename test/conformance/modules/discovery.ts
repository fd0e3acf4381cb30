import { publishedKeys } from '../checks.js';
import { aBehaviour } from '../plan.js';
import type { Run } from '../run.js';
import { call } from '../server.js';

/** What RFC 8414, OpenID Connect and their extensions define; any other name is a warning. */
const KNOWN = new Set(
  [
    'issuer authorization_endpoint token_endpoint userinfo_endpoint jwks_uri registration_endpoint scopes_supported',
    'response_types_supported response_modes_supported grant_types_supported acr_values_supported',
    'subject_types_supported id_token_signing_alg_values_supported id_token_encryption_alg_values_supported',
    'id_token_encryption_enc_values_supported userinfo_signing_alg_values_supported',
    'userinfo_encryption_alg_values_supported userinfo_encryption_enc_values_supported',
    'request_object_signing_alg_values_supported request_object_encryption_alg_values_supported',
    'request_object_encryption_enc_values_supported token_endpoint_auth_methods_supported',
    'token_endpoint_auth_signing_alg_values_supported display_values_supported claim_types_supported',
    'claims_supported service_documentation claims_locales_supported ui_locales_supported',
    'claims_parameter_supported request_parameter_supported request_uri_parameter_supported',
    'require_request_uri_registration op_policy_uri op_tos_uri revocation_endpoint',
    'revocation_endpoint_auth_methods_supported revocation_endpoint_auth_signing_alg_values_supported',
    'introspection_endpoint introspection_endpoint_auth_methods_supported',
    'introspection_endpoint_auth_signing_alg_values_supported code_challenge_methods_supported',
    'authorization_response_iss_parameter_supported end_session_endpoint check_session_iframe',
    'frontchannel_logout_supported frontchannel_logout_session_supported backchannel_logout_supported',
    'backchannel_logout_session_supported prompt_values_supported require_signed_request_object',
    'device_authorization_endpoint pushed_authorization_request_endpoint require_pushed_authorization_requests',
    'dpop_signing_alg_values_supported tls_client_certificate_bound_access_tokens mtls_endpoint_aliases',
    'authorization_details_types_supported protected_resources signed_metadata',
  ].flatMap((names) => names.split(' ')),
);

const list = (run: Run, name: string): readonly string[] => run.metadata[name] ?? [];

export const discovery = aBehaviour(
  'publishes what the specifications want, and all of it https',
  async (run) => {
    const { server, metadata } = run;
    const answer = await call(server, `${server.issuer}/.well-known/openid-configuration`);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(metadata['issuer']).toBe(server.issuer);
    const unknown = Object.keys(metadata).filter((name) => !KNOWN.has(name));
    expect(unknown).toEqual([]);
    for (const [name, value] of Object.entries(metadata).filter(([name]) =>
      /_endpoint$|_uri$|_iframe$/.test(name),
    ))
      expect([name, value]).toEqual([name, expect.stringMatching(/^https:\/\//)]);
    for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'])
      expect(metadata).toHaveProperty(name);
    expect(list(run, 'id_token_signing_alg_values_supported')).toContain('RS256');
    expect(list(run, 'request_object_signing_alg_values_supported')).toContain('RS256');
    expect(list(run, 'scopes_supported')).toContain('openid');
    expect(list(run, 'subject_types_supported').length).toBeGreaterThan(0);
    expect(list(run, 'claims_supported').length).toBeGreaterThan(0);
    expect(list(run, 'code_challenge_methods_supported')).toContain('S256');
    for (const locale of list(run, 'ui_locales_supported'))
      expect(locale).toBe(Intl.getCanonicalLocales(locale)[0]);
    await publishedKeys(server, metadata['jwks_uri']!);
  },
);

/** OpenID Connect Core §15.2: what a provider must offer that clients register at. */
export const dynamicDiscovery = aBehaviour(
  'offers what clients that register themselves rely on',
  async (run) => {
    await discovery.steps(run);
    expect(list(run, 'response_types_supported')).toEqual(
      expect.arrayContaining(['code', 'id_token', 'id_token token']),
    );
    expect(list(run, 'grant_types_supported')).toEqual(
      expect.arrayContaining(['authorization_code', 'implicit']),
    );
    expect(run.metadata).toHaveProperty('registration_endpoint');
  },
);
