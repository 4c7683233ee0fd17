import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMediaType } from '../../base/http/media-type.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { toJson } from '../../dicom/json.ts';
import { DicomReader } from '../../dicom/reader.ts';
import { SOP_CLASS } from '../testing/memory-archive.ts';
import { assemble, type BulkContent } from './stow-assembly.ts';

const GIB = 1024 ** 3;

/** A frame of that many bytes, of which nobody gets to see any. */
const frameOf = (sizeBytes: number): BulkContent => ({
  sizeBytes,
  mediaType: parseMediaType('image/dicom-rle')!,
  read: async () => assert.fail('its header says nothing of the image'),
  async *chunks() {
    yield new Uint8Array(8);
  },
});

test('PS3.3 C.7.6.3.1.8: frames beyond 4 GiB have an Extended Offset Table, whatever the client says of its own', async () => {
  const described = new DataSet()
    .set('SOPClassUID', SOP_CLASS)
    .set('SOPInstanceUID', '1.2.3')
    .set('Rows', 60_000)
    .set('Columns', 60_000)
    .set('SamplesPerPixel', 1)
    .set('BitsAllocated', 8)
    .set('NumberOfFrames', 3)
    .set('ExtendedOffsetTable', new Uint8Array(8), 'OV');
  const frames = [3 * GIB + 1, 2 * GIB, 6].map(frameOf);
  const { chunks } = await assemble(toJson(described), new Map([['7FE00010', frames]]));
  const reader = new DicomReader({ holdValuesUpTo: 1024 });
  for await (const chunk of chunks) {
    reader.push(chunk);
    if (reader.atPixelData) break;
  }
  const { dataset } = reader.partial;
  const numbers = (keyword: string) => [...new BigUint64Array(dataset.bytes(keyword)!.slice().buffer)].map(Number);
  assert.deepEqual(numbers('ExtendedOffsetTable'), [0, 3 * GIB + 10, 5 * GIB + 18]);
  assert.deepEqual(numbers('ExtendedOffsetTableLengths'), [3 * GIB + 1, 2 * GIB, 6]);
});
