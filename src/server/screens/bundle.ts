// Our pages as browsers get them: bundled by Vite in a process of its own, only where their sources have changed, and
// never before the node is ready. Bundles lie in a folder named by the fingerprint of their sources.

import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../base/log.ts';
import { runBeside } from './run-beside.ts';
import { sourcesFingerprint } from './sources.ts';

const limits = {
  /** Bundles of former sources that are kept: a node that started earlier may serve them still. */
  formerBundles: 3,
};

/** What a page needs, as paths below /assets. */
export interface Entry {
  script: string;
  styles: readonly string[];
}

export interface Bundle {
  /** Holds the files that are served below /assets. */
  folder: string;
  entry(name: 'look' | 'console'): Entry;
}

export interface Bundler {
  /** Undefined until it is made. */
  current(): Bundle | undefined;
  /** Resolves to the bundle of the present sources. Rejects with an Error for the operator. */
  ready: Promise<Bundle>;
}

/** Where there is no bundle of the present sources, it is made once somebody waits for it, or in a calm hour. */
export function startBundler(
  cache: string,
  log: Log,
  { signal, wanted, calm }: { signal: AbortSignal; wanted: Promise<void>; calm: Promise<void> },
): Bundler {
  const parent = join(cache, 'screens');
  const folder = join(parent, sourcesFingerprint());
  let bundle: Bundle | undefined;
  const making = existsSync(folder)
    ? Promise.resolve()
    : Promise.race([wanted, calm]).then(() =>
        runBeside(join(import.meta.dirname, 'bundle-task.ts'), [folder], { signal, wanted }),
      );
  const start = performance.now();
  const ready = making.then(() => {
    bundle = readBundle(folder);
    log.debug({ durationMs: Math.round(performance.now() - start) }, 'pages are bundled');
    forgetFormer(parent);
    return bundle;
  });
  ready.catch((error) => {
    if (!signal.aborted) log.error({ error }, 'pages could not be bundled');
  });
  return {
    current: () => bundle,
    ready,
  };
}

type Manifest = Record<string, { name?: string; isEntry?: boolean; file: string; css?: string[]; imports?: string[] }>;

function readBundle(folder: string): Bundle {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const chunks = Object.values(manifest);
  const stylesOf = (chunk: Manifest[string]): string[] => [
    ...(chunk.imports ?? []).flatMap((name) => stylesOf(manifest[name]!)),
    ...(chunk.css ?? []),
  ];
  return {
    folder,
    entry(name) {
      const chunk = chunks.find((each) => each.isEntry && each.name === name);
      if (chunk === undefined) throw new Error(`the bundle has no page ${name}`);
      return { script: chunk.file, styles: [...new Set(stylesOf(chunk))] };
    },
  };
}

/** The newest stay. What is half made and was left lying by a process that ended goes with the rest. */
function forgetFormer(parent: string): void {
  const byAge = readdirSync(parent)
    .map((name) => join(parent, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of byAge.slice(limits.formerBundles + 1)) rmSync(path, { recursive: true, force: true });
}
