// Writes compressed forms beside files, once, for every browser that asks for them later.

import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

/** For each path `path.br` and `path.gz`. `quality`: of Brotli, 0 to 11. */
export async function compressFiles(paths: readonly string[], quality = 9): Promise<void> {
  for (const path of paths) {
    const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
    await Promise.all([
      pipeline(createReadStream(path), brotli, createWriteStream(`${path}.br`)),
      pipeline(createReadStream(path), createGzip({ level: 7 }), createWriteStream(`${path}.gz`)),
    ]);
  }
}
