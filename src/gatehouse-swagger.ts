import type { INestApplication, Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder } from '@nestjs/swagger';
import { Settings } from './config/index.js';
import { serveApiDocs } from './docs/index.js';
import type { DocumentHead } from './docs/index.js';
import { Guest } from './host/index.js';

/** API documentation with an Authorize button that works. */
export class GatehouseSwagger {
  /**
   * Serves the OpenAPI document of the application's own routes at `{path}/openapi.json`, and Swagger UI at `{path}`.
   * Routes with `RequireScopes` name their scopes; the scopes are those that are registered when the page is opened.
   * Authorize signs in by code and PKCE, with a public client `swagger` that is registered for this page.
   *
   * To be called after `setGlobalPrefix` and before `listen`. Gatehouse's own endpoints are not in the document.
   * @param path without the global prefix; `docs` unless told
   * @param head what `DocumentBuilder` says: title, version, security schemes of the application's own
   */
  static setup(app: INestApplication, path = 'docs', head: DocumentHead = defaultHead(app)): void {
    const guest = app.get(Guest, { strict: false });
    const place = path.replace(/^\/+|\/+$/g, '');
    const modules = modulesOf(app).filter((module) => !guest.modules.has(module));
    serveApiDocs(app, {
      path: place,
      address: `${guest.hostAddress}/${place}`,
      head,
      modules,
      preselected: ['openid'],
    });
  }
}

const modulesOf = (app: INestApplication): Type[] =>
  [...app.get(ModulesContainer, { strict: false }).values()].map(({ metatype }) => metatype);

const defaultHead = (app: INestApplication): DocumentHead =>
  new DocumentBuilder()
    .setTitle(`${app.get(Settings, { strict: false }).pages.brand} API`)
    .setVersion('1')
    .build();
