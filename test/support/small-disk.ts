// A disk of a test that can be filled to the last byte and cleared again. Needs ownMounts of own-namespace.ts.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyFolder } from './folder.ts';

export interface SmallDisk {
  folder: string;
  /** What somebody else keeps on it grows until there is no room for another byte. */
  fill(): Promise<void>;
  /** Somebody else clears it away. */
  clear(): Promise<void>;
}

export function smallDisk(closing: AsyncDisposableStack, sizeBytes: number): SmallDisk {
  const folder = emptyFolder((cleanUp) => closing.defer(cleanUp));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', folder]);
  closing.defer(() => void execFileSync('umount', ['--lazy', folder]));
  const ballast = join(folder, 'ballast');
  return { folder, fill: () => fill(ballast), clear: () => rm(ballast, { force: true }) };
}

/** Makes a file longer until there is no room for another byte. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'a');
  const isFull = (error: NodeJS.ErrnoException) => {
    assert.equal(error.code, 'ENOSPC');
    return 0;
  };
  for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 16)) {
    const piece = new Uint8Array(size);
    while ((await file.write(piece).then(({ bytesWritten }) => bytesWritten, isFull)) === size);
  }
  await file.close();
}
