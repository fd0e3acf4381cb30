import type { ResourceDto } from '../admin/index.js';
import { adminPath, code, fact, table, tags, text } from './values.js';

export const resourceTable = (resources: readonly ResourceDto[]) =>
  table(['Identifier', 'Name', 'Scopes', 'Access tokens', 'Kept in'], resources.map(row));

export const resourceFacts = (resource: ResourceDto) => [
  ...[fact('Identifier', code(resource.identifier)), fact('Name', text(resource.name))],
  fact('Scopes', resource.scopes.length > 0 ? tags(...resource.scopes) : text('every one')),
  fact('Access token format', text(formatOf(resource))),
  fact('Life of an access token', text(lifeOf(resource))),
  fact('Kept in', text(placeOf(resource))),
];

const row = (resource: ResourceDto) => [
  ...[code(resource.identifier, adminPath('resources', resource.identifier)), text(resource.name)],
  resource.scopes.length > 0 ? tags(...resource.scopes) : text('every one'),
  ...[text(formatOf(resource)), text(placeOf(resource))],
];

const formatOf = ({ access_token_format: format }: ResourceDto): string => format ?? 'as the client is set';
const lifeOf = ({ access_token_ttl: ttl }: ResourceDto): string =>
  ttl === null ? 'no limit of its own' : `${ttl} seconds`;
const placeOf = ({ managed_by: by }: ResourceDto): string =>
  by === null ? 'the database' : 'the configuration file';
