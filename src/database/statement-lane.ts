import type pg from 'pg';
import { isSpoilingConnection } from '../common/index.js';
import { StatementBatch } from './statement-batch.js';
import type { BoundStatement } from './statement-batch.js';

/** How long a batch may hold the others up, in milliseconds: a row that somebody has locked must not stop them. */
const PATIENCE = 25;
const LARGEST_BATCH = 100;

interface Passenger extends BoundStatement {
  resolve(rows: readonly unknown[]): void;
  reject(error: unknown): void;
}

/**
 * Sends statements, and while some are under way gathers those that arrive: they go together in the next batch,
 * which costs one message and one commit however many they are (group commit). Nobody waits for a timer.
 */
export class StatementLane {
  private waiting: Passenger[] = [];
  private isFree = true;
  private isDue = false;

  constructor(private readonly pool: () => pg.Pool) {}

  run(statement: BoundStatement): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...statement, resolve, reject });
      this.departSoon();
    });
  }

  /** After whatever else this turn of the event loop has read, so that requests which came together go together. */
  private departSoon(): void {
    if (this.isDue || !this.isFree) return;
    this.isDue = true;
    setImmediate(() => this.depart());
  }

  private depart(): void {
    this.isDue = false;
    const passengers = this.waiting.splice(0, LARGEST_BATCH);
    if (passengers.length === 0) return;
    this.isFree = false;
    const reopen = once(() => {
      this.isFree = true;
      if (this.waiting.length > 0) this.departSoon();
    });
    const patience = setTimeout(reopen, PATIENCE);
    void this.carry(passengers).finally(() => {
      clearTimeout(patience);
      reopen();
    });
  }

  private async carry(passengers: readonly Passenger[]): Promise<void> {
    try {
      const answers = await this.send(passengers);
      passengers.forEach((passenger, i) => passenger.resolve(answers[i]!));
    } catch (error) {
      await this.fail(passengers, error);
    }
  }

  /** One statement that the server refuses has undone the whole batch: then each goes alone. */
  private async fail(passengers: readonly Passenger[], error: unknown): Promise<void> {
    // Without the server's answer nobody knows whether the batch was committed: it must not be sent again.
    if (passengers.length > 1 && hasSqlState(error) && !isSpoilingConnection(error)) {
      await Promise.all(passengers.map((passenger) => this.carry([passenger])));
    } else {
      for (const passenger of passengers) passenger.reject(error);
    }
  }

  // Not `pool.query`: it throws the connection away after any SQL error, a duplicate key included.
  private async send(statements: readonly BoundStatement[]): Promise<readonly unknown[][]> {
    const client = await this.pool().connect();
    let spoiled = false;
    // A leased client has no listener of the pool's, and an unheard `error` event would end the process.
    const lost = () => (spoiled = true);
    client.on('error', lost);
    try {
      return await answered(client, new StatementBatch(statements));
    } catch (error) {
      spoiled ||= isSpoilingConnection(error);
      throw error;
    } finally {
      client.off('error', lost).release(spoiled);
    }
  }
}

const answered = (client: pg.PoolClient, batch: StatementBatch): Promise<readonly unknown[][]> =>
  new Promise((resolve, reject) => {
    batch.callback = (error, rows) => (error ? reject(error) : resolve(rows!));
    client.query(batch as unknown as pg.Submittable);
  });

const hasSqlState = (error: unknown): boolean =>
  error instanceof Error && 'severity' in error && typeof (error as { code?: unknown }).code === 'string';

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}
