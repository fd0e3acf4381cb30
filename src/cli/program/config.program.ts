import { Command } from 'commander';
import { jsonOption } from './options.js';
import { FaultyConfigurationError } from './faulty-configuration.error.js';
import { show } from './terminal.js';
import type { OutputOptions, Terminal } from './terminal.js';

export const configProgram = (terminal: Terminal): Command =>
  new Command('config').description('The settings').addCommand(checking(terminal));

const checking = (terminal: Terminal): Command =>
  new Command('check')
    .description('Say every fault of environment and file, one a line, without starting anything')
    .addOption(jsonOption())
    .action(async (options: OutputOptions) => {
      const { faultsOfConfiguration } = await import('../configuration-faults.js');
      const faults = faultsOfConfiguration(terminal.env);
      if (faults.length > 0 && !options.json) throw new FaultyConfigurationError(faults);
      show(terminal, { valid: faults.length === 0, faults }, options, () => 'The configuration is in order.');
      if (faults.length > 0) throw new FaultyConfigurationError([]);
    });
