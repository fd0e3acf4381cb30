import { Command } from 'commander';
import type { CreatedUser } from '../commands/user-commands.args.js';
import { jsonOption } from './options.js';
import { secretFrom, show } from './terminal.js';
import type { OutputOptions, Terminal } from './terminal.js';
import { details } from './text.js';

interface CreateOptions extends OutputOptions {
  readonly admin?: boolean;
  readonly email?: string;
  readonly name?: string;
  readonly passwordStdin?: boolean;
}

export const userProgram = (terminal: Terminal): Command =>
  new Command('user')
    .description('The users that Gatehouse itself keeps')
    .addCommand(creating(terminal))
    .addCommand(
      switching(terminal, 'disable', 'End at once all that a user has, and let him sign in no more'),
    )
    .addCommand(
      switching(terminal, 'enable', 'Let a disabled user sign in again; what was ended stays ended'),
    );

const creating = (terminal: Terminal): Command =>
  new Command('create')
    .description('Make a user; without --password-stdin a password is made, and printed once')
    .argument('<username>', 'the name to sign in with, in any case')
    .option('--admin', 'may manage everything')
    .option('--email <address>', 'the email claim')
    .option('--name <name>', 'the name claim: what people call the user')
    .option('--password-stdin', 'read the password from standard input')
    .addOption(jsonOption())
    .action(async (username: string, { json, passwordStdin, ...options }: CreateOptions) => {
      const password = passwordStdin ? { password: await secretFrom(terminal) } : {};
      const user = await terminal.execute('user.create', { username, ...options, ...password });
      show(terminal, user, { json }, created);
    });

const created = ({ username, sub, roles, password }: CreatedUser): string =>
  details(`User ${username} is made.`, {
    Subject: sub,
    Roles: roles.join(', ') || undefined,
    Password: password && `${password} (shown only now)`,
  });

const switching = (terminal: Terminal, what: 'disable' | 'enable', description: string): Command =>
  new Command(what)
    .description(description)
    .argument('<username>', 'the name that the user signs in with')
    .addOption(jsonOption())
    .action(async (username: string, options: OutputOptions) => {
      const user = await terminal.execute(`user.${what}`, { username });
      show(terminal, user, options, (one) => `User ${one.username} is ${what}d.`);
    });
