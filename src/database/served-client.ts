import { isSpoilingConnection } from '../common/index.js';
import { CountingClient } from './statement-counting.js';

/**
 * A connection to a served PostgreSQL that leaves the pool once it is of no more use: after a fail-over its
 * server may have become a read-only standby, and a server that never answers would hold every later statement.
 */
export class ServedClient extends CountingClient {
  constructor(config?: ConstructorParameters<typeof CountingClient>[0]) {
    super(config);
    const send = this.query as (...statement: unknown[]) => unknown;
    this.query = ((...statement: unknown[]) =>
      this.watched(send.apply(this, statement))) as typeof this.query;
  }

  private watched(answer: unknown): unknown {
    if (answer instanceof Promise) answer.catch((error: unknown) => this.leaveIfSpoiled(error));
    return answer;
  }

  // The pool drops an ending client when its lease comes back, which is also TypeORM's way of returning one.
  private leaveIfSpoiled(error: unknown): void {
    if (isSpoilingConnection(error)) void this.end().catch(() => undefined);
  }
}
