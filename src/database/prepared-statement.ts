import { createHash } from 'node:crypto';

/** A statement that the server parses once per connection and then knows by name. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Statements are put together from a few parts, so there are few texts, and each is named once. */
const statements = new Map<string, PreparedStatement>();

/** Names a statement after its text, so that one text has one name in every process. Values never go into the text. */
export function prepared(text: string): PreparedStatement {
  const statement = statements.get(text) ?? named(text);
  statements.set(text, statement);
  return statement;
}

function named(text: string): PreparedStatement {
  return { name: `gh_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text };
}
