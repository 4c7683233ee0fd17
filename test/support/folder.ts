// A folder that goes when the test ends.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function emptyFolder(after: (cleanUp: () => void) => void, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'fascia-folder-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** One holding files named by their number. */
export function folderOf(after: (cleanUp: () => void) => void, files: readonly Uint8Array[]): string {
  const folder = emptyFolder(after);
  for (const [i, file] of files.entries()) writeFileSync(join(folder, `${i}.dcm`), file);
  return folder;
}
