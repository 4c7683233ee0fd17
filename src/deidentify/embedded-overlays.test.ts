import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { tag } from '../dicom/tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../dicom/transfer-syntax.ts';
import { withoutEmbeddedOverlays } from './embedded-overlays.ts';

const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
const image = () => new DataSet().set('BitsAllocated', 16).set('BitsStored', 12).set('HighBit', 11);
const plane = tag(0x6002, 0x0010);

test('an overlay in the high bits of samples is cleared, however its bytes are cut; samples stay', () => {
  const dataset = image().set(plane, 2, 'US');
  const edit = withoutEmbeddedOverlays(dataset, syntax)!;
  const pixels = Uint8Array.of(0x34, 0xf2, 0xff, 0x1f, 0x00, 0x80);
  const clean = [...edit(pixels.subarray(0, 3), 0), ...edit(pixels.subarray(3), 3)];
  assert.deepEqual(clean, [0x34, 0x02, 0xff, 0x0f, 0x00, 0x00]);
});

test('where overlays have data of their own, or there are none, pixels pass as they are', () => {
  assert.equal(withoutEmbeddedOverlays(image(), syntax), undefined);
  const own = image().set(plane, 2, 'US').set(tag(0x6002, 0x3000), new Uint8Array(2), 'OW');
  assert.equal(withoutEmbeddedOverlays(own, syntax), undefined);
});
