// Programs from outside that a test speaks to. Where one is missing the test is skipped with the sentence that says how to
// get it; under CI=true the reporter counts that as a failure.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of a program in the PATH or Debian's sbin, or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** For `test(name, { skip: without('storescu', 'dcmtk') }, …)`: false when it is there, else the reason. */
export function without(program: string, debianPackage: string): string | false {
  return findProgram(program) ? false : `skipped: ${program} not found (apt-get install ${debianPackage})`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
