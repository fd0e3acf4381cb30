import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's Apache, with a directory of its own and nothing of the system's configuration. */
export interface Apache {
  readonly origin: string;
  /** Where its module is answered, and where its own hooks are. */
  readonly redirectUri: string;
  /** What it has logged, for the message of a failed test. */
  log(): string;
  stop(): Promise<void>;
}

const MODULES = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'dir',
  'mime',
  'headers',
  'auth_openidc',
];

/** @param directives of the module, beside where it is and where the provider is */
export async function startApache(
  port: number,
  issuer: string,
  directives: (directory: string) => readonly string[],
): Promise<Apache> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-apache-'));
  const origin = `http://localhost:${port}`;
  const redirectUri = `${origin}/protected/callback`;
  prepare(directory);
  const lines = configuration(directory, port, [
    `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration`,
    `OIDCRedirectURI ${redirectUri}`,
    'OIDCCryptoPassphrase a-passphrase-of-the-test',
    'OIDCInfoHook access_token id_token userinfo refresh_token session',
    ...directives(directory),
  ]);
  writeFileSync(join(directory, 'apache.conf'), lines.join('\n'));
  const parameters = ['-D', 'FOREGROUND', '-f', join(directory, 'apache.conf')];
  const apache = spawn('/usr/sbin/apache2', parameters, { stdio: 'inherit' });
  const logFile = join(directory, 'error.log');
  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  await untilItAnswers(origin, apache, log);
  const stop = async (): Promise<void> => {
    await end(apache);
    rmSync(directory, { recursive: true, force: true });
  };
  return { origin, redirectUri, log, stop };
}

/** A key that the module signs with, and its certificate; the names are those of the directives. */
export function aKeyOf(directory: string): { key: string; cert: string } {
  const [key, cert] = [join(directory, 'client.key'), join(directory, 'client.crt')];
  const output = ['-newkey', 'rsa:2048', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-nodes', '-subj', '/CN=rp', ...output], { stdio: 'pipe' });
  for (const file of [key, cert]) chmodSync(file, 0o644);
  return { key, cert };
}

function prepare(directory: string): void {
  chmodSync(directory, 0o755);
  mkdirSync(join(directory, 'htdocs/protected'), { recursive: true });
  writeFileSync(join(directory, 'htdocs/index.html'), '<h1 id="outside">outside</h1>');
  writeFileSync(join(directory, 'htdocs/protected/index.html'), '<h1 id="inside">inside</h1>');
}

function configuration(directory: string, port: number, module: readonly string[]): string[] {
  return [
    `ServerRoot ${directory}`,
    `DefaultRuntimeDir ${directory}`,
    `PidFile ${directory}/apache.pid`,
    `ErrorLog ${directory}/error.log`,
    'LogLevel warn',
    `Listen 127.0.0.1:${port}`,
    'ServerName localhost',
    // As root it would not serve a request.
    ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
    ...MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    'TypesConfig /dev/null',
    'AddType text/html .html',
    `DocumentRoot ${directory}/htdocs`,
    ...module,
    '<Location /protected>',
    'AuthType openid-connect',
    'Require valid-user',
    'Header always set Cache-Control no-store',
    'Header always set X-Person "%{OIDC_CLAIM_email}e"',
    '</Location>',
    '',
  ];
}

async function untilItAnswers(origin: string, apache: ChildProcess, log: () => string): Promise<void> {
  for (let count = 0; count < 200; count++) {
    if (apache.exitCode !== null) throw new Error(`Apache ended with ${apache.exitCode}:\n${log()}`);
    if ((await fetch(origin).catch(() => null))?.ok) return;
    await sleep(50);
  }
  throw new Error(`Apache does not answer:\n${log()}`);
}

async function end(apache: ChildProcess): Promise<void> {
  if (apache.exitCode !== null) return;
  const ended = new Promise((resolve) => apache.once('exit', resolve));
  apache.kill('SIGTERM');
  await ended;
}
