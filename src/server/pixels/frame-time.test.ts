import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../../dicom/dataset.ts';
import { frameTimeMs } from './frame-time.ts';

test('PS3.3 C.7.6.5: the rate recommended for display goes before the time between frames, and that before the rate of the cine', () => {
  const dataset = new DataSet().set('CineRate', '50');
  assert.equal(frameTimeMs(dataset), 20);
  dataset.set('FrameTimeVector', ['0', '30', '50']);
  assert.equal(frameTimeMs(dataset), 40);
  dataset.set('FrameTime', '33.5');
  assert.equal(frameTimeMs(dataset), 33.5);
  dataset.set('RecommendedDisplayFrameRate', '10');
  assert.equal(frameTimeMs(dataset), 100);
});

test('a rate of nothing is none', () => {
  const dataset = new DataSet().set('RecommendedDisplayFrameRate', '0').set('FrameTime', '0').set('CineRate', '25');
  assert.equal(frameTimeMs(dataset), 40);
  assert.equal(frameTimeMs(new DataSet()), undefined);
});
