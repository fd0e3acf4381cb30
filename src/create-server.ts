import { readFileSync } from 'node:fs';
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

export interface ServerOptions extends AppOptions {
  readonly logger?: false;
}

/** TLS 1.3, and of TLS 1.2 only what BCP 195 recommends. */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
].join(':');

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
      httpsOptions: httpsOptions(settings),
    },
  );
  app
    .disable('etag')
    .disable('x-powered-by')
    .set('trust proxy', [...settings.trustedProxies]);
  app.use(baselineHeaders(settings)).use(httpsOnly(settings));
  if (settings.docs.enabled) setupApiDocs(app, settings);
  return app.enableShutdownHooks();
}

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

function httpsOptions({ tls }: Settings) {
  if (!tls.cert || !tls.key) return undefined;
  return {
    cert: readFileSync(tls.cert),
    key: readFileSync(tls.key),
    ciphers: CIPHERS,
    minVersion: 'TLSv1.2' as const,
  };
}
