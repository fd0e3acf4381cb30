import type { Database } from './database.js';
import { prepared } from './prepared-statement.js';
import type { PreparedStatement } from './prepared-statement.js';

/** How late the record may be, in milliseconds. */
const WRITE_EVERY = 60_000;

/** Notes when rows were last used and writes that behind the requests, never within one: many uses, one statement. */
export class LastUses {
  private readonly statement: PreparedStatement;
  private readonly uses = new Map<string, Date>();
  private readonly timer = setInterval(() => void this.write(), WRITE_EVERY).unref();

  constructor(
    private readonly database: Database,
    table: 'gh_client_secret' | 'gh_authorization',
  ) {
    this.statement = prepared(
      `UPDATE ${table} SET last_used_at = used.at
       FROM unnest($1::uuid[], $2::timestamptz[]) AS used(id, at) WHERE ${table}.id = used.id`,
    );
  }

  note(id: string, at: Date): void {
    this.uses.set(id, at);
  }

  /** What was noted so far. A record that cannot be written now is not worth a failure. */
  async write(): Promise<void> {
    if (this.uses.size === 0) return;
    const uses = [...this.uses];
    this.uses.clear();
    const columns = [uses.map(([id]) => id), uses.map(([, at]) => at)];
    await this.database.run(this.statement, columns).catch(() => undefined);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }
}
