import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the path. */
export function writePasswordFile(directory: string, password: string): string {
  const path = join(directory, 'first-admin-password');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${password}\n`, { mode: 0o600 });
  return path;
}
