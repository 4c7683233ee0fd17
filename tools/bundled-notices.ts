// Writes THIRD-PARTY-NOTICES.txt: the licences of the packages that are in our pages, whose bundle says nothing of them.
// A test fails where the file is not what this makes (src/server/screens/notices.test.ts).
//
//   node_modules/.bin/node tools/bundled-notices.ts

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { pagesBuild } from '../src/server/screens/pages-build.ts';

const repository = join(import.meta.dirname, '..');
export const noticesFile = join(repository, 'THIRD-PARTY-NOTICES.txt');

const head = `The pages that Fascia serves are made of its own sources and of the packages below.
OHIF, where it is brought in, is a work of its own with its own licences in its folder.
`;

const licenceFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The whole file. */
export async function bundledNotices(): Promise<string> {
  const folders = await bundledPackages();
  return [head, ...folders.map(noticeOf)].join(`\n${'-'.repeat(80)}\n\n`);
}

/** Folders of packages of which something is in the bundle, by name. */
async function bundledPackages(): Promise<string[]> {
  const config = pagesBuild(join(tmpdir(), 'nothing-is-written-here'));
  const options = { ...config.build, write: false, minify: false };
  const bundled = await build({ ...config, logLevel: 'silent', build: options });
  const { output } = bundled as Rolldown.RolldownOutput;
  const sources = output.flatMap((file) =>
    file.type === 'chunk' ? file.moduleIds : file.originalFileNames.map((name) => join(repository, name)),
  );
  const folders = sources.flatMap(
    (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replace(/^\0/, ''))?.[0] ?? [],
  );
  return [...new Set(folders)].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

const nameOf = (folder: string): string => folder.replace(/^.*\/node_modules\//, '');

function noticeOf(folder: string): string {
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((name) => licenceFile.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length === 0) texts.push('The package has no licence file beside the name of its licence.');
  return `${nameOf(folder)} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}

if (import.meta.main) writeFileSync(noticesFile, await bundledNotices());
