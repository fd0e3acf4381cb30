import { SetMetadata } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { ClientCommandMap } from './client-commands.args.js';
import type { InitialAccessCommandMap } from './initial-access-commands.args.js';
import type { KeyCommandMap } from './key-commands.args.js';
import type { TokenCommandMap } from './token-commands.args.js';
import type { UserCommandMap } from './user-commands.args.js';

/** Every command: what it takes and what it gives, both plain data, so that they can travel between processes. */
export type CommandMap = UserCommandMap &
  ClientCommandMap &
  InitialAccessCommandMap &
  TokenCommandMap &
  KeyCommandMap;

export type CommandName = keyof CommandMap;
export type ArgsOf<N extends CommandName> = CommandMap[N]['args'];
export type ResultOf<N extends CommandName> = CommandMap[N]['result'];

/** Runs a command wherever the database is open. @throws Error whose message is one sentence for the operator */
export type Execute = <N extends CommandName>(command: N, args: ArgsOf<N>) => Promise<ResultOf<N>>;

export const HANDLES_COMMAND = Symbol('HANDLES_COMMAND');

/** What the decorator keeps. */
export interface HandledCommand {
  readonly command: CommandName;
  readonly args: Type<object>;
}

type Handler<N extends CommandName> = (args: ArgsOf<N>, signal: AbortSignal) => Promise<ResultOf<N>>;

/** Makes a method of a provider the handler of that command, with the class that checks its arguments. */
export const HandlesCommand =
  <N extends CommandName>(command: N, args: Type<ArgsOf<N> & object>) =>
  <T extends Handler<N>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T>,
  ): void => {
    SetMetadata(HANDLES_COMMAND, { command, args } satisfies HandledCommand)(target, key, descriptor);
  };

/** Who changes something from the command line, for the record. */
export const EDITOR = { by: 'command line', source: 'operator' } as const;
