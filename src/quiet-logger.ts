import { ConsoleLogger } from '@nestjs/common';

/** What Nest says of every module and route at start: nobody who runs a server wants to read it. */
const CHATTER = new Set([
  'InstanceLoader',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'NestApplication',
]);

/** The log of the server: for people in development, JSON lines in production. */
export class QuietLogger extends ConsoleLogger {
  override log(message: unknown, ...context: unknown[]): void {
    if (!CHATTER.has(String(context.at(-1)))) super.log(message, ...(context as [string]));
  }
}
