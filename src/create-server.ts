import { ShutdownSignal } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { AppModule } from './app.module.js';
import type { AppOptions } from './app.module.js';
import { FastExpressAdapter } from './common/index.js';
import type { Settings } from './config/index.js';
import { setupApiDocs } from './docs/index.js';
import { httpsOnly } from './https-only.js';
import { QuietLogger } from './quiet-logger.js';
import { tlsOptions } from './tls-certificate.js';

export interface ServerOptions extends AppOptions {
  readonly logger?: false;
}

/** The server as it runs, ready to listen: also what tests and benchmarks start. */
export async function createServer(
  settings: Settings,
  options: ServerOptions = {},
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(settings, options),
    new FastExpressAdapter(),
    {
      bodyParser: false,
      // Whoever starts it hears why it did not; Nest would end the process without a word.
      abortOnError: false,
      logger: options.logger ?? logger(settings),
      httpsOptions: tlsOptions(settings),
    },
  );
  app
    .disable('etag')
    .disable('x-powered-by')
    .set('trust proxy', [...settings.trustedProxies]);
  app.use(baselineHeaders(settings)).use(httpsOnly(settings));
  if (settings.docs.enabled) setupApiDocs(app, settings);
  return app.enableShutdownHooks(endingSignals(settings));
}

/** With a certificate of its own, SIGHUP asks the server to read that again. */
const endingSignals = ({ tls }: Settings): ShutdownSignal[] =>
  Object.values(ShutdownSignal).filter((signal) => !tls.cert || signal !== ShutdownSignal.SIGHUP);

const logger = ({ environment }: Settings): QuietLogger =>
  new QuietLogger({
    prefix: 'Gatehouse',
    json: environment === 'production',
    colors: environment !== 'production' && process.stdout.isTTY === true,
    logLevels: ['error', 'warn', 'log'],
  });

/** On every answer, whoever gives it; pages add their own. */
function baselineHeaders(settings: Settings) {
  const isSecure = settings.issuer.startsWith('https:');
  return (_: Request, response: Response, next: NextFunction): void => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    if (isSecure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    next();
  };
}
