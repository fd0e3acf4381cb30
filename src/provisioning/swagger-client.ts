import type { DeclaredClient, Settings } from '../config/index.js';
import { STANDARD_SCOPES } from '../scopes/index.js';

/** What Swagger's Authorize button signs in with: a public client of this server's own. */
export const swaggerClient = (settings: Settings): DeclaredClient => ({
  client_id: 'swagger',
  client_name: `${settings.pages.brand} API documentation`,
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  redirect_uris: [`${settings.issuer}/docs/oauth2-redirect.html`],
  scope: [...STANDARD_SCOPES, ...settings.scopes].map((scope) => scope.name).join(' '),
});
