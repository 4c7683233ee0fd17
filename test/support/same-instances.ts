// What came back is what went in: the same instances, and each data set byte for byte.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDicom } from '../../src/dicom/reader.ts';

/** An instance with the bytes of its data set, as it was encoded. */
export interface Given {
  sopInstanceUid: string;
  bytes: Uint8Array;
}

/** Every instance of `wanted` is in `given` once, nothing else is, and each data set is the same. */
export function assertSameInstances(given: readonly Given[], wanted: readonly Given[], same = sameBytes): void {
  assert.deepEqual(uids(given), uids(wanted), 'the same instances');
  const byUid = new Map(given.map((one) => [one.sopInstanceUid, one]));
  const changed = wanted.filter((one) => !same(byUid.get(one.sopInstanceUid)!.bytes, one.bytes));
  assert.deepEqual(uids(changed), [], 'no data set changed');
}

/** What a Part 10 file holds. */
export function instanceIn(file: Uint8Array): Given {
  const { dataset, datasetOffset } = readDicom(file);
  return { sopInstanceUid: dataset.text('SOPInstanceUID')!, bytes: file.subarray(datasetOffset) };
}

/** The index that dcmqrscp keeps beside its objects. */
const INDEX = 'index.dat';

/** What the Part 10 files of a folder hold. */
export function instancesInFolder(folder: string): Given[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== INDEX);
  return files.map(({ parentPath, name }) => instanceIn(new Uint8Array(readFileSync(join(parentPath, name)))));
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const uids = (all: readonly Given[]): string[] => all.map(({ sopInstanceUid }) => sopInstanceUid).sort();
