// A CT of a made-up head with an acute subdural haematoma along the left frontal convexity, and one of the same head two years
// before without it: slices of 5 mm from the vertex down, in Hounsfield units.

import type { NewValue } from '../src/dicom/dataset.ts';
import { freshUid, type MadeInstance, makeInstance } from '../test/support/instances.ts';

const size = { columns: 256, rows: 256, slices: 24 };
/** mm. */
const spacing = { pixel: 0.9, slice: 5 };
const INTERCEPT = -1024;
/** How far the blood reaches along the left convexity, from the front. */
const BLEEDING_RADIANS = 2;

export interface HeadStudy {
  studyInstanceUid: string;
  instances: MadeInstance[];
}

export interface HeadOptions {
  isBleeding: boolean;
  /** Of patient, study and station. */
  attributes: Record<string, NewValue>;
}

export function ctHead({ isBleeding, attributes }: HeadOptions): HeadStudy {
  const [studyInstanceUid, seriesInstanceUid, frameOfReferenceUid] = [freshUid(), freshUid(), freshUid()];
  const instances = Array.from({ length: size.slices }, (_, slice) =>
    makeInstance({
      studyInstanceUid,
      seriesInstanceUid,
      rows: size.rows,
      columns: size.columns,
      attributes: {
        Modality: 'CT',
        FrameOfReferenceUID: frameOfReferenceUid,
        SeriesNumber: '2',
        SeriesDescription: 'Head 5.0 H31s',
        InstanceNumber: String(slice + 1),
        ImagePositionPatient: ['-115', '-115', String(-slice * spacing.slice)],
        SliceThickness: String(spacing.slice),
        PixelSpacing: [String(spacing.pixel), String(spacing.pixel)],
        RescaleIntercept: String(INTERCEPT),
        WindowCenter: '40',
        WindowWidth: '80',
        ...attributes,
        PixelData: samples(slice, isBleeding),
      },
    }),
  );
  return { studyInstanceUid, instances };
}

function samples(slice: number, isBleeding: boolean): Uint8Array {
  const values = new Uint16Array(size.rows * size.columns);
  for (let at = 0; at < values.length; at++) {
    const x = ((at % size.columns) + 0.5 - size.columns / 2) * spacing.pixel;
    const y = (Math.floor(at / size.columns) + 0.5 - size.rows / 2) * spacing.pixel;
    values[at] = tissue(x, y, slice, isBleeding) + grain(at, slice) - INTERCEPT;
  }
  return new Uint8Array(values.buffer);
}

/** At a point of a slice, mm from the middle: x to the patient's left, y to the back. */
function tissue(x: number, y: number, slice: number, isBleeding: boolean): number {
  // The vault closes towards the vertex.
  const wide = Math.sqrt(Math.max(0, 1 - (Math.max(0, 9 - slice) / 10) ** 2));
  const outwards = Math.hypot(x / (74 * wide), y / (92 * wide));
  if (outwards > 1.08) return -1000;
  if (outwards > 1.04) return 30;
  if (outwards > 0.97) return 900;
  // Blood lies between dura and brain, widest in front on the left.
  const fromFront = Math.atan2(x, -y) / BLEEDING_RADIANS;
  const isThere = isBleeding && fromFront > 0 && fromFront < 1 && slice > 3 && slice < 17;
  const depth = isThere ? 0.12 * Math.sin(fromFront * Math.PI) : 0;
  if (outwards > 0.97 - depth) return 68;
  if (outwards > 0.94 - depth) return 8;
  // What bleeds pushes the middle over.
  const shift = isBleeding ? -4 * Math.exp(-(((slice - 10) / 5) ** 2)) : 0;
  const isVentricle = slice > 7 && slice < 15 && Math.hypot((Math.abs(x - shift) - 9) / 6, (y + 6) / 26) < 1;
  if (isVentricle) return 6;
  if (Math.abs(x - shift) < 0.8 && Math.abs(y) > 34) return 45;
  return outwards > 0.8 ? 38 : 30;
}

/** Noise of a scanner, the same in every run. */
function grain(at: number, slice: number): number {
  let mixed = Math.imul(at ^ (slice << 20), 0x9e37_79b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b);
  return (((mixed ^ (mixed >>> 13)) >>> 0) % 9) - 4;
}
