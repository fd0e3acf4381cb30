import { CommandError } from '../commands/command-error.js';
import type { Execute } from '../commands/command.js';

/** What the command line needs of the world around it. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly execute: Execute;
  readonly serve: (env: NodeJS.ProcessEnv) => Promise<void>;
  /** Everything on standard input. */
  readonly input: () => Promise<string>;
  readonly print: (text: string) => void;
}

export interface OutputOptions {
  readonly json?: boolean;
}

/** Prints a result for people, or whole for a script. */
export function show<T>(
  terminal: Terminal,
  result: T,
  { json }: OutputOptions,
  forPeople: (result: T) => string,
): void {
  terminal.print(json ? JSON.stringify(result, null, 2) : forPeople(result));
}

/** A secret from standard input: an argument could be read in the list of processes. @throws CommandError */
export async function secretFrom(terminal: Terminal): Promise<string> {
  const secret = (await terminal.input()).replace(/\r?\n$/, '');
  if (secret === '') throw new CommandError('standard input is empty');
  if (/[\r\n]/.test(secret)) throw new CommandError('standard input has more than one line');
  return secret;
}
