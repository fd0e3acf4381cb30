#!/usr/bin/env node
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { CommanderError } from 'commander';
import { CommandError } from './commands/command-error.js';
import { executing } from './execute.js';
import { FaultyConfigurationError } from './program/faulty-configuration.error.js';
import { program } from './program/program.js';

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

const terminal = {
  env: process.env,
  execute: executing(process.env),
  serve: async (env: NodeJS.ProcessEnv) => (await import('../serve.js')).serve(env),
  input,
  print: (line: string) => console.log(line),
};

try {
  await program(terminal).version(version).parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
  const lines = linesOf(error);
  if (lines !== '') console.error(lines);
}

function linesOf(error: unknown): string {
  // Commander has said it already.
  if (error instanceof CommanderError) return '';
  if (error instanceof FaultyConfigurationError) return error.message;
  const { message, code } = error as { message?: string; code?: string };
  // Several addresses that all refuse make an error without a message.
  return `error: ${message || code || String(error)}`;
}

/** What is typed would be seen on the screen. */
function input(): Promise<string> {
  if (process.stdin.isTTY) throw new CommandError('the secret must be piped into standard input');
  return text(process.stdin);
}
