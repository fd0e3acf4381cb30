import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE = 30_000;

/** A program with a keyboard and a screen. */
export class Terminal {
  private printed = '';
  private readonly process: ChildProcessWithoutNullStreams;

  constructor(
    command: string,
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ) {
    // The test runner's own settings are not the program's.
    const { NODE_ENV: _, PORT: __, ...inherited } = process.env;
    this.process = spawn(command, args, { ...options, env: { ...inherited, ...options.env } });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
  }

  get output(): string {
    return this.printed;
  }

  type(text: string): void {
    this.process.stdin.write(text);
  }

  /** Waits for something on the screen, below what was there before. */
  async until(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    const deadline = performance.now() + PATIENCE;
    while (performance.now() < deadline) {
      const { hasEnded } = this;
      const found = pattern.exec(this.printed.slice(from));
      if (found) return found;
      if (hasEnded) break;
      await sleep(20);
    }
    throw new Error(`no ${String(pattern)} in:\n${this.printed}`);
  }

  /** The exit code. */
  async ended(): Promise<number | null> {
    if (!this.hasEnded) await new Promise((resolve) => this.process.once('exit', resolve));
    return this.process.exitCode;
  }

  async end(): Promise<void> {
    this.process.kill('SIGTERM');
    await this.ended();
  }

  private get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }
}
