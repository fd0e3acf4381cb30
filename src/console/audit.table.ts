import { Injectable } from '@nestjs/common';
import type { AuditRecord, Change } from '../audit/index.js';
import type { ConsoleTable, ConsoleValue } from '../pages/index.js';
import { LocalUsersService } from '../users/index.js';
import { adminPath, at, code, table, text } from './values.js';

/** Which part of the console shows a kind of target. */
const PARTS: Readonly<Record<string, string>> = {
  client: 'clients',
  user: 'users',
  scope: 'scopes',
  resource: 'resources',
};
/** Characters of one value. */
const MAXIMUM = 300;
const MAXIMUM_LINES = 4;

/** Shows records of the audit trail, with the names of the users who acted. */
@Injectable()
export class AuditTable {
  constructor(private readonly users: LocalUsersService) {}

  async of(records: readonly AuditRecord[]): Promise<ConsoleTable> {
    const { columns, rows } = await this.brief(records);
    const all = rows.map(({ cells }, index) => [
      ...[...cells, changesOf(records[index]!), text(records[index]!.ip)],
    ]);
    return table([...columns, 'Changes', 'From'], all);
  }

  /** Without what has changed. */
  async brief(records: readonly AuditRecord[]): Promise<ConsoleTable> {
    const names = await this.namesOf(records.map(({ actor }) => actor));
    const rows = records.map((record) => [
      ...[at(record.at), text(record.action), actorOf(record, names), targetOf(record)],
    ]);
    return table(['When', 'What', 'Who', 'To what'], rows);
  }

  private async namesOf(subjects: readonly string[]): Promise<Map<string, string>> {
    const users = await this.users.findMany([...new Set(subjects)]);
    return new Map(users.map(({ subject, username }) => [subject, username]));
  }
}

function actorOf({ actor }: AuditRecord, names: Map<string, string>): ConsoleValue {
  const name = names.get(actor);
  return name === undefined ? text(actor) : text(name, adminPath('users', actor));
}

function targetOf({ targetType, targetId, action }: AuditRecord): ConsoleValue {
  const part = PARTS[targetType];
  return code(targetId, part && !action.endsWith('.deleted') ? adminPath(part, targetId) : undefined);
}

function changesOf({ changes }: AuditRecord): ConsoleValue {
  const lines = Object.entries(changes).map(([field, change]) => `${field}: ${changed(change)}`);
  const summary = lines.length > MAXIMUM_LINES ? `${lines.length} fields` : undefined;
  return { ...code(lines.join('\n')), summary };
}

const changed = ({ before, after }: Change): string =>
  before === null ? shortened(after) : `${shortened(before)} → ${shortened(after)}`;

const shortened = (value: unknown): string => {
  const json = value === null ? 'nothing' : JSON.stringify(value);
  return json.length > MAXIMUM ? `${json.slice(0, MAXIMUM)}…` : json;
};
