// How our pages are bundled: for whoever bundles them, and whoever wants to know what is in the bundle.

import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { cacheFolder, repository } from './cache-folder.ts';

/** The pages by the names under which the manifest is asked for them. */
const entries = { look: 'src/viewer/main.ts', console: 'src/console/main.tsx' };

/** Into `folder`. */
export const pagesBuild = (folder: string): InlineConfig => ({
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
