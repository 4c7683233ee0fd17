// Brings OHIF in: its tarball from the npm registry or from a file, checked against the pinned digest, unpacked without
// what diagnostics does not need, made to live below /viewer, and compressed once. It appears when it is whole.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { compressFiles } from './compress-files.ts';
import { amendments, leftOut, ohifRelease } from './ohif-release.ts';

const limits = {
  /** Of Brotli: what is gained above takes minutes. */
  compression: 9,
};

export const ohifFolder = (cache: string): string => join(cache, `ohif-${ohifRelease.version}-${ohifRelease.revision}`);

/** `tarball`: a file; from the registry where absent. Rejects with an Error for the operator. */
export async function installOhif(
  cache: string,
  { tarball, signal }: { tarball?: string; signal?: AbortSignal } = {},
): Promise<void> {
  const folder = mkdtempSync(join(cache, 'ohif.'));
  try {
    const path = tarball ?? (await fromRegistry(folder, signal));
    await checkIntegrity(path);
    await unpack(path, join(folder, 'dist'), signal);
    settle(join(folder, 'dist'));
    const files = globSync('**/*.{js,css,html,wasm,json,svg}', { cwd: join(folder, 'dist') });
    await compressFiles(
      files.map((name) => join(folder, 'dist', name)),
      limits.compression,
    );
    rmSync(ohifFolder(cache), { recursive: true, force: true });
    renameSync(join(folder, 'dist'), ohifFolder(cache));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `npm pack` fetches the package alone: its dependencies are in its bundles, and some of them are on no registry. */
async function fromRegistry(folder: string, signal: AbortSignal | undefined): Promise<string> {
  const { name, version } = ohifRelease;
  await run(
    'npm',
    [
      'pack',
      `${name}@${version}`,
      '--pack-destination',
      folder,
      '--silent',
      '--fetch-retries=1',
      '--fetch-timeout=60000',
    ],
    signal,
  );
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!);
}

async function checkIntegrity(path: string): Promise<void> {
  const [algorithm, expected] = ohifRelease.integrity.split(/-(.*)/s) as [string, string];
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  if (hash.digest('base64') !== expected) {
    throw new Error(`${path} is not ${ohifRelease.name} ${ohifRelease.version}: its ${algorithm} digest differs`);
  }
}

async function unpack(path: string, target: string, signal: AbortSignal | undefined): Promise<void> {
  mkdirSync(target, { mode: 0o755 });
  const excluded = leftOut.map((pattern) => `--exclude=package/dist/${pattern}`);
  await run('tar', ['-xzf', path, '-C', target, '--strip-components=2', ...excluded, 'package/dist'], signal);
}

/** Its page names every file from the root of the site, and scripts that are left out. */
function settle(folder: string): void {
  const path = join(folder, 'index.html');
  const page = readFileSync(path, 'utf8')
    // What its inline scripts say stands in app-config.js: then no policy has to allow inline scripts.
    .replaceAll(/<script>[^<]*<\/script>/g, '')
    .replaceAll(/<link rel="(?:apple-touch-[a-z-]+|yandex-[a-z-]+|manifest)"[^>]*>/g, '')
    .replace(/<script[^>]*init-service-worker\.js"><\/script>/, '')
    .replaceAll(/(href|src|content)="\/(?!\/)/g, '$1="/viewer/');
  writeFileSync(path, page);
  for (const amendment of amendments) amend(folder, amendment);
}

function amend(folder: string, { files, text, replacement }: (typeof amendments)[number]): void {
  const paths = globSync(files, { cwd: folder }).map((name) => join(folder, name));
  const concerned = paths.filter((path) => readFileSync(path).includes(text));
  if (concerned.length === 0) throw new Error(`none of ${files} holds ${text}`);
  for (const path of concerned) writeFileSync(path, readFileSync(path, 'utf8').replaceAll(text, replacement));
}

async function run(command: string, args: string[], signal: AbortSignal | undefined): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], signal });
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [said, code] = await Promise.race([Promise.all([text(child.stderr), ended]), failed]);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.slice(-500)}`);
}
