// What folds the log is code, and a fold that was put away is of one state of it. Releases are not: between two of them a node
// under development, or one with a patch, would take out what other code had decided.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What says who is who: how sightings are read, and what is made of them. */
const folders = ['../../identity', '../../translate', '.'].map((folder) => path.join(import.meta.dirname, folder));

/** SHA-256 of the code in these folders, their tests left out; the same for the same code wherever it lies. */
export async function codeFingerprint(from: readonly string[] = folders): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of from) {
    const names = await readdir(folder);
    const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).toSorted();
    for (const name of sources) hash.update(`${name}\0`).update(await readFile(path.join(folder, name)));
  }
  return hash.digest('hex');
}
