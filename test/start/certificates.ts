import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that vouches for itself, and its key. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const KEYS = { rsa: ['rsa:2048'], ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'] } as const;

export const aDirectory = (): string => mkdtempSync(join(tmpdir(), 'gatehouse-tls-'));

/** Makes one for localhost with openssl, at fixed names in the directory. */
export function aCertificate(directory: string, kind: keyof typeof KEYS = 'rsa'): Certificate {
  const [cert, key] = [join(directory, 'server.crt'), join(directory, 'server.key')];
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const parameters = ['-x509', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', names];
  const output = ['-newkey', ...KEYS[kind], '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', ...parameters, ...output], { stdio: 'pipe' });
  return { cert, key };
}
