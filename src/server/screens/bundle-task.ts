// Bundles our pages into the folder that is named on the command line: a process of its own, started by bundle.ts at low
// priority. The folder appears under its name when everything in it is whole.

import { globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { cacheFolder, repository } from './cache-folder.ts';
import { compressFiles } from './compress-files.ts';

/** The pages by the names under which the manifest is asked for them. */
const entries = { look: 'src/viewer/main.ts', console: 'src/console/main.tsx' };

const target = process.argv[2]!;
mkdirSync(dirname(target), { recursive: true });
const folder = mkdtempSync(`${target}.`);
try {
  await build({
    root: repository,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    base: '/assets/',
    cacheDir: join(cacheFolder(folder), 'vite'),
    build: {
      outDir: folder,
      emptyOutDir: false,
      assetsDir: '',
      manifest: 'manifest.json',
      target: 'es2022',
      // Bundles with a hash in their name are kept by browsers for ever, so each may be small and shared.
      rolldownOptions: { input: entries },
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  await compressFiles(globSync('*.{js,css,svg}', { cwd: folder }).map((name) => join(folder, name)));
  renameSync(folder, target);
} catch (error) {
  rmSync(folder, { recursive: true, force: true });
  // Another node has made the same meanwhile.
  if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
}
