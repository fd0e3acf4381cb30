import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs curl as a person would at a shell, and returns what it prints. */
export async function curl(...parameters: string[]): Promise<string> {
  const { stdout } = await run('curl', ['--silent', '--show-error', '--max-time', '10', ...parameters]);
  return stdout;
}
