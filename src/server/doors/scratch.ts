// Room on disk for what a request brings before it can be kept: a file without a name, which is gone when it is closed or
// the node has ended, however it did.

import { randomUUID } from 'node:crypto';
import { mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../base/problem.ts';
import type { ScratchFile } from '../../dicomweb/handlers.ts';
import { diskProblem } from '../../storage/objects/disk-problem.ts';

/** In `folder`, which is made where it is not there. `hasRoom`: whether the disk takes more. */
export async function openScratch(folder: string, hasRoom: () => boolean): Promise<ScratchFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = join(folder, randomUUID());
  const file = await open(name, 'wx+', 0o600);
  await unlink(name);
  let sizeBytes = 0;
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    async write(chunk) {
      if (!hasRoom()) throw new Problem('storage/full', { sizeBytes: chunk.length });
      for (let written = 0; written < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, written, chunk.length - written, sizeBytes).catch((error) => {
          throw diskProblem(error, chunk.length);
        });
        written += bytesWritten;
        sizeBytes += bytesWritten;
      }
    },
    async read(start, end) {
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(end, sizeBytes) - start));
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at);
        if (bytesRead === 0) throw new Error('a scratch file was cut');
        at += bytesRead;
      }
      return new Uint8Array(bytes.buffer, 0, bytes.length);
    },
    close: () => file.close(),
  };
}
