export { serveApiDocs, type ApiDocs } from './api-docs.js';
export { describeGrants } from './describe-grants.js';
export { DocsModule } from './docs.module.js';
export type { DocumentHead } from './oauth2-scheme.js';
export { SWAGGER_CLIENT_ID } from './swagger-client.service.js';
