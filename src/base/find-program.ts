// Programs of the system that are used where they are installed.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of a program in the PATH or Debian's sbin, or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
