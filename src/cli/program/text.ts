/** Rows below a head, each column as wide as its widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

/** A sentence, and below it what belongs to it; what is undefined is left out. */
export function details(sentence: string, values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const width = Math.max(...given.map(([name]) => name.length));
  return [sentence, ...given.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
}

/** A time as people read it, in UTC. */
export const when = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;
