import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { declaredFields, instanceOf } from '../../common/index.js';
import { CommandError } from './command-error.js';
import { HANDLES_COMMAND } from './command.js';
import type { HandledCommand } from './command.js';

type Handler = (args: object, signal: AbortSignal) => Promise<unknown>;

/** Knows the handler of every command, and lets nothing unchecked through to it. */
@Injectable()
export class CommandsService implements OnApplicationBootstrap {
  private readonly handlers = new Map<string, Handler>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (instance && typeof instance === 'object') this.register(instance as object);
    }
  }

  /** @throws CommandError, or whatever the handler throws */
  async run(command: string, args: object, signal: AbortSignal): Promise<unknown> {
    const handler = this.handlers.get(command);
    if (!handler) throw new CommandError(`the command ${command} is unknown in this release`);
    return handler(args, signal);
  }

  private register(instance: object): void {
    const prototype = Object.getPrototypeOf(instance) as Record<string, Handler> | null;
    if (!prototype) return;
    for (const name of this.scanner.getAllMethodNames(prototype)) {
      const method = prototype[name]!;
      const handled = this.reflector.get<HandledCommand | undefined>(HANDLES_COMMAND, method);
      if (!handled) continue;
      this.handlers.set(handled.command, (args, signal) =>
        method.call(instance, checked(handled.args, args), signal),
      );
    }
  }
}

function checked(type: Type<object>, args: object): object {
  const unknown = Object.keys(args).find((name) => !declaredFields(type).includes(name));
  if (unknown !== undefined) throw new CommandError(`the argument ${unknown} is unknown in this release`);
  const { instance, faults } = instanceOf(type, args);
  const [fault] = faults;
  if (fault) throw new CommandError(fault.missing ? `${fault.field} is missing` : fault.message);
  return instance;
}
