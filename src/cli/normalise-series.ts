// `fascia normalise series`: how the series of a folder were acquired, whatever the vendor calls it; without a node.

import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Acquisition, acquisitionsOf } from '../normalize/acquisition/acquisition.ts';
import { fslFiles, sidecarOf } from '../normalize/acquisition/sidecar.ts';
import { type Command, UsageError } from './command.ts';
import { readHeads } from './read-heads.ts';

export const normaliseSeries: Command = {
  arguments: 'DIR',
  summary: 'how the series of a folder were acquired, in standard words',
  details:
    'One line of JSON a series: every fact with where it was read, how sure it is and why. With --bids the values alone,\n' +
    'under the names of BIDS sidecars and in their units. Files compressed with gzip are read too.',
  options: {
    bids: { type: 'boolean', description: 'as BIDS sidecars' },
    out: { type: 'string', value: 'FOLDER', description: 'write .json, .bval and .bvec files there instead' },
  },
  arity: [1, 1],
  async run([folder], { bids, out }) {
    if (!(await stat(folder!).catch(() => undefined))?.isDirectory()) throw new UsageError(`${folder} is no folder`);
    const { objects, passedOver, copies } = await readHeads(folder!);
    const print = bids === true ? sidecarOf : explained;
    const acquisitions = acquisitionsOf(objects);
    if (typeof out === 'string') await writeAll(out, acquisitions, print);
    else for (const acquisition of acquisitions) process.stdout.write(`${JSON.stringify(print(acquisition))}\n`);
    if (passedOver > 0) process.stderr.write(`${passedOver} files passed over: no DICOM objects of a series\n`);
    if (copies > 0) process.stderr.write(`${copies} files passed over: copies of others\n`);
    return acquisitions.length > 0 ? 0 : 1;
  },
};

function explained(acquisition: Acquisition) {
  const { series, facts } = acquisition;
  const { Modality, Manufacturer, SeriesInstanceUID, SeriesNumber, SeriesDescription } = sidecarOf(acquisition);
  return { Modality, Manufacturer, SeriesInstanceUID, SeriesNumber, SeriesDescription, slices: series.slices, facts };
}

async function writeAll(
  folder: string,
  acquisitions: readonly Acquisition[],
  print: (acquisition: Acquisition) => object,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const taken = new Set<string>();
  for (const acquisition of acquisitions) {
    const name = unused(fileName(acquisition), taken);
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(print(acquisition), undefined, '\t')}\n`);
    if (acquisition.diffusion === undefined) continue;
    const { bval, bvec } = fslFiles(acquisition.diffusion);
    await writeFile(join(folder, `${name}.bval`), bval);
    await writeFile(join(folder, `${name}.bvec`), bvec);
  }
}

/** Series number and description, of letters that every file system takes. */
function fileName({ series: { first } }: Acquisition): string {
  const words = [first.text('SeriesNumber'), first.text('SeriesDescription')].filter((word) => word !== undefined);
  return words.join('_').replace(/[^\p{L}\p{N}=.+-]+/gu, '_') || 'series';
}

function unused(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}_${i}`;
  taken.add(free);
  return free;
}
