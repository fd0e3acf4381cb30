import { InvalidArgumentError, Option } from 'commander';

/** For scripts: the whole result, and nothing else. */
export const jsonOption = (): Option => new Option('--json', 'print JSON');

/** An option that may come several times, and gives a list. */
export const repeatable = (flags: string, description: string): Option =>
  new Option(flags, `${description} (repeatable)`).argParser(
    (value: string, before: string[] | undefined) => [...(before ?? []), value],
  );

/** @throws InvalidArgumentError */
export function wholeNumber(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number.');
}
