import type { INestApplication, Type } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { Settings } from '../config/index.js';
import { GrantsService } from '../grants/index.js';
import { describeGrants } from './describe-grants.js';
import { withOAuth2 } from './oauth2-scheme.js';
import type { DocumentHead } from './oauth2-scheme.js';
import { SWAGGER_CLIENT_ID, SwaggerClient } from './swagger-client.service.js';

/** A Swagger UI and its document. */
export interface ApiDocs {
  /** Where this process serves it: the page here, the document at `openapi.json` below. */
  readonly path: string;
  /** Where browsers find it. */
  readonly address: string;
  readonly head: DocumentHead;
  /** Whose routes are in it; all of them unless told. */
  readonly modules?: readonly Type[];
  /** The scopes that are ticked at first. */
  readonly preselected: readonly string[];
}

/** Serves an OpenAPI document and Swagger UI, which really signs in. To be called before the application starts. */
export function serveApiDocs(app: INestApplication, docs: ApiDocs): void {
  const { issuer } = app.get(Settings, { strict: false });
  const client = app.get(SwaggerClient, { strict: false });
  const grants = app.get(GrantsService, { strict: false });
  const { path, address, head, modules } = docs;
  client.returnTo(address);
  app.use(`/${path}`, swaggerHeaders);
  SwaggerModule.setup(
    path,
    app,
    () => describeGrants(SwaggerModule.createDocument(app, head, { include: modules as Type[] }), grants),
    {
      jsonDocumentUrl: `${path}/openapi.json`,
      yamlDocumentUrl: `${path}/openapi.yaml`,
      customCss: '.swagger-ui .topbar { display: none }',
      customSiteTitle: head.info.title,
      swaggerOptions: {
        oauth2RedirectUrl: `${address}/oauth2-redirect.html`,
        initOAuth: {
          clientId: SWAGGER_CLIENT_ID,
          scopes: [...docs.preselected],
          usePkceWithAuthorizationCodeGrant: true,
        },
      },
      // Scopes are added while the server runs.
      patchDocumentOnRequest: async (_: unknown, __: unknown, document: OpenAPIObject) =>
        withOAuth2(document, issuer, await client.allScopes()),
    },
  );
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
