import { Command, Option } from 'commander';
import { jsonOption, wholeNumber } from './options.js';
import { show } from './terminal.js';
import type { OutputOptions, Terminal } from './terminal.js';

interface PurgeOptions extends OutputOptions {
  readonly batchSize?: number;
  readonly pause?: number;
}

export const tokensProgram = (terminal: Terminal): Command =>
  new Command('tokens').description('What has been issued').addCommand(purging(terminal));

const purging = (terminal: Terminal): Command =>
  new Command('purge')
    .description('Delete what has expired; a running server does so by itself every five minutes')
    .addOption(
      new Option('--batch-size <n>', 'rows of one statement; 2000 unless told').argParser(wholeNumber),
    )
    .addOption(
      new Option('--pause <ms>', 'milliseconds between two batches; none unless told').argParser(wholeNumber),
    )
    .addOption(jsonOption())
    .action(async ({ json, batchSize, pause }: PurgeOptions) => {
      const args = {
        ...(batchSize !== undefined && { batch_size: batchSize }),
        ...(pause !== undefined && { pause }),
      };
      const result = await terminal.execute('tokens.purge', args);
      show(terminal, result, { json }, ({ purged }) => `${purged} expired rows are deleted.`);
    });
