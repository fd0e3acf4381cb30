import pg from 'pg';

let sent = 0;

/** How many SQL statements this process has sent since it started, `BEGIN` and `COMMIT` included. */
export const statementsSent = (): number => sent;

/** A client of node-postgres that counts what it sends; both the served and the embedded database use it. */
export class CountingClient extends pg.Client {
  // pg declares `query` with a dozen overloads: the override hands every argument on, whatever the form.
  override query = countingQuery as pg.Client['query'];
}

function countingQuery(this: CountingClient, ...statement: Parameters<pg.Client['query']>): unknown {
  sent += (statement[0] as { statementCount?: number }).statementCount ?? 1;
  return pg.Client.prototype.query.apply(this, statement);
}
