// MR series for tests, as vendors write them: a grid of planes and volumes, standard attributes, private elements in a block
// of their owner, and the vendors' blocks within those.

import { gzipSync } from 'fflate';
import { DataSet, type NewValue } from '../../../dicom/dataset.ts';
import { tag } from '../../../dicom/tag.ts';
import type { Vector } from '../geometry.ts';
import type { PrivateTag } from '../private-tag.ts';

export type Attributes = Readonly<Record<string, NewValue>>;
export type PrivateValues = readonly (readonly [PrivateTag, NewValue])[];

export interface Made {
  slices?: number;
  volumes?: number;
  /** From one plane to the next, along the normal; negative where the first that is taken is the highest. */
  stepMm?: number;
  row?: Vector;
  column?: Vector;
  attributes?: Attributes;
  privates?: PrivateValues;
  /** What differs from plane to plane. */
  each?: (slice: number, volume: number) => { attributes?: Attributes; privates?: PrivateValues };
}

/** Classic objects, in the order they are taken: plane by plane, volume by volume. */
export function madeSeries(made: Made): DataSet[] {
  const { slices = 4, volumes = 1 } = made;
  return Array.from({ length: slices * volumes }, (_, at) => madePlane(made, at % slices, Math.floor(at / slices)));
}

function madePlane(made: Made, slice: number, volume: number): DataSet {
  const { slices = 4, stepMm = 3, row = [1, 0, 0], column = [0, 1, 0], each } = made;
  const normal = [
    row[1] * column[2] - row[2] * column[1],
    row[2] * column[0] - row[0] * column[2],
    row[0] * column[1] - row[1] * column[0],
  ];
  const own = each?.(slice, volume);
  return madeObject(
    {
      ...standard,
      ImagePositionPatient: normal.map((cosine) => cosine * stepMm * slice),
      ImageOrientationPatient: [...row, ...column],
      InstanceNumber: volume * slices + slice + 1,
      ...made.attributes,
      ...own?.attributes,
    },
    [...(made.privates ?? []), ...(own?.privates ?? [])],
  );
}

const standard: Attributes = {
  ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'ND'],
  Modality: 'MR',
  SeriesInstanceUID: '1.2.3.4',
  SeriesNumber: 1,
  ScanningSequence: 'EP',
  MRAcquisitionType: '2D',
  Rows: 64,
  Columns: 64,
  BitsAllocated: 16,
  RepetitionTime: 2000,
  EchoTime: 30,
  FlipAngle: 90,
  MagneticFieldStrength: 3,
  InPlanePhaseEncodingDirection: 'COL',
  AcquisitionMatrix: [64, 0, 0, 64],
};

export function madeObject(attributes: Attributes, privates: PrivateValues = []): DataSet {
  const object = new DataSet();
  for (const [keyword, value] of Object.entries(attributes)) object.set(keyword, value);
  for (const [element, value] of privates) setPrivate(object, element, value);
  return object;
}

/** Reserves a block where the owner has none, the first that is free from 10 on (PS3.5 7.8.1). */
export function setPrivate(object: DataSet, { creator, group, element, vr }: PrivateTag, value: NewValue): void {
  let block = 0x10;
  while (object.has(tag(group, block)) && object.text(tag(group, block)) !== creator) block++;
  object.set(tag(group, block), creator, 'LO');
  object.set(tag(group, (block << 8) | element), value, vr);
}

/** The CSA header of Siemens in its SV10 layout. */
export function csaHeader(values: Readonly<Record<string, readonly (string | number)[]>>): Uint8Array {
  const names = Object.entries(values);
  const chunks = [latin1('SV10\x04\x03\x02\x01'), numbers(names.length, 77)];
  for (const [name, list] of names) {
    const padded = new Uint8Array(64);
    padded.set(latin1(name));
    chunks.push(padded, numbers(list.length), latin1('FD\0\0'), numbers(0, list.length, 77));
    for (const value of list) {
      const bytes = latin1(`${value}\0`);
      const filled = new Uint8Array((bytes.length + 3) & ~3);
      filled.set(bytes);
      chunks.push(numbers(bytes.length, bytes.length, 77, bytes.length), filled);
    }
  }
  return joined(chunks);
}

/** The measurement protocol of Siemens, with what stands around it. */
export const protocolText = (lines: Readonly<Record<string, string | number>>): string =>
  `<XProtocol> {}\n### ASCCONV BEGIN object=MrProtDataImpl ###\n${Object.entries(lines)
    .map(([name, value]) => `${name}\t = \t${value}`)
    .join('\n')}\n### ASCCONV END ###`;

/** The protocol data block of GE. */
export function protocolBlock(lines: Readonly<Record<string, string>>): Uint8Array {
  const text = Object.entries(lines).map(([name, value]) => `${name} "${value}"\n`);
  const zipped = gzipSync(latin1(text.join('')), { mtime: 0 });
  return joined([numbers(zipped.length), zipped]);
}

/** User defined data of GE, as of revision 26: the header stands at byte 3232. */
export function rawHeader({ phaseFlipped = false, bottomUp = false, revision = 26.002 } = {}): Uint8Array {
  const bytes = new Uint8Array(7336);
  const view = new DataView(bytes.buffer);
  const moved = revision >= 25.002;
  const fields = 3232 + (moved ? 76 : 0);
  view.setUint16(24, 3232, true);
  view.setFloat32(3232, revision, true);
  bytes[fields + 48] = phaseFlipped ? 4 : 0;
  bytes[fields + (moved ? 776 : 916)] = bottomUp ? 2 : 0;
  return bytes;
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const numbers = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
