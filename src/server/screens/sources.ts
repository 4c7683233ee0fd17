// The sources that our pages are bundled from, as one fingerprint: a bundle is named by it and never out of date.

import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './cache-folder.ts';

/** The pages' own folders, the pure ones they import, what builds them, and the versions of every package. */
const patterns = [
  'src/{viewer,console,pixels,dicom}/**/*.{ts,tsx,css,svg}',
  'src/base/{problem,clock}.ts',
  'src/server/screens/{bundle-task,pages-build}.ts',
  'package-lock.json',
];

export function sourcesFingerprint(): string {
  const paths = patterns
    .flatMap((pattern) => globSync(pattern, { cwd: repository }))
    .filter((path) => !/\.(test|fuzz)\.tsx?$/.test(path))
    .sort();
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\n`).update(readFileSync(join(repository, path)));
  return hash.digest('hex').slice(0, 16);
}
