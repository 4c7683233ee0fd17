import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { toJson } from '../dicom/json.ts';
import type { JsonObject } from './dicom-json.ts';
import { instanceView } from './instance-view.ts';
import { lettersOf, positionOf, slicesOf } from './slices.ts';
import { draggedWindow, startingWindow, windowsFor } from './windows.ts';

const viewOf = (dataset: DataSet) => instanceView(toJson(dataset) as JsonObject);

const plane = (orientation: string[], position: string[]) =>
  new DataSet()
    .set('PlaneOrientationSequence', [new DataSet().set('ImageOrientationPatient', orientation)])
    .set('PlanePositionSequence', [new DataSet().set('ImagePositionPatient', position)]);

test('PS3.3 C.7.6.16: every frame of an enhanced object has its own place in the patient', () => {
  const axial = ['1', '0', '0', '0', '1', '0'];
  const coronal = ['1', '0', '0', '0', '0', '-1'];
  const enhanced = new DataSet()
    .set('NumberOfFrames', 2)
    .set('Rows', 4)
    .set('Columns', 4)
    .set('PerFrameFunctionalGroupsSequence', [plane(axial, ['0', '0', '12.5']), plane(coronal, ['0', '30', '0'])]);
  const [first, second] = slicesOf([viewOf(enhanced)]);
  assert.equal(lettersOf(first!).top, 'A');
  assert.equal(positionOf(first!), 12.5);
  assert.equal(lettersOf(second!).top, 'H');
  assert.equal(positionOf(second!), 30);
});

test('PS3.3 C.7.6.1.1.5: what was lost is told with every ratio', () => {
  const lossy = new DataSet().set('LossyImageCompression', '01').set('LossyImageCompressionRatio', ['12.3', '4']);
  assert.equal(viewOf(lossy).lossy, '12.3:1, then 4:1');
  assert.equal(viewOf(new DataSet().set('LossyImageCompression', '01')).lossy, 'ratio unknown');
  assert.equal(viewOf(new DataSet().set('LossyImageCompression', '00')).lossy, '');
});

test('the windows of an image come first, with their names; a CT has those of its modality too', () => {
  const ct = new DataSet()
    .set('WindowCenter', ['40', '-600'])
    .set('WindowWidth', ['400', '1500'])
    .set('WindowCenterWidthExplanation', ['MEDIASTINUM', 'LUNG']);
  const view = viewOf(ct);
  assert.deepEqual(view.windows[1], { name: 'LUNG', center: -600, width: 1500 });
  assert.equal(windowsFor(view, 'CT').length, 6);
  assert.equal(windowsFor(view, 'MR').length, 2);
});

test('dragging begins at the window of the image, or at all its values, rescaled', () => {
  const signed = new DataSet()
    .set('BitsStored', 12)
    .set('PixelRepresentation', 1)
    .set('RescaleSlope', '2')
    .set('RescaleIntercept', '-100');
  const view = viewOf(signed);
  assert.deepEqual(view.range, { low: -2048 * 2 - 100, high: 2047 * 2 - 100 });
  const window = startingWindow(view);
  assert.equal(window.width, 4095 * 2);
  assert.ok(draggedWindow(window, view.range, 10, 0).width > window.width);
  assert.ok(draggedWindow(window, view.range, 0, 10).center > window.center);
  assert.ok(draggedWindow({ center: 0, width: 2 }, view.range, -1000, 0).width >= 1);
});

test('an instance without pixels is no slice', () => {
  assert.deepEqual(slicesOf([viewOf(new DataSet().set('Modality', 'SR'))]), []);
});
