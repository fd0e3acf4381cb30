import { createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The key-encryption key for an installation that names none: a file beside the database, not in it, readable by
 * this user only. Production on a served database must name its own.
 */
export function localKeyEncryptionKey(dataDir: string): KeyObject {
  const path = join(dataDir, 'key-encryption-key');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return read(path) ?? create(path);
}

function read(path: string): KeyObject | null {
  try {
    return createSecretKey(Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Written aside and linked into place: of several that start at once, exactly one makes the key. */
function create(path: string): KeyObject {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return read(path)!;
}
