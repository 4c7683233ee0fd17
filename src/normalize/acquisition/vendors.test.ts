import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uihTags } from './other-mappings.ts';
import { philipsTags } from './philips-mappings.ts';
import type { PrivateTag } from './private-tag.ts';
import { factOf, onlyAcquisition, onlySidecar } from './testing/facts.ts';
import { madeObject, madeSeries, type PrivateValues, setPrivate } from './testing/made-series.ts';

const philips = { Manufacturer: 'Philips Medical Systems', ImagingFrequency: 127.774832, EchoTrainLength: 55 };
const imaging = (element: number, vr: 'FL' | 'CS'): PrivateTag => ({
  creator: 'Philips Imaging DD 001',
  group: 0x2001,
  element,
  vr,
});
const gradient = (x: number, y: number, z: number): PrivateValues => [
  [philipsTags.gradientRL, x],
  [philipsTags.gradientAP, y],
  [philipsTags.gradientFH, z],
];

test('Philips: readout is estimated from the water-fat shift, and says that it is', () => {
  const attributes = { ...philips, Rows: 112, Columns: 112, AcquisitionMatrix: [112, 0, 0, 110] };
  const objects = madeSeries({ attributes, privates: [[philipsTags.waterFatShift, 13.962648391723633]] });
  const sidecar = onlySidecar(objects);
  assert.equal((sidecar.EstimatedTotalReadoutTime as number).toPrecision(6), '0.0315659');
  assert.equal((sidecar.EstimatedEffectiveEchoSpacing as number).toPrecision(5), '0.00028438');
  assert.equal(sidecar.AcquisitionMatrixPE, 110);
  assert.equal(sidecar.PhaseEncodingAxis, 'j');
  assert.equal(factOf(objects, 'EstimatedTotalReadoutTime')!.confidence < 0.95, true);
});

test('Philips: a trace among the directions is no volume, and a direction at b = 0 is passed on unturned', () => {
  const third = Math.sqrt(1 / 3);
  const volumes: PrivateValues[] = [
    [[imaging(0x03, 'FL'), 0], ...gradient(third, third, third)],
    [[imaging(0x03, 'FL'), 1000], [imaging(0x04, 'CS'), 'O'], ...gradient(0, 1, 0)],
    [
      [imaging(0x03, 'FL'), 1000],
      [imaging(0x04, 'CS'), 'I'],
    ],
  ];
  const each = (_: number, volume: number) => ({ privates: volumes[volume]! });
  const { bValues, directions } = onlyAcquisition(madeSeries({ volumes: 3, attributes: philips, each })).diffusion!;
  assert.deepEqual(bValues, [0, 1000]);
  assert.deepEqual(directions[1], [0, -1, 0]);
  assert.deepEqual(
    directions[0]!.map((one) => Math.round(one * 1e5)),
    [57735, 57735, 57735],
  );
});

test('Philips: 2D and accelerated across planes is multiband', () => {
  const of = (MRAcquisitionType: string) =>
    onlySidecar(madeSeries({ attributes: { ...philips, MRAcquisitionType, ParallelReductionFactorOutOfPlane: 2 } }));
  assert.equal(of('2D').MultibandAccelerationFactor, 2);
  assert.equal(of('3D').MultibandAccelerationFactor, undefined);
});

test('Philips: what a classic object says in the enhanced item it carries is read', () => {
  const enhanced = madeObject({ ParallelReductionFactorInPlane: 1.5 });
  const item: PrivateTag = { creator: 'Philips MR Imaging DD 005', group: 0x2005, element: 0x0f, vr: 'SQ' };
  const objects = madeSeries({ attributes: philips });
  for (const object of objects) setPrivate(object, item, [enhanced]);
  assert.equal(onlySidecar(objects).ParallelReductionFactorInPlane, 1.5);
  assert.deepEqual(factOf(objects, 'ParallelReductionFactorInPlane')!.sources, [{ path: '2005100F[1].00189069' }]);
});

test('Canon: b-value and direction stand in the comment', () => {
  const each = (_: number, volume: number) => ({
    attributes: { ImageComments: volume === 0 ? 'b=0' : 'b=1500(0.600,0.000,0.800)' },
  });
  const { bValues, directions } = onlyAcquisition(
    madeSeries({ volumes: 2, attributes: { Manufacturer: 'CANON_MEC' }, each }),
  ).diffusion!;
  assert.deepEqual(bValues, [0, 1500]);
  assert.deepEqual(directions[1], [0.6, -0, 0.8]);
});

const uih = { Manufacturer: 'UIH', ImagingFrequency: 128175953 };

test('United Imaging: a volume in one image has its planes in a private sequence', () => {
  const moments = ['20260115120003.5', '20260115120001', '20260115120002.25'];
  const planes = moments.map((AcquisitionDateTime, i) =>
    madeObject({ AcquisitionDateTime, AcquisitionDuration: 20 + i }),
  );
  const objects = madeSeries({
    slices: 1,
    attributes: { ...uih, ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'VFRAME'], Rows: 128, Columns: 128 },
    privates: [
      [uihTags.numberOfImagesInGrid, 3],
      [uihTags.volumeFrames, planes],
    ],
  });
  const sidecar = onlySidecar(objects);
  assert.equal(sidecar.Slices, 3);
  assert.equal(sidecar.ReconMatrixPE, 64);
  assert.equal(sidecar.TotalReadoutTime, 0.022);
  assert.equal(sidecar.ImagingFrequency, 128.175953);
  assert.deepEqual(sidecar.SliceTiming, [2.5, 0, 1.25]);
});

test('United Imaging: each plane of a file of its own has the time it was taken', () => {
  const each = (slice: number) => ({ attributes: { AcquisitionTime: `1200${['00.5', '00', '01'][slice]}` } });
  assert.deepEqual(onlySidecar(madeSeries({ slices: 3, attributes: uih, each })).SliceTiming, [0.5, 0, 1]);
});

test('`F:2S` and `2.5P` are factors of 2 and 2.5', () => {
  const parallel: PrivateTag = { creator: 'Image Private Header', group: 0x0065, element: 0x0d, vr: 'SH' };
  const of = (text: string) => onlySidecar(madeSeries({ attributes: uih, privates: [[parallel, text]] }));
  assert.equal(of('F:2S').ParallelReductionFactorInPlane, 2);
  assert.equal(of('2.5P').ParallelReductionFactorInPlane, 2.5);
});

test('without a Manufacturer the owners of private elements tell whose dialect it is', () => {
  const objects = madeSeries({ privates: [[imaging(0x03, 'FL'), 700]] });
  assert.equal(onlyAcquisition(objects).series.vendor, 'Philips');
});
