import { createHash } from 'node:crypto';

/** A statement that the server parses once per connection and then knows by name. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Names a statement after its text, so that one text has one name in every process. */
export function prepared(text: string): PreparedStatement {
  return { name: `gh_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text };
}
