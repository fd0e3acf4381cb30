import type { ScopeDto } from '../admin/index.js';
import { adminPath, code, fact, table, tags, text, yesNo } from './values.js';

export const scopeTable = (scopes: readonly ScopeDto[]) =>
  table(['Name', 'Title', 'Description', 'Kind'], scopes.map(row));

export const scopeFacts = (scope: ScopeDto) => [
  ...[fact('Name', code(scope.name)), fact('Title', text(scope.title))],
  ...[fact('Description', text(scope.description)), fact('Claims', tags(...scope.claims))],
  fact(
    'Life of an access token',
    text(scope.access_token_ttl === null ? 'no limit of its own' : `${scope.access_token_ttl} seconds`),
  ),
  ...[fact('Default', yesNo(scope.default)), fact('Restricted', yesNo(scope.restricted))],
  fact('Kept in', text(scope.managed_by === null ? 'the database' : SOURCES[scope.managed_by])),
];

const SOURCES: Readonly<Record<string, string>> = {
  file: 'the configuration file: it is changed there only',
  standard: 'the standards: it cannot be changed',
};

const row = (scope: ScopeDto) => [
  code(scope.name, adminPath('scopes', scope.name)),
  ...[text(scope.title), text(scope.description)],
  tags(
    scope.managed_by === 'file' ? 'configuration file' : scope.managed_by,
    scope.default && 'default',
    scope.restricted && 'restricted',
  ),
];
