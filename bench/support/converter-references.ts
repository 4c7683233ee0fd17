// Acquisition values beside those that an independent converter (dcm2niix) found in the same series: a folder has the
// objects in In/ and its BIDS sidecars, .bval and .bvec in Ref/.

import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHeads } from '../../src/cli/read-heads.ts';
import { acquisitionsOf } from '../../src/normalize/acquisition/acquisition.ts';
import { type Sidecar, sidecarOf } from '../../src/normalize/acquisition/sidecar.ts';

export interface Comparison {
  compared: number;
  /** A line for each value that is not equal. */
  differences: string[];
  /** References to series that are not there: the sample has those of enhanced objects without the objects. */
  unmatched: string[];
}

export const compared = [
  'EchoTime',
  'RepetitionTime',
  'FlipAngle',
  'InversionTime',
  'PhaseEncodingDirection',
  'PhaseEncodingAxis',
  'EffectiveEchoSpacing',
  'TotalReadoutTime',
  'EstimatedEffectiveEchoSpacing',
  'EstimatedTotalReadoutTime',
  'WaterFatShift',
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
];

/** The converter prints six significant digits of numbers that were of single precision on the way. */
const tolerance = { relative: 1e-5, sliceSeconds: 5e-5, direction: 1e-5 };

export async function compareWithConverter(folder: string): Promise<Comparison> {
  const { objects } = await readHeads(join(folder, 'In'));
  const ours = acquisitionsOf(objects).map(sidecarOf);
  const comparison: Comparison = { compared: 0, differences: [], unmatched: [] };
  for (const file of globSync('*.json', { cwd: join(folder, 'Ref') }).toSorted()) {
    const reference = JSON.parse(readFileSync(join(folder, 'Ref', file), 'utf8')) as Sidecar;
    const own = ours.find((sidecar) => isOf(sidecar, reference));
    if (own === undefined) {
      comparison.unmatched.push(file);
      continue;
    }
    const values = compared.filter((key) => key in reference).map((key) => [key, own[key], reference[key]] as const);
    for (const [key, mine, theirs] of [...values, ...volumesOf(join(folder, 'Ref', file), own)]) {
      comparison.compared++;
      if (isEqual(key, mine, theirs)) continue;
      comparison.differences.push(`${file} ${key}: ${JSON.stringify(mine)} is not ${JSON.stringify(theirs)}`);
    }
  }
  return comparison;
}

/** Stations share series numbers, and converters cut series by echo and kind. */
function isOf(own: Sidecar, reference: Sidecar): boolean {
  const same = ['SeriesNumber', 'SeriesDescription', 'Manufacturer'].every((key) => own[key] === reference[key]);
  const kind = (sidecar: Sidecar): unknown => (sidecar.ImageType as string[])[2]?.split('_')[0];
  const echo = reference.EchoTime === undefined || isEqual('EchoTime', own.EchoTime, reference.EchoTime);
  return same && echo && kind(own) === kind(reference);
}

/** b-value and direction of each volume. */
function volumesOf(sidecar: string, own: Sidecar): [string, unknown, unknown][] {
  return (['bval', 'bvec'] as const).flatMap((kind) => {
    const path = sidecar.replace(/json$/, kind);
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    const rows = lines.map((line) => line.trim().split(/\s+/).map(Number));
    const mine = (kind === 'bval' ? [own.bval] : own.bvec) as number[][] | undefined;
    return rows[0]!.map((_, volume): [string, unknown, unknown] => [
      `${kind}[${volume}]`,
      mine?.map((row) => row?.[volume]),
      rows.map((row) => row[volume]),
    ]);
  });
}

function isEqual(key: string, own: unknown, reference: unknown): boolean {
  if (Array.isArray(own) && Array.isArray(reference)) {
    return own.length === reference.length && own.every((one, i) => isEqual(key, one, reference[i]));
  }
  if (typeof own !== 'number' || typeof reference !== 'number') return own === reference;
  const slack = key === 'SliceTiming' ? tolerance.sliceSeconds : key.startsWith('bvec') ? tolerance.direction : 0;
  return Math.abs(own - reference) <= Math.max(slack, tolerance.relative * Math.abs(reference));
}
