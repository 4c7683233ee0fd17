import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factOf, onlyAcquisition, onlySidecar } from '../testing/facts.ts';
import { csaHeader, type Made, madeSeries, type PrivateValues, protocolText } from '../testing/made-series.ts';
import { siemensTags } from './mappings.ts';

const siemens = { Manufacturer: 'SIEMENS' };

const csaImage = (values: Record<string, (string | number)[]>): PrivateValues => [
  [siemensTags.csaImage, csaHeader(values)],
];
const protocol = (lines: Record<string, string | number>): PrivateValues => [
  [siemensTags.csaSeries, csaHeader({ MrPhoenixProtocol: [protocolText(lines)] })],
];

/** One image of tiles a volume. */
const mosaic = (made: Made & { count: number; times?: number[]; csa?: Record<string, (string | number)[]> }) =>
  madeSeries({
    slices: 1,
    volumes: 2,
    ...made,
    attributes: {
      ...siemens,
      ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'MOSAIC'],
      Rows: 216,
      Columns: 216,
      ...made.attributes,
    },
    privates: [
      ...csaImage({ NumberOfImagesInMosaic: [made.count], ...made.csa }),
      ...(made.times ? ([[siemensTags.mosaicRefAcqTimes, made.times]] as const) : []),
      ...(made.privates ?? []),
    ],
  });

for (const [along, positive, direction] of [
  ['COL', 1, 'j-'],
  ['COL', 0, 'j'],
  ['ROW', 1, 'i'],
  ['ROW', 0, 'i-'],
] as const) {
  test(`phase along ${along} with PhaseEncodingDirectionPositive ${positive} is ${direction} of BIDS`, () => {
    const privates = csaImage({ PhaseEncodingDirectionPositive: [positive] });
    const objects = madeSeries({ attributes: { ...siemens, InPlanePhaseEncodingDirection: along }, privates });
    assert.equal(onlySidecar(objects).PhaseEncodingDirection, direction);
  });
}

test('without a polarity only the axis is told', () => {
  const sidecar = onlySidecar(madeSeries({ attributes: siemens }));
  assert.equal(sidecar.PhaseEncodingAxis, 'j');
  assert.equal(sidecar.PhaseEncodingDirection, undefined);
});

test('echo spacing and readout time follow from the bandwidth per pixel and the lines of one tile', () => {
  const sidecar = onlySidecar(mosaic({ count: 5, csa: { BandwidthPerPixelPhaseEncode: ['27.77800000'] } }));
  assert.equal(sidecar.ReconMatrixPE, 72);
  assert.equal(sidecar.BandwidthPerPixelPhaseEncode, 27.778);
  assert.equal(sidecar.EffectiveEchoSpacing, Number((1 / (27.778 * 72)).toPrecision(9)));
  assert.equal(sidecar.TotalReadoutTime, Number((71 / (27.778 * 72)).toPrecision(9)));
});

test('a fact tells the element, and the part of it, that it was read from', () => {
  const objects = madeSeries({ attributes: siemens, privates: csaImage({ PhaseEncodingDirectionPositive: [1] }) });
  const [, polarity] = factOf(objects, 'PhaseEncodingDirection')!.sources;
  assert.deepEqual(polarity, {
    path: '00291010',
    creator: 'SIEMENS CSA HEADER',
    within: 'CSA PhaseEncodingDirectionPositive',
  });
});

test('a mosaic has the times of its tiles in seconds', () => {
  const objects = mosaic({ count: 5, times: [0, 1450.00000001, 482.5, 1932.5, 967.5] });
  assert.deepEqual(onlySidecar(objects).SliceTiming, [0, 1.45, 0.4825, 1.9325, 0.9675]);
});

test('where the protocol counts the first tile last, so are its times', () => {
  const objects = mosaic({ count: 3, times: [0, 1000, 500], csa: { ProtocolSliceNumber: [2] } });
  assert.deepEqual(onlySidecar(objects).SliceTiming, [0.5, 1, 0]);
});

test('where the first volume has another span than the second, the second is believed', () => {
  const each = (_: number, volume: number) => ({
    privates: [[siemensTags.mosaicRefAcqTimes, volume === 0 ? [0, 700, 1300] : [0, 1000, 500]]] as const,
  });
  assert.deepEqual(onlySidecar(mosaic({ count: 3, each })).SliceTiming, [0, 1, 0.5]);
});

test('before software B15 the order of the protocol is spread over the repetition time', () => {
  const ofMode = (count: number, mode: number) =>
    onlySidecar(mosaic({ count, privates: protocol({ 'sSliceArray.ucMode': `0x${mode}` }) })).SliceTiming;
  assert.deepEqual(ofMode(4, 1), [0, 0.5, 1, 1.5]);
  assert.deepEqual(ofMode(4, 2), [1.5, 1, 0.5, 0]);
  assert.deepEqual(ofMode(4, 4), [1, 0, 1.5, 0.5]);
  assert.deepEqual(ofMode(5, 4), [0, 1.2, 0.4, 1.6, 0.8]);
  const pause = protocol({ 'sSliceArray.ucMode': '0x1', lDelayTimeInTR: 500000 });
  assert.deepEqual(onlySidecar(mosaic({ count: 3, privates: pause })).SliceTiming, [0, 0.5, 1]);
});

test('planes that share their time were excited together, and so many are the multiband factor', () => {
  const times = [0, 500, 1000, 0, 500, 1000];
  assert.equal(onlySidecar(mosaic({ count: 6, times })).MultibandAccelerationFactor, 2);
  assert.equal(onlySidecar(mosaic({ count: 5, times: times.slice(1) })).MultibandAccelerationFactor, undefined);
});

test('a mode of `p2s3` is a factor of 2 in the plane and 3 across planes', () => {
  const sidecar = onlySidecar(madeSeries({ attributes: siemens, privates: [[siemensTags.patMode, 'p2s3']] }));
  assert.equal(sidecar.ParallelReductionFactorInPlane, 2);
  assert.equal(sidecar.MultibandAccelerationFactor, 3);
});

for (const [code, part] of [
  ['0x1', 0.5],
  ['0x2', 0.625],
  ['4', 0.75],
  ['0x8', 0.875],
  ['16', 1],
] as const) {
  test(`ucPhasePartialFourier ${code} is ${part} of the lines`, () => {
    const privates = protocol({ 'sKSpace.ucPhasePartialFourier': code, 'sPat.lAccelFactPE': 3 });
    const sidecar = onlySidecar(madeSeries({ attributes: siemens, privates }));
    assert.equal(sidecar.PartialFourier, part);
    assert.equal(sidecar.ParallelReductionFactorInPlane, 3);
  });
}

test('the dwell time is told in seconds', () => {
  const sidecar = onlySidecar(madeSeries({ attributes: siemens, privates: [[siemensTags.realDwellTime, 2600]] }));
  assert.equal(sidecar.DwellTime, 2.6e-6);
});

test('a direction of the CSA header, which is the patient’s, is turned into the image', () => {
  const oblique = { row: [0.8, 0.6, 0], column: [-0.6, 0.8, 0] } as const;
  const each = (_: number, volume: number) => ({
    privates: csaImage(
      volume === 0 ? { B_value: [0] } : { B_value: [1000], DiffusionGradientDirection: [0.6, -0.8, 0] },
    ),
  });
  const objects = madeSeries({ volumes: 2, attributes: siemens, ...oblique, each });
  const { bValues, directions } = onlyAcquisition(objects).diffusion!;
  assert.deepEqual(bValues, [0, 1000]);
  assert.deepEqual(directions[0], [0, 0, 0]);
  assert.deepEqual(
    directions[1]!.map((one) => Math.round(one * 1e6) / 1e6),
    [0, 1, 0],
  );
});

test('a sagittal stack is told from left to right, whichever side was taken first', () => {
  const sagittal = { row: [0, 1, 0], column: [0, 0, -1] } as const;
  const each = (slice: number) => ({ attributes: { AcquisitionTime: `12000${slice * 0.5}` } });
  const fromRight = madeSeries({ slices: 3, stepMm: -3, ...sagittal, attributes: siemens, each });
  assert.deepEqual(onlySidecar(fromRight).SliceTiming, [1, 0.5, 0]);
});

test('times that are longer apart than a repetition are no slice times of it', () => {
  const each = (slice: number) => ({ attributes: { AcquisitionTime: `1200${10 + slice * 5}` } });
  assert.equal(onlySidecar(madeSeries({ slices: 3, attributes: siemens, each })).SliceTiming, undefined);
});
