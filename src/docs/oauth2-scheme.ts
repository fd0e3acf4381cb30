import type { OpenAPIObject } from '@nestjs/swagger';
import type { RegisteredScope } from '../scopes/index.js';

/** What a document says before it has routes. */
export type DocumentHead = Omit<OpenAPIObject, 'paths'>;

/** With the security scheme that `RequireScopes` names: code and PKCE, for these scopes. */
export function withOAuth2<D extends DocumentHead>(
  document: D,
  issuer: string,
  scopes: readonly RegisteredScope[],
): D {
  const authorizationCode = {
    authorizationUrl: `${issuer}/oauth/authorize`,
    tokenUrl: `${issuer}/oauth/token`,
    scopes: Object.fromEntries(scopes.map(({ name, title }) => [name, title])),
  };
  const oauth2 = { type: 'oauth2' as const, flows: { authorizationCode } };
  const { components } = document;
  const securitySchemes = { ...components?.securitySchemes, oauth2 };
  return { ...document, components: { ...components, securitySchemes } };
}
