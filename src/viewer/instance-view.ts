// What quick look needs of one instance, read from its metadata: where its image lies in the patient, how it is windowed,
// what was lost on the way. Functional groups of enhanced objects (PS3.3 C.7.6.16) are resolved for each frame.

import { itemOf, itemsOf, type JsonObject, numberOf, numbersOf, textOf, textsOf } from './dicom-json.ts';

export interface Window {
  name: string;
  center: number;
  width: number;
}

export interface InstanceView {
  sopInstanceUid: string;
  sopClassUid: string;
  number: string;
  frames: number;
  rows: number;
  columns: number;
  /** Image Orientation (Patient), six cosines: one for all frames, or one for each; empty where there is none. */
  orientations: number[][];
  /** Patient Orientation, of projections: towards right, towards bottom. */
  patientOrientation: string[];
  laterality: string;
  /** Position along the normal in mm, for each frame or one; empty where there is none. */
  positions: number[];
  windows: Window[];
  /** Rescaled range of the stored values, for an image that names no window. */
  range: { low: number; high: number };
  /** Compression that lost something: `JPEG 12:1`; empty where nothing was lost that we know of. */
  lossy: string;
  isColor: boolean;
  burnedIn: boolean;
}

const shared = (object: JsonObject): JsonObject | undefined => itemOf(object, '52009229');

export function instanceView(object: JsonObject): InstanceView {
  const frames = numberOf(object, '00280008') ?? 1;
  const groups = itemsOf(object, '52009230').slice(0, frames);
  const orientations = everyFrame(object, groups, '00209116', '00200037').filter((each) => each.length === 6);
  return {
    sopInstanceUid: textOf(object, '00080018'),
    sopClassUid: textOf(object, '00080016'),
    number: textOf(object, '00200013'),
    frames,
    rows: numberOf(object, '00280010') ?? 0,
    columns: numberOf(object, '00280011') ?? 0,
    orientations,
    patientOrientation: textsOf(object, '00200020'),
    laterality:
      textOf(object, '00200062') ||
      textOf(object, '00200060') ||
      textOf(itemOf(groups[0] ?? shared(object), '00209071'), '00209072'),
    positions: positionsOf(object, groups, orientations),
    windows: windowsOf(object, groups),
    range: rangeOf(object),
    lossy: lossOf(object),
    isColor: (numberOf(object, '00280002') ?? 1) > 1 || textOf(object, '00280004') === 'PALETTE COLOR',
    burnedIn: textOf(object, '00280301') === 'YES',
  };
}

/** The values of an attribute at the top, in the shared group, or in the group of each frame. */
function everyFrame(object: JsonObject, groups: readonly JsonObject[], macro: string, tag: string): number[][] {
  const common = numbersOf(object, tag);
  if (common.length > 0) return [common];
  const inShared = numbersOf(itemOf(shared(object), macro), tag);
  if (inShared.length > 0) return [inShared];
  return groups.map((group) => numbersOf(itemOf(group, macro), tag));
}

function positionsOf(object: JsonObject, groups: readonly JsonObject[], orientations: readonly number[][]): number[] {
  const positions = everyFrame(object, groups, '00209113', '00200032');
  return positions.flatMap((position, at) => {
    const orientation = orientations[Math.min(at, orientations.length - 1)];
    if (position.length !== 3 || orientation === undefined) return [];
    const [rowX, rowY, rowZ, columnX, columnY, columnZ] = orientation as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const [x, y, z] = position as [number, number, number];
    return [
      x * (rowY * columnZ - rowZ * columnY) +
        y * (rowZ * columnX - rowX * columnZ) +
        z * (rowX * columnY - rowY * columnX),
    ];
  });
}

function windowsOf(object: JsonObject, groups: readonly JsonObject[]): Window[] {
  const source = [object, itemOf(shared(object), '00289132'), itemOf(groups[0], '00289132')].find(
    (each) => numberOf(each, '00281050') !== undefined,
  );
  const widths = numbersOf(source, '00281051');
  const names = textsOf(source, '00281055');
  return numbersOf(source, '00281050').flatMap((center, at) => {
    const width = widths[at] ?? 0;
    return width > 0 ? [{ name: names[at] || `window ${at + 1}`, center, width }] : [];
  });
}

function rangeOf(object: JsonObject): { low: number; high: number } {
  const bits = numberOf(object, '00280101') ?? 8;
  const slope = numberOf(object, '00281053') ?? 1;
  const intercept = numberOf(object, '00281052') ?? 0;
  const least = numberOf(object, '00280103') === 1 ? -(2 ** (bits - 1)) : 0;
  return { low: least * slope + intercept, high: (least + 2 ** bits - 1) * slope + intercept };
}

/** PS3.3 C.7.6.1.1.5: how much, in words; empty where nothing was lost that we know of. */
export function lossOf(object: JsonObject): string {
  if (textOf(object, '00282110') !== '01') return '';
  const ratios = numbersOf(object, '00282112').map((ratio) => `${Math.round(ratio * 10) / 10}:1`);
  return ratios.length > 0 ? ratios.join(', then ') : 'ratio unknown';
}
