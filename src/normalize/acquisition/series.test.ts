import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { acquisitionsOf, attributeFacts } from './acquisition.ts';
import { limits } from './limits.ts';
import { seriesOf } from './series.ts';
import { sidecarOf } from './sidecar.ts';
import { onlyAcquisition, onlySidecar } from './testing/facts.ts';
import { madeObject, madeSeries, type PrivateValues } from './testing/made-series.ts';

test('each echo is a series of its own, in the order of echo times', () => {
  const echoes = [40, 20].flatMap((EchoTime) => madeSeries({ attributes: { EchoTime } }));
  assert.deepEqual(
    acquisitionsOf(echoes).map((one) => sidecarOf(one).EchoTime),
    [0.02, 0.04],
  );
});

test('the planes of a localizer that lie across each other are three series', () => {
  const across = [
    madeSeries({}),
    madeSeries({ column: [0, 0, -1] }),
    madeSeries({ row: [0, 1, 0], column: [0, 0, -1] }),
  ].flat();
  assert.equal(seriesOf(across).length, 3);
});

test('magnitude and phase of one DICOM series are two', () => {
  const parts = ['M', 'P'].flatMap((part) =>
    madeSeries({ attributes: { ImageType: ['ORIGINAL', 'PRIMARY', part, 'ND'] } }),
  );
  assert.equal(seriesOf(parts).length, 2);
});

test('planes are in ascending order along the normal, volumes in the order they were taken', () => {
  const objects = madeSeries({ slices: 3, volumes: 2, stepMm: -4 }).toReversed();
  const { volumes, slices } = onlyAcquisition(objects).series;
  assert.equal(slices, 3);
  const numbers = volumes.map((volume) => volume.map(({ frame }) => frame.number('InstanceNumber')));
  assert.deepEqual(numbers, [
    [3, 2, 1],
    [6, 5, 4],
  ]);
});

test('objects that are no images, as protocols and raw data of vendors, are passed over', () => {
  assert.deepEqual(acquisitionsOf([madeObject({ Modality: 'MR', SeriesInstanceUID: '1.2', Rows: 4, Columns: 4 })]), []);
});

test('where it is not written, the distance of planes is measured, in mm', () => {
  assert.equal(onlySidecar(madeSeries({ stepMm: 2.4 })).SpacingBetweenSlices, 2.4);
  assert.equal(onlySidecar(madeSeries({ attributes: { SpacingBetweenSlices: 3 } })).SpacingBetweenSlices, 3);
});

test('a field in gauss becomes tesla, and a frequency in tenths of Hz MHz', () => {
  const sidecar = onlySidecar(
    madeSeries({ attributes: { MagneticFieldStrength: 15000, ImagingFrequency: 638560000 } }),
  );
  assert.equal(sidecar.MagneticFieldStrength, 1.5);
  assert.equal(sidecar.ImagingFrequency, 63.856);
});

/** An enhanced object of two volumes of three planes, its frames plane by plane. */
function enhanced(): DataSet {
  const frames = [0, 1, 2].flatMap((slice) => [1, 2].map((volume) => ({ slice, volume })));
  const groups = frames.map(({ slice, volume }) =>
    madeObject({
      FrameContentSequence: [
        madeObject({
          FrameAcquisitionDateTime: `202601151200${(volume * 2 + slice * 0.5).toFixed(2).padStart(5, '0')}`,
          DimensionIndexValues: [1, slice + 1, volume],
        }),
      ],
      PlanePositionSequence: [madeObject({ ImagePositionPatient: [0, 0, slice * 3] })],
      MRDiffusionSequence: [
        madeObject({
          DiffusionBValue: volume === 1 ? 0 : 800,
          ...(volume === 2 && {
            DiffusionGradientDirectionSequence: [madeObject({ DiffusionGradientOrientation: [1, 0, 0] })],
          }),
        }),
      ],
    }),
  );
  const pointers = ['00209056', '00209057', '00209128'].map((DimensionIndexPointer) =>
    madeObject({ DimensionIndexPointer }),
  );
  return madeObject({
    ImageType: ['ORIGINAL', 'PRIMARY', 'DIFFUSION', 'NONE'],
    Manufacturer: 'Siemens Healthineers',
    Modality: 'MR',
    SeriesInstanceUID: '1.2.3.9',
    Rows: 96,
    Columns: 96,
    BitsAllocated: 16,
    NumberOfFrames: 6,
    EchoPlanarPulseSequence: 'YES',
    DimensionIndexSequence: pointers,
    SharedFunctionalGroupsSequence: [
      madeObject({
        MRTimingAndRelatedParametersSequence: [madeObject({ RepetitionTime: 2000, FlipAngle: 78 })],
        MREchoSequence: [madeObject({ EffectiveEchoTime: 68 })],
        PlaneOrientationSequence: [madeObject({ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] })],
        MRFOVGeometrySequence: [
          madeObject({ InPlanePhaseEncodingDirection: 'COLUMN', MRAcquisitionPhaseEncodingStepsInPlane: 72 }),
        ],
      }),
    ],
    PerFrameFunctionalGroupsSequence: groups,
  });
}

test('an enhanced object is read through its functional groups, its frames by their dimensions', () => {
  const sidecar = onlySidecar([enhanced()]);
  assert.equal(sidecar.EchoTime, 0.068);
  assert.equal(sidecar.RepetitionTime, 2);
  assert.equal(sidecar.AcquisitionMatrixPE, 72);
  assert.equal(sidecar.ReconMatrixPE, 96);
  assert.equal(sidecar.PhaseEncodingAxis, 'j');
  assert.deepEqual([sidecar.Slices, sidecar.Volumes], [3, 2]);
  assert.deepEqual(sidecar.SliceTiming, [0, 0.5, 1]);
  assert.deepEqual(sidecar.bval, [0, 800]);
  assert.deepEqual(sidecar.bvec, [
    [0, 1],
    [0, 0],
    [0, 0],
  ]);
});

test('a fact of an enhanced object tells the macro it was read from', () => {
  const echo = onlyAcquisition([enhanced()]).facts.find(({ attribute }) => attribute === 'EchoTime');
  assert.deepEqual(echo!.sources, [{ path: '52009229[1].00189114[1].00189082' }]);
});

test('more frames than the limit are refused by its name', () => {
  const object = enhanced().set('NumberOfFrames', limits.framesOfSeries + 1);
  object.delete('PerFrameFunctionalGroupsSequence');
  assert.throws(
    () => seriesOf([object]),
    (thrown) => thrown instanceof Problem && thrown.code === 'dicom/limit',
  );
});

const header = { creator: 'SIEMENS MR HEADER', group: 0x0019, element: 0x0c } as const;

test('a private element is found in whichever block its owner has reserved, and read although it has become UN', () => {
  const others: PrivateValues = [[{ creator: 'SOMEBODY ELSE', group: 0x0019, element: 0x0c, vr: 'IS' }, 7]];
  const written = new TextEncoder().encode('1000');
  const [object] = madeSeries({ slices: 1, privates: [...others, [{ ...header, vr: 'UN' }, written]] });
  const [fact] = attributeFacts(object!.set('Manufacturer', 'SIEMENS'));
  assert.deepEqual(fact, {
    attribute: 'DiffusionBValue',
    value: 1000,
    sources: [{ path: '0019110C', creator: 'SIEMENS MR HEADER' }],
    confidence: 1,
    reason: '0019xx0C of SIEMENS MR HEADER has the same meaning',
  });
});

test('what a standard element says already is no fact of a private one', () => {
  const privates: PrivateValues = [[{ ...header, vr: 'IS' }, 1000]];
  const [object] = madeSeries({ slices: 1, attributes: { Manufacturer: 'SIEMENS', DiffusionBValue: 1000 }, privates });
  assert.deepEqual(attributeFacts(object!), []);
});

test('the original stays as it came', () => {
  const objects = madeSeries({ attributes: { Manufacturer: 'SIEMENS' }, privates: [[{ ...header, vr: 'IS' }, 1000]] });
  const before = objects.map((object) => [...object.elements.keys()]);
  acquisitionsOf(objects);
  assert.deepEqual(
    objects.map((object) => [...object.elements.keys()]),
    before,
  );
});
