import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { imageOf, valuesOf } from './image.ts';
import { renderFrame } from './render.ts';
import { syntheticCt, syntheticImage, wordBytes } from './testing/synthetic.ts';

const group = (center: number): DataSet =>
  new DataSet().set('FrameVOILUTSequence', [new DataSet().set('WindowCenter', center).set('WindowWidth', 100)]);

test('PS3.3 C.7.6.16: functional groups of a frame come before shared ones, and those before the image', () => {
  const { dataset } = syntheticImage({ frames: 3, rows: 2, columns: 2 });
  const transformation = new DataSet().set('RescaleSlope', 2).set('RescaleIntercept', -7);
  const measures = new DataSet().set('PixelSpacing', [2, 1]);
  dataset
    .set('RescaleSlope', 9)
    .set('WindowCenter', 1)
    .set('WindowWidth', 1)
    .set('SharedFunctionalGroupsSequence', [
      new DataSet()
        .set('PixelValueTransformationSequence', [transformation])
        .set('PixelMeasuresSequence', [measures])
        .set('FrameVOILUTSequence', [new DataSet().set('WindowCenter', 500).set('WindowWidth', 100)]),
    ])
    .set('PerFrameFunctionalGroupsSequence', [group(10), new DataSet(), group(10)]);
  const image = imageOf(dataset);
  const centers = [1, 2, 3].map((frame) => {
    const [voi] = valuesOf(image, frame).voi;
    return voi?.kind === 'window' ? voi.window.center : undefined;
  });
  assert.deepEqual(centers, [10, 500, 10]);
  assert.deepEqual(valuesOf(image, 2).modality, { kind: 'rescale', slope: 2, intercept: -7 });
  assert.equal(valuesOf(image, 2).pixelAspect, 2);
  assert.equal(image.values.length, 2, 'frames with the same values share them');
});

test('what is known of an image can be sent to another thread and gives the same pixels there', () => {
  const { dataset, frames } = syntheticCt(64);
  dataset.set('PixelPaddingValue', 0, 'US');
  const image = imageOf(dataset);
  const sent = structuredClone(image);
  assert.deepEqual(renderFrame(frames[0]!, sent, 1, {}), renderFrame(frames[0]!, image, 1, {}));
});

test('PS3.3 C.8.8.3.1: values of a dose grid are multiplied by Dose Grid Scaling', () => {
  const { dataset } = syntheticImage({ bitsAllocated: 32 });
  assert.deepEqual(valuesOf(imageOf(dataset.set('DoseGridScaling', 0.001)), 1).modality, {
    kind: 'rescale',
    slope: 0.001,
    intercept: 0,
  });
});

test('PS3.3 C.8.7.1.1.2: the Modality LUT of a logarithmic X-ray angiogram is for measuring, not for display', () => {
  const { dataset } = syntheticImage({ bitsAllocated: 8 });
  const lut = new DataSet().set('LUTDescriptor', [2, 0, 8], 'US').set('LUTData', wordBytes([255, 0]), 'OW');
  dataset.set('ModalityLUTSequence', [lut]).set('Modality', 'XA').set('PixelIntensityRelationship', 'LOG');
  assert.equal(valuesOf(imageOf(dataset), 1).modality.kind, 'rescale');
  assert.equal(valuesOf(imageOf(dataset.set('PixelIntensityRelationship', 'LIN')), 1).modality.kind, 'lut');
});

test('Presentation LUT Shape, not MONOCHROME1, decides the polarity where both are given', () => {
  const { dataset } = syntheticImage({ photometricInterpretation: 'MONOCHROME1' });
  assert.equal(imageOf(dataset).inverse, true);
  assert.equal(imageOf(dataset.set('PresentationLUTShape', 'INVERSE')).inverse, true);
  assert.equal(imageOf(dataset.set('PresentationLUTShape', 'IDENTITY')).inverse, false);
});

test('padding counts as the pixels do, signed or not, whichever VR it was read in', () => {
  const { dataset } = syntheticImage({ signed: true });
  dataset.set('PixelPaddingValue', 63536, 'US').set('PixelPaddingRangeLimit', -1990, 'SS');
  assert.deepEqual(imageOf(dataset).padding, { from: -2000, to: -1990, alwaysBlack: false });
});

test('an empty data set is described as an image of no size, not refused', () => {
  const image = imageOf(new DataSet());
  assert.deepEqual([image.rows, image.columns, image.numberOfFrames, image.overlays], [0, 0, 1, []]);
});
