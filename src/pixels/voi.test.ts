import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DataSet } from '../dicom/dataset.ts';
import { wordBytes } from './testing/synthetic.ts';
import { type VoiLutFunction, voiFunction, voiTransformationsOf, windowFunction } from './voi.ts';

const rows: [what: string, center: number, width: number, shape: VoiLutFunction, points: [number, number][]][] = [
  [
    'LINEAR: center 2048 and width 4096 are 0 to 4095',
    2048,
    4096,
    'LINEAR',
    [
      [0, 0],
      [1, 1 / 4095],
      [4095, 1],
      [5000, 1],
    ],
  ],
  [
    'LINEAR: center 0 and width 100 are -50 to 49',
    0,
    100,
    'LINEAR',
    [
      [-50, 0],
      [-0.5, 0.5],
      [49, 1],
      [-51, 0],
    ],
  ],
  [
    'LINEAR: a width of 1 is a threshold just below the center',
    10,
    1,
    'LINEAR',
    [
      [9, 0],
      [9.5, 0],
      [10, 1],
    ],
  ],
  [
    'LINEAR_EXACT: center 0 and width 100 are -50 to 50',
    0,
    100,
    'LINEAR_EXACT',
    [
      [-50, 0],
      [0, 0.5],
      [25, 0.75],
      [50, 1],
    ],
  ],
  [
    'SIGMOID: half at the center',
    10,
    20,
    'SIGMOID',
    [
      [10, 0.5],
      [30, 0.9820137900379085],
      [-10, 0.01798620996209156],
    ],
  ],
  [
    'narrower than 1, LINEAR is taken exactly',
    0.5,
    0.2,
    'LINEAR',
    [
      [0.4, 0],
      [0.5, 0.5],
      [0.6, 1],
    ],
  ],
];
for (const [what, center, width, shape, points] of rows) {
  test(`PS3.3 C.11.2.1: ${what}`, () => {
    const share = windowFunction({ center, width, function: shape });
    for (const [value, expected] of points)
      assert.ok(Math.abs(share(value) - expected) < 1e-12, `${value}: ${share(value)}`);
  });
}

test('whatever the window, a larger value is never darker and all stay between black and white', () => {
  const shape = fc.constantFrom<VoiLutFunction>('LINEAR', 'LINEAR_EXACT', 'SIGMOID');
  const number = fc.integer({ min: -40_000, max: 40_000 });
  fc.assert(
    fc.property(number, fc.integer({ min: 1, max: 65_535 }), shape, number, number, (center, width, kind, a, b) => {
      const share = windowFunction({ center, width, function: kind });
      const [darker, brighter] = [share(Math.min(a, b)), share(Math.max(a, b))];
      assert.ok(darker >= 0 && darker <= brighter && brighter <= 1);
    }),
  );
});

test('PS3.3 C.11.2: all windows of an image are views of it, VOI LUTs come before them', () => {
  const lut = new DataSet().set('LUTDescriptor', [2, 0, 8], 'US').set('LUTData', wordBytes([0, 255]), 'OW');
  const dataset = new DataSet()
    .set('WindowCenter', [40, -600])
    .set('WindowWidth', [400, 1500])
    .set('VOILUTFunction', 'SIGMOID')
    .set('VOILUTSequence', [lut]);
  const [first, ...windows] = voiTransformationsOf(dataset, false);
  assert.equal(first!.kind, 'lut');
  assert.equal(voiFunction(first!)(1), 1);
  assert.deepEqual(windows, [
    { kind: 'window', window: { center: 40, width: 400, function: 'SIGMOID' } },
    { kind: 'window', window: { center: -600, width: 1500, function: 'SIGMOID' } },
  ]);
});

test('a window without a width, or with one of zero, is none', () => {
  assert.deepEqual(voiTransformationsOf(new DataSet().set('WindowCenter', 40), false), []);
  assert.deepEqual(voiTransformationsOf(new DataSet().set('WindowCenter', 40).set('WindowWidth', 0), false), []);
});
