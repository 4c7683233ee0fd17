import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DataSet } from '../../dicom/dataset.ts';
import { bitPlane } from '../testing/synthetic.ts';
import { type ImageFrame, isAbout, masksOn } from './masks-on.ts';
import { limits, paintedMask } from './paint-mask.ts';
import { type Ground, groundOf, laidOn, type Plane, type Vector } from './plane.ts';
import { type Segmentation, segmentationOf } from './segmentation.ts';

const SERIES = '1.2.3';
const FRAME_OF_REFERENCE = '1.2.9';

const axial = (z: number, more: Partial<Plane> = {}): Plane => ({
  ...{ position: [-10, -20, z], right: [1, 0, 0], down: [0, 1, 0], acrossMm: 0.5, downMm: 0.5, thicknessMm: 2 },
  ...more,
});
const ground = (plane: Plane | undefined, more: Partial<Ground> = {}): Ground => ({
  ...{ rows: 8, columns: 8, frameOfReferenceUid: FRAME_OF_REFERENCE, plane },
  ...more,
});
const image = (sopInstanceUid: string, plane: Plane | undefined, more: Partial<Ground> = {}): ImageFrame => ({
  ...{ ...ground(plane, more), seriesInstanceUid: SERIES, sopInstanceUid, frame: 1 },
});

interface Made {
  z?: string;
  source?: string;
  segment?: number;
}

/** A segmentation of 8 by 8 pixels, one frame for each of `made`. */
function segmentation(made: readonly Made[], change: (dataset: DataSet) => void = () => {}): Segmentation {
  const item = (...pairs: [string, string | number | (string | number)[]][]) => {
    const dataset = new DataSet();
    for (const [keyword, value] of pairs) dataset.set(keyword, value);
    return dataset;
  };
  const frames = made.map(({ z, source, segment = 1 }) => {
    const group = new DataSet().set('SegmentIdentificationSequence', [item(['ReferencedSegmentNumber', segment])]);
    if (z !== undefined) group.set('PlanePositionSequence', [item(['ImagePositionPatient', ['-10', '-20', z]])]);
    if (source === undefined) return group;
    const sources = [item(['ReferencedSOPInstanceUID', source])];
    return group.set('DerivationImageSequence', [new DataSet().set('SourceImageSequence', sources)]);
  });
  const shared = new DataSet()
    .set('PlaneOrientationSequence', [item(['ImageOrientationPatient', ['1', '0', '0', '0', '1', '0']])])
    .set('PixelMeasuresSequence', [item(['PixelSpacing', ['0.5', '0.5']], ['SpacingBetweenSlices', '2'])]);
  const dataset = new DataSet()
    .set('SegmentationType', 'BINARY')
    .set('FrameOfReferenceUID', FRAME_OF_REFERENCE)
    .set('NumberOfFrames', made.length)
    .set('Rows', 8)
    .set('Columns', 8)
    .set('BitsAllocated', 1)
    .set('SegmentSequence', [
      item(['SegmentNumber', 1], ['SegmentLabel', 'Liver'], ['RecommendedDisplayCIELabValue', [41661, 41167, 40792]]),
      item(['SegmentNumber', 2], ['SegmentLabel', 'Spleen']),
    ])
    .set('SharedFunctionalGroupsSequence', [shared])
    .set('PerFrameFunctionalGroupsSequence', frames);
  change(dataset);
  return segmentationOf(dataset);
}

const rotated = ([x, y, z]: Vector, about: number): Vector => [
  x * Math.cos(about) - y * Math.sin(about),
  x * Math.sin(about) + y * Math.cos(about),
  z,
];

test('PS3.3 C.7.6.2.1.1: a pixel of a mask comes to lie where its place in the patient is, however both are turned and spaced', () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  const spacing = fc.double({ min: 0.1, max: 5, noNaN: true });
  const planes = fc
    .record({ x: number, y: number, turn: number, isMirrored: fc.boolean(), downMm: spacing, acrossMm: spacing })
    .map(({ x, y, turn, isMirrored, downMm, acrossMm }) => {
      const [right, down] = [rotated([isMirrored ? -1 : 1, 0, 0], turn), rotated([0, 1, 0], turn)];
      return axial(0, { position: [x, y, 0], right, down, downMm, acrossMm });
    });
  /** Equation C.7.6.2.1-1, of whole columns and rows from 0. */
  const placeOf = ({ position, right, down, acrossMm, downMm }: Plane, column: number, row: number) =>
    position.map((value, axis) => value + right[axis]! * acrossMm * column + down[axis]! * downMm * row);
  fc.assert(
    fc.property(planes, planes, fc.nat(500), fc.nat(500), (upper, lower, column, row) => {
      const matrix = laidOn(ground(upper), ground(lower));
      assert.ok(typeof matrix !== 'string', `${matrix}`);
      const [a, b, c, d, e, f] = matrix;
      const [x, y] = [column + 0.5, row + 0.5];
      // The middle of a pixel is half a pixel from its corner on either side.
      const found = placeOf(lower, a * x + c * y + e - 0.5, b * x + d * y + f - 0.5);
      for (const [axis, value] of placeOf(upper, column, row).entries()) {
        assert.ok(Math.abs(value - found[axis]!) < 1e-6, `axis ${axis}: ${value}, ${found[axis]}`);
      }
    }),
  );
});

test('what lies elsewhere, tilted, in another frame of reference, or nobody knows where, is not laid on an image', () => {
  const tilt = Math.PI / 36;
  const tilted = axial(0, { down: [0, Math.cos(tilt), Math.sin(tilt)] });
  const rows: [Ground, Ground, unknown][] = [
    [ground(axial(0)), ground(axial(0.9)), 'matrix'],
    [ground(axial(0)), ground(axial(1.1)), 'elsewhere'],
    [ground(axial(0)), ground(axial(0.9, { thicknessMm: 1 })), 'elsewhere'],
    [ground(tilted), ground(axial(0)), 'tilted'],
    [ground(axial(0)), ground(axial(0), { frameOfReferenceUid: '1.2.10' }), 'frame-of-reference'],
    [ground(axial(0)), ground(undefined), 'unplaced'],
    [ground(undefined), ground(undefined), 'matrix'],
    [ground(undefined, { rows: 9 }), ground(undefined), 'size'],
  ];
  for (const [upper, lower, expected] of rows) {
    const found = laidOn(upper, lower);
    assert.equal(typeof found === 'string' ? found : 'matrix', expected);
  }
});

test('a frame that names its source image is laid on no other, and told where that lies elsewhere', () => {
  const made = segmentation([
    { z: '0', source: 'a' },
    { z: '2', source: 'b', segment: 2 },
    { z: '4', source: 'c' },
  ]);
  const on = (sopInstanceUid: string, z: number) => masksOn(made, image(sopInstanceUid, axial(z)));
  assert.deepEqual(
    on('b', 2).laid.map(({ mask, matrix }) => [mask.frame, mask.segment, matrix]),
    [[2, 2, [1, 0, 0, 1, 0, 0]]],
  );
  assert.deepEqual(on('d', 2), { laid: [], mismatches: [] }, 'of the same place, and not of that image');
  assert.deepEqual(on('c', 2), { laid: [], mismatches: ['elsewhere'] });
  const other = image('a', axial(0), { frameOfReferenceUid: '1.2.10' });
  assert.deepEqual(masksOn(made, other), { laid: [], mismatches: ['frame-of-reference'] });
});

test('a frame that names no source is laid on the slice where it lies, of the same frame of reference only', () => {
  const made = segmentation([{ z: '0' }, { z: '2' }]);
  const framesOn = (z: number) => masksOn(made, image('x', axial(z))).laid.map(({ mask }) => mask.frame);
  assert.deepEqual([framesOn(0), framesOn(2.2), framesOn(9)], [[1], [2], []]);
  assert.deepEqual(masksOn(made, image('x', axial(9))).mismatches, [], 'another slice is no fault');
  const elsewhere = image('x', axial(0), { frameOfReferenceUid: undefined });
  assert.deepEqual(masksOn(made, elsewhere), { laid: [], mismatches: ['frame-of-reference'] });
});

test('without a place a mask is laid on the only image that it is of, pixel by pixel', () => {
  const unplaced = (...uids: string[]) =>
    segmentation([{}], (dataset) => {
      dataset.delete('SharedFunctionalGroupsSequence');
      const references = uids.map((uid) => new DataSet().set('ReferencedSOPInstanceUID', uid));
      const series = new DataSet().set('SeriesInstanceUID', SERIES).set('ReferencedInstanceSequence', references);
      dataset.set('ReferencedSeriesSequence', [series]);
    });
  const on = (made: Segmentation) => masksOn(made, image('x', undefined));
  assert.deepEqual(on(unplaced('x')).laid.length, 1);
  assert.deepEqual(on(unplaced('x', 'y')), { laid: [], mismatches: ['unplaced'] }, 'which of both is not said');
});

test('a segmentation is about the series or images that it names, or shares the frame of reference where it names none', () => {
  const series = (uid: string) => (dataset: DataSet) =>
    dataset.set('ReferencedSeriesSequence', [new DataSet().set('SeriesInstanceUID', uid)]);
  const of = image('x', axial(0));
  assert.ok(isAbout(segmentation([{ z: '0' }], series(SERIES)), of));
  assert.ok(!isAbout(segmentation([{ z: '0' }], series('1.2.4')), of));
  assert.ok(isAbout(segmentation([{ z: '0', source: 'x' }]), of));
  assert.ok(!isAbout(segmentation([{ z: '0', source: 'y' }]), of));
  assert.ok(isAbout(segmentation([{ z: '0' }]), of));
  assert.ok(!isAbout(segmentation([{ z: '0' }]), { ...of, frameOfReferenceUid: '1.2.10' }));
});

test('PS3.3 C.8.20.2: single bits, fractions of the maximum, and labels are painted in the colour of their segment', () => {
  const made = segmentation([{ z: '0' }]);
  const [mask] = made.frames;
  const [liver, spleen] = made.segments;
  assert.deepEqual([liver!.label, spleen!.label], ['Liver', 'Spleen']);
  assert.notDeepEqual(liver!.color, spleen!.color);
  const [red, green, blue] = liver!.color;
  assert.ok(red > green && green > blue, 'the CIELab value of a liver is brown');
  const opacities = (samples: Uint8Array, of: Segmentation, segment = liver!) =>
    [...paintedMask(samples, of, mask!, segment)].filter((_, at) => at % 4 === 3).slice(0, 4);
  const bits = bitPlane(8, 8, (row, column) => row === 0 && column % 2 === 1);
  const { opacity } = limits;
  assert.deepEqual(opacities(bits, made), [0, opacity, 0, opacity]);
  assert.deepEqual([...paintedMask(bits, made, mask!, liver!).slice(4, 8)], [...liver!.color, opacity]);
  const bytes = new Uint8Array(64);
  bytes.set([0, 50, 100, 2]);
  const fractional: Segmentation = { ...made, type: 'FRACTIONAL', bitsAllocated: 8, fullValue: 100 };
  assert.deepEqual(opacities(bytes, fractional), [0, opacity / 2, opacity, Math.round(opacity * 0.02)]);
  const labels: Segmentation = { ...made, type: 'LABELMAP', bitsAllocated: 8 };
  bytes.set([0, 1, 2, 2]);
  assert.deepEqual(opacities(bytes, labels, spleen), [0, 0, opacity, opacity]);
  assert.throws(() => paintedMask(bits.subarray(0, 7), made, mask!, liver!), { code: 'request/malformed' });
});

test('a segmentation that announces more frames than it tells of has those it tells of', () => {
  const announced = (frames: string) =>
    segmentation([{ z: '0' }, { z: '2' }], (dataset) => dataset.set('NumberOfFrames', frames)).frames.length;
  assert.deepEqual([announced('2147483647'), announced('1'), announced('-4')], [2, 1, 1]);
});

test('of a frame what its own functional group says comes before what is shared, and that before the image', () => {
  const dataset = new DataSet()
    .set('ImagePositionPatient', ['0', '0', '7'])
    .set('ImageOrientationPatient', ['1', '0', '0', '0', '1', '0'])
    .set('PixelSpacing', ['0.5', '0.25'])
    .set('SliceThickness', '3');
  const { plane } = groundOf(dataset, 1);
  assert.deepEqual([plane?.position, plane?.downMm, plane?.acrossMm, plane?.thicknessMm], [[0, 0, 7], 0.5, 0.25, 3]);
  const at = (z: string) =>
    new DataSet().set('PlanePositionSequence', [new DataSet().set('ImagePositionPatient', ['0', '0', z])]);
  dataset.set('SharedFunctionalGroupsSequence', [at('8')]);
  assert.deepEqual(groundOf(dataset, 2).plane?.position, [0, 0, 8]);
  dataset.set('PerFrameFunctionalGroupsSequence', [at('9'), at('10')]);
  assert.deepEqual(groundOf(dataset, 2).plane?.position, [0, 0, 10]);
  dataset.delete('PixelSpacing');
  assert.equal(groundOf(dataset, 2).plane, undefined);
});
