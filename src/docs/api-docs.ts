import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { STANDARD_SCOPES } from '../scopes/index.js';
import { GrantsService } from '../grants/index.js';
import { describeGrants } from './describe-grants.js';
import type { Settings } from '../config/index.js';

/** The client that Swagger's Authorize button signs in with. */
export const SWAGGER_CLIENT_ID = 'swagger';

/** Serves the OpenAPI document at /docs/openapi.json and Swagger UI, which really signs in, at /docs. */
export function setupApiDocs(app: NestExpressApplication, settings: Settings): void {
  const { issuer } = settings;
  const scopes = [...STANDARD_SCOPES, ...settings.scopes];
  const config = new DocumentBuilder()
    .setTitle(`${settings.pages.brand} API`)
    .setDescription('OAuth 2.0 and OpenID Connect endpoints, and the management API.')
    .setVersion('1')
    .addServer(issuer)
    .addOAuth2(
      {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: `${issuer}/oauth/authorize`,
            tokenUrl: `${issuer}/oauth/token`,
            scopes: Object.fromEntries(scopes.map(({ name, title }) => [name, title ?? name])),
          },
        },
      },
      'oauth2',
    )
    .addBasicAuth({ type: 'http', scheme: 'basic', description: 'client_id and client_secret' }, 'client')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        description: 'To register: an initial access token. To look after a client: its own.',
      },
      'registration',
    )
    .build();
  app.use('/docs', swaggerHeaders);
  const grants = app.get(GrantsService, { strict: false });
  const document = () => describeGrants(SwaggerModule.createDocument(app, config), grants);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'docs/openapi.json',
    yamlDocumentUrl: 'docs/openapi.yaml',
    customCss: '.swagger-ui .topbar { display: none }',
    customSiteTitle: `${settings.pages.brand} API`,
    swaggerOptions: {
      oauth2RedirectUrl: `${issuer}/docs/oauth2-redirect.html`,
      initOAuth: {
        clientId: SWAGGER_CLIENT_ID,
        scopes: ['openid', 'profile', 'user_info'],
        usePkceWithAuthorizationCodeGrant: true,
      },
    },
  });
}

/** Swagger UI styles itself inline; its scripts are files of this server. */
function swaggerHeaders(_: Request, response: Response, next: NextFunction): void {
  response.set({
    'Cache-Control': 'no-store',
    'X-Frame-Options': 'DENY',
    'Content-Security-Policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  });
  next();
}
