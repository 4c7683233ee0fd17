// Objects made to break their reader: bombs, lies about lengths, nests, crowds, and UIDs that are paths.

import { constants, deflateRawSync } from 'node:zlib';
import { CT_IMAGE_STORAGE, freshUid, RLE_LOSSLESS } from './instances.ts';
import { element, item } from './raw-elements.ts';

const DEFLATED = '1.2.840.10008.1.2.1.99';
const UNDEFINED = 0xffff_ffff;
const FOUR_GIB = 0xffff_fffe;

export interface Hostile {
  transferSyntaxUid?: string;
  /** Its study can be told, so it may be kept, and what is wrong with it is a finding; or nothing is wrong but its size. */
  mayBeKept?: 'with a finding' | 'as it is';
  dataSet(sopInstanceUid: string): Uint8Array;
}

/** What places an object in a study, and whatever comes after. */
const head = (sopInstanceUid: string, studyInstanceUid: string, ...rest: Uint8Array[]) =>
  Buffer.concat([
    element('00080016', 'UI', CT_IMAGE_STORAGE),
    element('00080018', 'UI', sopInstanceUid),
    element('00100020', 'LO', 'HOSTILE'),
    element('0020000d', 'UI', studyInstanceUid),
    element('0020000e', 'UI', freshUid()),
    ...rest,
  ]);

const short = (number: number) => new Uint8Array(Uint16Array.of(number).buffer);
const rows = element('00280010', 'US', short(16));
const columns = element('00280011', 'US', short(16));

export const hostileObjects: Record<string, Hostile> = {
  'a deflated data set of 1 GiB': {
    transferSyntaxUid: DEFLATED,
    dataSet: (uid) => bomb(head(uid, freshUid()), element('7fe00010', 'OW', new Uint8Array(0), 2 ** 30)),
  },
  'a deflated data set of sixteen values of 64 MiB': {
    transferSyntaxUid: DEFLATED,
    dataSet: (uid) => {
      const values = Array.from({ length: 16 }, (_, i) => element(`002110${i + 16}`, 'OB', new Uint8Array(0), 2 ** 26));
      return bomb(head(uid, freshUid()), ...values);
    },
  },
  'a hundred thousand sequences within each other': { dataSet: (uid) => head(uid, freshUid(), nested(100_000)) },
  'five thousand sequences within each other': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => head(uid, freshUid(), nested(5_000)),
  },
  'a text of 4 GiB, as it says': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => head(uid, freshUid(), element('00204000', 'UT', 'short', FOUR_GIB)),
  },
  'Pixel Data of 4 GiB, as it says': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => head(uid, freshUid(), rows, columns, element('7fe00010', 'OW', new Uint8Array(512), FOUR_GIB)),
  },
  'a sequence of 4 GiB, as it says': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => head(uid, freshUid(), element('00400275', 'SQ', item('fffee000', FOUR_GIB), FOUR_GIB)),
  },
  'a fragment of 4 GiB, as it says': {
    mayBeKept: 'with a finding',
    transferSyntaxUid: RLE_LOSSLESS,
    dataSet: (uid) =>
      head(uid, freshUid(), element('7fe00010', 'OB', item('fffee000', 0), UNDEFINED), item('fffee000', FOUR_GIB)),
  },
  'two thousand million frames, as it says': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => {
      const frames = element('00280008', 'IS', String(2 ** 31));
      return head(uid, freshUid(), frames, rows, columns, element('7fe00010', 'OW', new Uint8Array(512)));
    },
  },
  'Rows and Columns as UL': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => {
      const huge = new Uint8Array(Uint32Array.of(2 ** 31).buffer);
      const wrong = [element('00280010', 'UL', huge), element('00280011', 'UL', huge)];
      return head(uid, freshUid(), ...wrong, element('7fe00010', 'OW', new Uint8Array(512)));
    },
  },
  'four hundred thousand elements': {
    mayBeKept: 'as it is',
    dataSet: (uid) => head(uid, freshUid(), Buffer.concat([...privateElements(400_000)])),
  },
  'two hundred thousand items of one element': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => {
      const one = Buffer.concat([item('fffee000', 8), element('00400009', 'SH', '')]);
      return head(uid, freshUid(), element('00400275', 'SQ', Buffer.concat(Array<Buffer>(200_000).fill(one))));
    },
  },
  'a private value of 200 MB': {
    mayBeKept: 'as it is',
    dataSet: (uid) =>
      head(uid, freshUid(), element('00210010', 'LO', 'HOSTILE'), element('00211001', 'OB', new Uint8Array(200e6))),
  },
  'a private text of 200 MB': {
    mayBeKept: 'as it is',
    dataSet: (uid) =>
      head(uid, freshUid(), element('00210010', 'LO', 'HOSTILE'), element('00211001', 'UT', Buffer.alloc(200e6, 'a'))),
  },
  'a Study Instance UID that is a path': { dataSet: (uid) => head(uid, '../../../../etc/passwd') },
  'a Study Instance UID of two dots': { dataSet: (uid) => head(uid, '..') },
  'a Study Instance UID with a NUL inside': { dataSet: (uid) => head(uid, '1.2\0.3') },
  'a Study Instance UID of a thousand digits': { dataSet: (uid) => head(uid, '1'.repeat(1000)) },
};

/**
 * Deflates `start`, and after it each of `headers` with its share of 1 GiB of zeros, without ever having them: a flushed
 * block can be repeated.
 */
function bomb(start: Uint8Array, ...headers: Uint8Array[]): Uint8Array {
  const flushed = (bytes: Uint8Array) => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
  const zeros = flushed(new Uint8Array(2 ** 20));
  const values = headers.flatMap((header) => [flushed(header), ...Array<Buffer>(1024 / headers.length).fill(zeros)]);
  return Buffer.concat([flushed(start), ...values, deflateRawSync(Buffer.alloc(0))]);
}

/** Sequences of one item each, all of undefined length, properly closed: 36 bytes a level. */
function nested(depth: number): Uint8Array {
  const opening = Buffer.concat([element('00400275', 'SQ', new Uint8Array(0), UNDEFINED), item('fffee000', UNDEFINED)]);
  const closing = Buffer.concat([item('fffee00d', 0), item('fffee0dd', 0)]);
  return Buffer.concat([...Array<Buffer>(depth).fill(opening), ...Array<Buffer>(depth).fill(closing)]);
}

/** Empty ones, in the private blocks of one group after another. */
function* privateElements(count: number): Generator<Uint8Array> {
  for (let i = 0; i < count; i++) {
    const group = 0x0021 + 2 * Math.floor(i / 0xe000);
    const number = 0x1000 + (i % 0xe000);
    yield element(`${group.toString(16).padStart(4, '0')}${number.toString(16)}`, 'LO', '');
  }
}
