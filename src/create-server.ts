import { ShutdownSignal } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { AppModule } from './app.module.js';
import type { AppOptions } from './app.module.js';
import { FastExpressAdapter } from './common/index.js';
import type { Settings } from './config/index.js';
import { serveApiDocs } from './docs/index.js';
import type { ApiDocs } from './docs/index.js';
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
  if (settings.docs.enabled) serveApiDocs(app, apiDocs(settings));
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

const REGISTRATION_TOKEN = 'To register: an initial access token. To look after a client: its own.';

const apiDocs = ({ issuer, pages }: Settings): ApiDocs => ({
  path: 'docs',
  address: `${issuer}/docs`,
  head: new DocumentBuilder()
    .setTitle(`${pages.brand} API`)
    .setDescription('OAuth 2.0 and OpenID Connect endpoints, and the management API.')
    .setVersion('1')
    .addServer(issuer)
    .addBasicAuth({ type: 'http', scheme: 'basic', description: 'client_id and client_secret' }, 'client')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: REGISTRATION_TOKEN }, 'registration')
    .build(),
  preselected: ['openid', 'profile', 'user_info'],
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
