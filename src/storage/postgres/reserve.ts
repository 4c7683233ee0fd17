// Room held back for the day the disk is full: PostgreSQL ends when it cannot write its WAL, and needs some room to come
// up again. The file is given up when it does not start for that reason, and made anew at a start that finds room.

import { randomBytes } from 'node:crypto';
import { open, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { limits } from './limits.ts';

const NAME = 'reserve';

export async function holdReserve(home: string): Promise<void> {
  const file = path.join(home, NAME);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size === limits.reserveBytes || (await freeBytes(home)) < 4 * limits.reserveBytes) return;
  // Random, so that no file system compresses it away.
  const block = randomBytes(1_000_000);
  const handle = await open(file, 'w', 0o600);
  try {
    for (let written = 0; written < limits.reserveBytes; written += block.length) await handle.write(block);
  } catch {
    // Somebody else filled the disk meanwhile: no reserve then, and no reason not to serve.
    await rm(file);
  } finally {
    await handle.close();
  }
}

/** Gives the reserve up where the disk is full; resolves to whether it did. */
export async function releaseReserve(home: string): Promise<boolean> {
  const file = path.join(home, NAME);
  if ((await freeBytes(home)) > limits.reserveBytes) return false;
  return stat(file).then(
    () => rm(file).then(() => true),
    () => false,
  );
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
