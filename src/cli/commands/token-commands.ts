import { Injectable } from '@nestjs/common';
import { PurgeService } from '../../purge/index.js';
import { HandlesCommand } from './command.js';
import { PurgeArgs } from './token-commands.args.js';

@Injectable()
export class TokenCommands {
  constructor(private readonly purging: PurgeService) {}

  @HandlesCommand('tokens.purge', PurgeArgs)
  async purge({ batch_size: batchSize, pause }: PurgeArgs, signal: AbortSignal): Promise<{ purged: number }> {
    return { purged: await this.purging.run({ batchSize, pause, signal }) };
  }
}
