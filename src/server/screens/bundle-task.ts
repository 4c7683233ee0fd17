// Bundles our pages into the folder that is named on the command line: a process of its own, started by bundle.ts. The
// folder appears under its name when everything in it is whole.

import { globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { compressFiles } from './compress-files.ts';
import { pagesBuild } from './pages-build.ts';

const target = process.argv[2]!;
mkdirSync(dirname(target), { recursive: true });
const folder = mkdtempSync(`${target}.`);
try {
  await build(pagesBuild(folder));
  await compressFiles(globSync('*.{js,css,svg}', { cwd: folder }).map((name) => join(folder, name)));
  renameSync(folder, target);
} catch (error) {
  rmSync(folder, { recursive: true, force: true });
  // Another node has made the same meanwhile.
  if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
}
