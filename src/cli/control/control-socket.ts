import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { dirname } from 'node:path';
import { Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { CommandsService } from '../commands/commands.service.js';
import { sentenceOf } from '../commands/sentence.js';
import { ControlCaller } from './control-caller.js';
import type { ControlAnswer, ControlRequest } from './control-caller.js';
import { controlPath, isTooLong, makePrivate } from './control-path.js';

/**
 * Takes commands for a server whose embedded database no other process can open. Whoever may enter the directory of
 * the socket could read the database itself, so being able to connect is the credential.
 */
export class ControlSocket implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Control');
  private readonly callers = new Set<ControlCaller>();
  private server?: Server;

  /** @param dataDir of the embedded database; null when there is none, and nothing to do */
  constructor(
    private readonly commands: Pick<CommandsService, 'run'>,
    private readonly dataDir: string | null,
  ) {}

  /** A server that cannot be reached by commands is still one that serves. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.dataDir === null) return;
    try {
      await this.listen(controlPath(this.dataDir));
    } catch (error) {
      this.logger.warn(`commands cannot reach this server while it runs: ${(error as Error).message}`);
    }
  }

  /** Takes no more commands, and waits for those that run: the database closes next. The socket's file goes. */
  async beforeApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const caller of this.callers) caller.dismiss();
    await closed;
  }

  private async listen(path: string): Promise<void> {
    if (isTooLong(path)) throw new Error(`the path ${path} is too long for a socket`);
    makePrivate(dirname(path));
    // The lock of the database is ours, so what lies here is left over from a process that was killed.
    rmSync(path, { force: true });
    const server = createServer((socket) => {
      const caller = new ControlCaller(socket, (request, signal) => this.answer(request, signal));
      this.callers.add(caller);
      socket.on('close', () => this.callers.delete(caller));
    });
    await once(server.listen(path), 'listening');
    chmodSync(path, 0o600);
    this.server = server.unref();
  }

  private async answer({ command, args }: ControlRequest, signal: AbortSignal): Promise<ControlAnswer> {
    try {
      return { result: await this.commands.run(command, args, signal) };
    } catch (error) {
      const sentence = sentenceOf(error);
      if (sentence === null) this.logger.error(`the command ${command} failed`, (error as Error).stack);
      return { error: sentence ?? 'it failed, and the log of the server says why' };
    }
  }
}
