// Where what the browser gets is kept once it is made: below the repository, so that all nodes of a machine share it, or
// in the data folder where the repository cannot be written to (a read-only image).

import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '../../..');

/** The folder, which exists. `data` is the data folder of the node. */
export function cacheFolder(data: string): string {
  const shared = join(repository, '.cache');
  try {
    mkdirSync(shared, { recursive: true });
    accessSync(shared, constants.W_OK);
    return shared;
  } catch {
    const own = join(data, 'cache');
    mkdirSync(own, { recursive: true });
    return own;
  }
}
