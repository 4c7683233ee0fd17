// Our acquisition values beside those of an independent converter (dcm2niix), series by series: how many are equal within
// the six digits it prints. Looks at every dcm_qa_* folder of $FASCIA_SHARED/data/normalise that has In/ and Ref/, or at
// the folders given.

import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readHeads } from '../src/cli/read-heads.ts';
import { acquisitionsOf } from '../src/normalize/acquisition/acquisition.ts';
import { type Sidecar, sidecarOf } from '../src/normalize/acquisition/sidecar.ts';

const scored = [
  'EchoTime',
  'RepetitionTime',
  'FlipAngle',
  'InversionTime',
  'PhaseEncodingDirection',
  'EffectiveEchoSpacing',
  'TotalReadoutTime',
  'SliceTiming',
  'MultibandAccelerationFactor',
  'ParallelReductionFactorInPlane',
  'PartialFourier',
  'PixelBandwidth',
  'DwellTime',
  'EchoTrainLength',
  'MagneticFieldStrength',
  'ImagingFrequency',
  'SliceThickness',
  'SpacingBetweenSlices',
  'AcquisitionMatrixPE',
  'ReconMatrixPE',
  'BandwidthPerPixelPhaseEncode',
  'PhaseEncodingAxis',
  'EstimatedEffectiveEchoSpacing',
  'EstimatedTotalReadoutTime',
  'WaterFatShift',
];

/** Six significant digits are printed, of numbers that were of single precision on the way. */
const RELATIVE_TOLERANCE = 1e-5;
/** Slice times come of clock readings that the converter holds in single precision. */
const SLICE_TIME_TOLERANCE_SECONDS = 5e-5;

const shared = process.env.FASCIA_SHARED ?? join(import.meta.dirname, '../../shared');
const given = process.argv.slice(2);
const folders =
  given.length > 0
    ? given
    : globSync('dcm_qa_*', { cwd: join(shared, 'data/normalise') }).map((name) => join(shared, 'data/normalise', name));
if (folders.length === 0) throw new Error(`no dcm_qa_* below ${shared}/data/normalise (FASCIA_SHARED)`);

let equal = 0;
let compared = 0;
for (const folder of folders.toSorted()) await score(folder);
console.log(`all: ${equal} of ${compared} equal (${((100 * equal) / compared).toFixed(2)} %)`);

async function score(folder: string): Promise<void> {
  const { objects } = await readHeads(join(folder, 'In'));
  const ours = acquisitionsOf(objects).map(sidecarOf);
  const before = { equal, compared };
  for (const file of globSync('*.json', { cwd: join(folder, 'Ref') }).toSorted()) {
    const reference = JSON.parse(readFileSync(join(folder, 'Ref', file), 'utf8')) as Sidecar;
    const own = ours.find((sidecar) => isOf(sidecar, reference));
    // The sample has references to enhanced objects that it does not have.
    if (own === undefined) {
      console.log(`  ${file}: no series of its kind here`);
      continue;
    }
    for (const key of scored.filter((name) => name in reference)) note(file, key, own[key], reference[key]);
    noteLines(file, folder, 'bval', own.bval);
    noteLines(file, folder, 'bvec', own.bvec);
  }
  const [good, all] = [equal - before.equal, compared - before.compared];
  console.log(`${basename(folder)}: ${good} of ${all} equal`);
}

/** Stations share series numbers, converters cut series by echo. */
function isOf(own: Sidecar, reference: Sidecar): boolean {
  const same = (key: string): boolean => own[key] === reference[key];
  const kind = (sidecar: Sidecar): unknown => (sidecar.ImageType as string[])[2]?.split('_')[0];
  const echo = reference.EchoTime === undefined || isEqual('EchoTime', own.EchoTime, reference.EchoTime);
  return (
    same('SeriesNumber') && same('SeriesDescription') && same('Manufacturer') && kind(own) === kind(reference) && echo
  );
}

function note(file: string, key: string, own: unknown, reference: unknown): void {
  compared++;
  if (isEqual(key, own, reference)) equal++;
  else console.log(`  ${file} ${key}: ${JSON.stringify(own)} is not ${JSON.stringify(reference)}`);
}

/** Volume by volume. */
function noteLines(file: string, folder: string, kind: 'bval' | 'bvec', own: unknown): void {
  const path = join(folder, 'Ref', file.replace(/json$/, kind));
  if (!existsSync(path)) return;
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const reference = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const written = (kind === 'bval' ? [own] : own) as number[][] | undefined;
  for (const volume of reference[0]!.keys()) {
    const column = (rows: number[][] | undefined): unknown => rows?.map((row) => row?.[volume]);
    note(file, `${kind}[${volume}]`, column(written), column(reference));
  }
}

function isEqual(key: string, own: unknown, reference: unknown): boolean {
  if (Array.isArray(own) && Array.isArray(reference)) {
    return own.length === reference.length && own.every((one, i) => isEqual(key, one, reference[i]));
  }
  if (typeof own !== 'number' || typeof reference !== 'number') return own === reference;
  const slack = key === 'SliceTiming' ? SLICE_TIME_TOLERANCE_SECONDS : key.startsWith('bvec') ? 1e-5 : 0;
  return Math.abs(own - reference) <= Math.max(slack, RELATIVE_TOLERANCE * Math.abs(reference));
}
