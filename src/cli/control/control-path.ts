import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { CommandError } from '../commands/command-error.js';

// sun_path holds 108 bytes on Linux and 104 on macOS and BSD, the closing NUL included.
const LONGEST_SOCKET_PATH = 100;

/** Where the server of a data directory takes commands: absolute or relative, whichever is shorter. */
export function controlPath(dataDir: string): string {
  const absolute = join(resolve(dataDir), 'control', 'socket');
  const nearby = relative(process.cwd(), absolute);
  return nearby.length < absolute.length ? nearby : absolute;
}

export const isTooLong = (path: string): boolean => Buffer.byteLength(path) > LONGEST_SOCKET_PATH;

/**
 * Makes the directory that only its owner may enter: it guards the socket from the moment that this exists, also
 * where the permissions of a socket itself mean nothing.
 * @throws CommandError when it is somebody else's
 */
export function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== process.geteuid?.()) {
    throw new CommandError(`${directory} is not a directory of this user`);
  }
  chmodSync(directory, 0o700);
}
