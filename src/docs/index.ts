export { SWAGGER_CLIENT_ID, setupApiDocs } from './api-docs.js';
