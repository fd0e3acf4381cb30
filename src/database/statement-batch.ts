import pg from 'pg';
import type { PreparedStatement } from './prepared-statement.js';

/** One statement with its values, as a batch carries it. */
export interface BoundStatement {
  readonly statement: PreparedStatement;
  readonly values: readonly unknown[];
}

type Row = Record<string, unknown>;
type Field = Pick<pg.FieldDef, 'name' | 'dataTypeID'>;
type Done = (error: Error | null, rows?: readonly Row[][]) => void;

/** What node-postgres gives to a query object of one's own, as pg-cursor uses it. */
interface Wire {
  readonly stream: { cork?(): void; uncork?(): void };
  readonly parsedStatements: Record<string, string | undefined>;
  parse(message: PreparedStatement): void;
  bind(message: { statement: string; values: unknown[] }): void;
  describe(message: { type: 'P'; name: '' }): void;
  execute(message: object): void;
  sync(): void;
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils;

/**
 * Several statements on one connection, sent in one go and with one Sync: for the server that is one transaction,
 * so they share a commit, and either all of them happen or none.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export class StatementBatch {
  /** Set before submission; node-postgres wraps it with its time limit. */
  callback: Done;
  private readonly values: readonly unknown[][];
  private readonly answers: Row[][];
  private readers: ((field: string) => unknown)[] = [];
  private fields: readonly Field[] = [];
  private current = 0;

  constructor(private readonly statements: readonly BoundStatement[]) {
    this.values = statements.map((bound) => bound.values.map(prepareValue));
    this.answers = statements.map(() => []);
  }

  get statementCount(): number {
    return this.statements.length;
  }

  /** node-postgres notes under this name and text that the connection knows the statement now. */
  get name(): string {
    return this.statements[this.current]!.statement.name;
  }

  get text(): string {
    return this.statements[this.current]!.statement.text;
  }

  submit(wire: Wire): null {
    const parsing = new Set<string>();
    wire.stream.cork?.();
    for (const [i, { statement }] of this.statements.entries()) {
      const { name } = statement;
      if (wire.parsedStatements[name] === undefined && !parsing.has(name)) wire.parse(statement);
      parsing.add(name);
      wire.bind({ statement: name, values: this.values[i]! });
      wire.describe({ type: 'P', name: '' });
      wire.execute({});
    }
    wire.sync();
    wire.stream.uncork?.();
    return null;
  }

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    this.fields = fields;
    this.readers = fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text'));
  }

  handleDataRow({ fields: texts }: { fields: readonly (string | null)[] }): void {
    const row: Row = {};
    for (const [i, text] of texts.entries()) {
      row[this.fields[i]!.name] = text === null ? null : this.readers[i]!(text);
    }
    this.answers[this.current]!.push(row);
  }

  handleCommandComplete(): void {
    this.current = Math.min(this.current + 1, this.statements.length - 1);
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback(null, this.answers);
  }
}
