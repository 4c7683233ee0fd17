import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataSet } from '../../dicom/dataset.ts';
import { frameDescriptionOf } from '../frame-description.ts';
import { describeReencoded } from './encoded-attributes.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';
const jpeg2000 = { lossless: '1.2.840.10008.1.2.4.90', lossy: '1.2.840.10008.1.2.4.91' };

function image(photometricInterpretation: string, pixelRepresentation = 0): DataSet {
  return new DataSet()
    .set('SamplesPerPixel', /^MONO/.test(photometricInterpretation) ? 1 : 3)
    .set('PhotometricInterpretation', photometricInterpretation)
    .set('PlanarConfiguration', 1)
    .set('BitsAllocated', 8)
    .set('BitsStored', 8)
    .set('PixelRepresentation', pixelRepresentation);
}

function reencoded(dataset: DataSet, from: string, to: string, ratio = 10): DataSet {
  describeReencoded(dataset, frameDescriptionOf(dataset), { from, to, ratio });
  return dataset;
}

describe('PS3.5 8.2: the photometric interpretation is that of the codestream', () => {
  const rows = [
    ['RGB', EXPLICIT, '1.2.840.10008.1.2.4.50', 'YBR_FULL_422'],
    ['YBR_FULL_422', '1.2.840.10008.1.2.4.50', EXPLICIT, 'YBR_FULL'],
    ['RGB', EXPLICIT, jpeg2000.lossless, 'YBR_RCT'],
    ['RGB', EXPLICIT, jpeg2000.lossy, 'YBR_ICT'],
    ['YBR_RCT', jpeg2000.lossless, EXPLICIT, 'RGB'],
    ['YBR_ICT', jpeg2000.lossy, '1.2.840.10008.1.2.4.201', 'YBR_RCT'],
    ['YBR_FULL_422', '1.2.840.10008.1.2.4.50', jpeg2000.lossless, 'YBR_FULL'],
    ['RGB', EXPLICIT, '1.2.840.10008.1.2.4.80', 'RGB'],
    ['MONOCHROME1', EXPLICIT, jpeg2000.lossy, 'MONOCHROME1'],
  ] as const;
  for (const [before, from, to, after] of rows) {
    test(`${before} from ${from} to ${to} is ${after}`, () => {
      const dataset = reencoded(image(before), from, to);
      assert.equal(dataset.text('PhotometricInterpretation'), after);
      if (before !== 'MONOCHROME1') assert.equal(dataset.number('PlanarConfiguration'), 0);
    });
  }
});

describe('PS3.3 C.7.6.1.1.5: what was lost once stays lost', () => {
  const lossOf = (dataset: DataSet) =>
    ['LossyImageCompression', 'LossyImageCompressionRatio', 'LossyImageCompressionMethod'].map((keyword) =>
      dataset.texts(keyword).join('\\'),
    );
  test('a lossless syntax says nothing of loss', () => {
    assert.deepEqual(lossOf(reencoded(image('RGB'), EXPLICIT, jpeg2000.lossless)), ['', '', '']);
  });
  test('a second lossy compression is listed after the first', () => {
    const once = reencoded(image('RGB'), EXPLICIT, '1.2.840.10008.1.2.4.50', 7.126);
    assert.deepEqual(lossOf(once), ['01', '7.13', 'ISO_10918_1']);
    const twice = reencoded(once, '1.2.840.10008.1.2.4.50', jpeg2000.lossy, 20);
    assert.deepEqual(lossOf(twice), ['01', '7.13\\20', 'ISO_10918_1\\ISO_15444_1']);
  });
  test('decoding does not undo it, even where the object did not say it', () => {
    assert.deepEqual(lossOf(reencoded(image('MONOCHROME2'), jpeg2000.lossy, EXPLICIT)), ['01', '', '']);
  });
  test('JPEG-LS with signs loses nothing here', () => {
    assert.deepEqual(lossOf(reencoded(image('MONOCHROME2', 1), EXPLICIT, '1.2.840.10008.1.2.4.81')), ['', '', '']);
  });
});
