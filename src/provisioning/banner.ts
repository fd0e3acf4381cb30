import type { INestApplication } from '@nestjs/common';
import type { Settings } from '../config/index.js';
import { writePasswordFile } from './password-file.js';
import { ProvisioningService } from './provisioning.service.js';
import type { FirstAdministrator } from './provisioning.service.js';

/** What whoever started the server wants to know first. */
export function banner(app: INestApplication, settings: Settings, milliseconds: number): string {
  const { firstAdministrator } = app.get(ProvisioningService);
  const { issuer } = settings;
  const database = settings.database.url ? 'PostgreSQL' : `embedded PostgreSQL (${settings.dataDir})`;
  return [
    '',
    `  Gatehouse · Node ${process.versions.node} · ${database} · ready in ${(milliseconds / 1000).toFixed(1)} s`,
    '',
    `  Issuer        ${issuer}`,
    `  Sign-in       ${issuer}/login`,
    `  Applications  ${issuer}/applications`,
    `  Console       ${issuer}/admin`,
    ...(settings.docs.enabled ? [`  API docs      ${issuer}/docs`] : []),
    `  Discovery     ${issuer}/.well-known/openid-configuration`,
    ...(firstAdministrator ? ['', ...administratorLines(firstAdministrator, settings)] : []),
    ...(settings.demo.enabled ? ['', ...DEMO] : []),
    '',
  ].join('\n');
}

const DEMO = [
  '  Demo user     alice, password demo',
  '  Demo clients  demo-web (code, secret demo-web-secret) and demo-machine (client_credentials, demo-machine-secret)',
];

/** Shown once. In production, where output is kept in logs, it goes to a file that only this user can read. */
function administratorLines({ username, password }: FirstAdministrator, settings: Settings): string[] {
  const isLogged = settings.environment === 'production' && !process.stdout.isTTY;
  const where = isLogged ? `in ${writePasswordFile(settings.dataDir, password)}` : password;
  return [`  First admin   ${username}, password ${where} (shown only now)`];
}
