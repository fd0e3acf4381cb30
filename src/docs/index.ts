export { SWAGGER_CLIENT_ID, setupApiDocs } from './api-docs.js';
export { describeGrants } from './describe-grants.js';
