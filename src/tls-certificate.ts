import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { Server } from 'node:https';
import type { INestApplication } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import { ConfigurationError } from './config/index.js';
import type { Settings } from './config/index.js';

/** TLS 1.3, and of TLS 1.2 only what BCP 195 recommends. @see RFC 9325 §4.2 */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
].join(':');

/** How often the files are looked at, in milliseconds. */
const LOOK_EVERY = 5_000;

/**
 * What `https.createServer` needs, read from the files; undefined where a proxy ends TLS.
 * @throws ConfigurationError when the files hold no certificate and key that belong together
 */
export function tlsOptions({ tls }: Settings) {
  if (!tls.cert || !tls.key) return undefined;
  const [cert, key] = [readFileSync(tls.cert), readFileSync(tls.key)];
  if (!isPair(cert, key)) throw new ConfigurationError(['tls.key: is not the key of tls.cert']);
  return { cert, key, ciphers: CIPHERS, minVersion: 'TLSv1.2' as const };
}

/** OpenSSL itself takes an RSA certificate with an EC key, and then no handshake succeeds. */
function isPair(cert: Buffer, key: Buffer): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/**
 * Takes a renewed certificate over once its files change, or at SIGHUP: connections that are open stay so, and new
 * ones get it. A pair that does not fit, as when one of two files is written, leaves the old one in place.
 */
export function renewCertificate(app: INestApplication, settings: Settings): void {
  const { cert, key } = settings.tls;
  const server: unknown = app.getHttpServer();
  if (!cert || !key || !(server instanceof Server)) return;
  const renew = (): void => takeOver(server, settings);
  for (const path of [cert, key]) watchFile(path, { interval: LOOK_EVERY, persistent: false }, renew);
  process.on('SIGHUP', renew);
  server.on('close', () => {
    for (const path of [cert, key]) unwatchFile(path, renew);
    process.off('SIGHUP', renew);
  });
}

function takeOver(server: Server, settings: Settings): void {
  const logger = new Logger('TLS');
  try {
    server.setSecureContext(tlsOptions(settings)!);
    logger.log('the certificate was read again');
  } catch (error) {
    logger.error(`the certificate cannot be used, the one before stays: ${(error as Error).message.trim()}`);
  }
}
