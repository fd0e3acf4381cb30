export { CommandsModule } from './commands/commands.module.js';
export { CommandsService } from './commands/commands.service.js';
export { ControlModule } from './control/control.module.js';
