import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dot, type Vector } from '../geometry.ts';
import { factOf, onlyAcquisition, onlySidecar } from '../testing/facts.ts';
import { type Made, madeSeries, type PrivateValues, protocolBlock, rawHeader } from '../testing/made-series.ts';
import { geTags } from './mappings.ts';
import { readProtocolBlock } from './protocol-block.ts';
import { excitationTimes } from './slice-timing.ts';

const ge = {
  Manufacturer: 'GE MEDICAL SYSTEMS',
  SoftwareVersions: ['28', 'LX', 'MR Software release:DV28.0_R02_1947.a'],
};
const sequence: PrivateValues = [[geTags.internalPulseSequenceName, 'EPI']];
const order = (interleaved: boolean): PrivateValues => [
  [
    geTags.protocolBlock,
    protocolBlock({ REVSLICEORDER: interleaved ? '0' : '1', SLICEORDER: interleaved ? '1' : '0' }),
  ],
];

const made = (more: Made) =>
  madeSeries({ ...more, attributes: { ...ge, ...more.attributes }, privates: [...sequence, ...(more.privates ?? [])] });

const thousandths = (times: readonly number[]): number[] => times.map((time) => Math.round(time * 1000));

test('(0018,9034) LINEAR along columns is j-, REVERSE_LINEAR j', () => {
  const of = (RectilinearPhaseEncodeReordering: string) =>
    onlySidecar(made({ attributes: { RectilinearPhaseEncodeReordering } })).PhaseEncodingDirection;
  assert.equal(of('LINEAR'), 'j-');
  assert.equal(of('REVERSE_LINEAR'), 'j');
});

test('before release 27 two switches of the raw data header turn the polarity, and both together do not', () => {
  const of = (switches: Parameters<typeof rawHeader>[0]) =>
    onlySidecar(made({ privates: [[geTags.rawHeader, rawHeader(switches)]] })).PhaseEncodingDirection;
  for (const revision of [20.006, 26.002]) {
    assert.equal(of({ revision }), 'j-');
    assert.equal(of({ revision, phaseFlipped: true }), 'j');
    assert.equal(of({ revision, bottomUp: true }), 'j');
    assert.equal(of({ revision, phaseFlipped: true, bottomUp: true }), 'j-');
  }
  assert.equal(of({ revision: 99 }), undefined);
});

test('ASSET takes lines in twos, with partial Fourier in fours', () => {
  const privates: PrivateValues = [
    [geTags.echoSpacing, 960],
    [{ ...geTags.echoSpacing, element: 0x83, vr: 'DS' }, [0.666667, 1]],
  ];
  const attributes = { Rows: 256, Columns: 256, AcquisitionMatrix: [128, 0, 0, 128] };
  const full = onlySidecar(made({ attributes, privates }));
  assert.equal(full.ParallelReductionFactorInPlane, Number((1 / 0.666667).toPrecision(9)));
  assert.equal(full.TotalReadoutTime, 0.08160000000000001);
  const partial = onlySidecar(made({ attributes: { ...attributes, ScanOptions: ['EPI_GEMS', 'PFF'] }, privates }));
  assert.equal(partial.TotalReadoutTime, 0.08352);
  assert.equal(partial.EffectiveEchoSpacing, Number((0.08352 / 255).toPrecision(9)));
});

test('planes in turn, or every other one first, are spread over the repetition time', () => {
  const of = (interleaved: boolean, stepMm: number) =>
    onlySidecar(made({ slices: 5, stepMm, privates: order(interleaved) })).SliceTiming;
  assert.deepEqual(of(false, 3), [0, 0.4, 0.8, 1.2, 1.6]);
  assert.deepEqual(of(true, 3), [0, 1.2, 0.4, 1.6, 0.8]);
  assert.deepEqual(of(false, -3), [1.6, 1.2, 0.8, 0.4, 0]);
  assert.deepEqual(of(true, -3), [0.8, 1.6, 0.4, 1.2, 0]);
});

test('HyperBand 8 of 80 planes since release 27.0 R03: the last two of the second pass change places', () => {
  const plan = { slices: 80, multiband: 8, seconds: 1, interleaved: true, oddCount: false };
  const times = thousandths(excitationTimes(plan));
  assert.deepEqual(times.slice(0, 10), [0, 500, 100, 600, 200, 700, 300, 900, 400, 800]);
  assert.deepEqual(times.slice(10, 20), times.slice(0, 10));
});

test('HyperBand 6 of 60 planes before that: an eleventh excitation makes their number odd', () => {
  const times = thousandths(
    excitationTimes({ slices: 60, multiband: 6, seconds: 0.9, interleaved: true, oddCount: true }),
  );
  assert.deepEqual(times.slice(0, 11), [0, 491, 82, 573, 164, 655, 245, 736, 327, 818, 409]);
  assert.equal(times[11], 0);
});

test('77 planes by 8 leave the last band short', () => {
  const times = excitationTimes({ slices: 77, multiband: 8, seconds: 1, interleaved: false, oddCount: false });
  assert.equal(times.length, 77);
  assert.deepEqual(thousandths(times.slice(70)), [0, 100, 200, 300, 400, 500, 600]);
});

test('diffusion takes every other plane first, unless its gradients are cycled', () => {
  const privates: PrivateValues = [[geTags.internalPulseSequenceName, 'EPI2']];
  const of = (ManufacturerModelName: string) =>
    onlySidecar(made({ slices: 5, attributes: { ManufacturerModelName }, privates })).SliceTiming;
  assert.deepEqual(of('SIGNA Pioneer'), [0, 1.2, 0.4, 1.6, 0.8]);
  assert.equal(of('SIGNA Premier'), undefined);
});

test('sequences without an order keep a timer in each plane, in seconds or tenths of milliseconds', () => {
  const of = (unit: number) => {
    const each = (slice: number, volume: number) => ({
      privates: [
        [geTags.rtiaTimer, (volume * 2 + slice * 0.5) * unit],
        [geTags.internalPulseSequenceName, 'OTHER'],
      ] as const,
    });
    return onlySidecar(made({ slices: 4, volumes: 2, each })).SliceTiming;
  };
  assert.deepEqual(of(1), [0, 0.5, 1, 1.5]);
  assert.deepEqual(of(10_000), [0, 0.5, 1, 1.5]);
});

test('the pause after each volume is part of the repetition time, and not of the slice times', () => {
  const privates: PrivateValues = [...order(false), [geTags.groupDelay, 0.5]];
  const sidecar = onlySidecar(made({ slices: 4, privates }));
  assert.equal(sidecar.RepetitionTime, 2.5);
  assert.deepEqual(sidecar.SliceTiming, [0, 0.5, 1, 1.5]);
});

test('the multi-phase sequence shows its pause in trigger times; where it varies, nobody knows when planes were taken', () => {
  const attributes = { PulseSequenceName: 'epi' };
  const ofTriggers = (onsets: number[]) =>
    onlySidecar(
      made({
        slices: 2,
        volumes: onsets.length,
        attributes,
        each: (slice, volume) => ({ attributes: { TriggerTime: onsets[volume]! + slice * 1000 } }),
      }),
    );
  assert.equal(ofTriggers([0, 2350, 4700]).RepetitionTime, 2.35);
  assert.deepEqual(ofTriggers([0, 2350, 4700]).SliceTiming, [0, 1]);
  assert.equal(ofTriggers([0, 2350, 5900]).SliceTiming, undefined);
  assert.equal(ofTriggers([0, 2350, 5900]).RepetitionTime, 2);
});

test('a b-value loses the thousand million that is added to it', () => {
  const b = (written: number) => {
    const objects = made({
      volumes: 2,
      each: (_, volume) => ({ privates: [[geTags.bValue, [volume === 0 ? 0 : written, 8, 0, 0]]] }),
    });
    return onlyAcquisition(objects).diffusion?.bValues;
  };
  assert.deepEqual(b(1_000_001_000), [0, 1000]);
  assert.deepEqual(b(2500), [0, 2500]);
});

test('a table of several b-values has the highest in each image, and weaker gradients for the others', () => {
  const strengths = [0, 1, Math.sqrt(2 / 3), Math.sqrt(1 / 6)];
  const each = (_: number, volume: number) => ({
    privates: [
      [geTags.bValue, [1_000_003_000, 0, 0, 0]],
      [geTags.gradientX, 0],
      [geTags.gradientY, Number((0.6 * strengths[volume]!).toFixed(6))],
      [geTags.gradientZ, Number((0.8 * strengths[volume]!).toFixed(6))],
    ] as const,
  });
  const { bValues, directions } = onlyAcquisition(
    made({ volumes: 4, each, privates: [[geTags.internalPulseSequenceName, 'EPI2']] }),
  ).diffusion!;
  assert.deepEqual(bValues.slice(1), [3000, 2000, 500]);
  assert.equal(Math.hypot(...directions[3]!).toFixed(6), '1.000000');
});

const planes: readonly [string, Vector, Vector][] = [
  ['axial', [1, 0, 0], [0, 1, 0]],
  ['coronal', [1, 0, 0], [0, 0, -1]],
  ['sagittal', [0, 1, 0], [0, 0, -1]],
];

for (const [name, row, column] of planes) {
  for (const along of ['COL', 'ROW'] as const) {
    test(`${name} with phase along ${along}: a gradient along frequency, phase or slice lies along that axis of the image`, () => {
      const direction = (written: Vector): Vector => {
        const [x, y, z] = written;
        const privates: PrivateValues = [
          [geTags.internalPulseSequenceName, 'EPI2'],
          [geTags.bValue, [1000, 0, 0, 0]],
          [geTags.gradientX, x],
          [geTags.gradientY, y],
          [geTags.gradientZ, z],
        ];
        const objects = made({ row, column, attributes: { InPlanePhaseEncodingDirection: along }, privates });
        return onlyAcquisition(objects).series.first.numbers('DiffusionGradientOrientation') as unknown as Vector;
      };
      const [frequency, phase] = along === 'COL' ? [row, column] : [column, row];
      assert.equal(Math.abs(dot(direction([1, 0, 0]), frequency)), 1);
      assert.equal(Math.abs(dot(direction([0, 1, 0]), phase)), 1);
      const sliced = direction([0, 0, 1]);
      assert.equal(dot(sliced, row), 0);
      assert.equal(dot(sliced, column), 0);
    });
  }
}

test('axial with phase along columns: GE counts right, anterior and head as positive', () => {
  const privates: PrivateValues = [
    [geTags.internalPulseSequenceName, 'EPI2'],
    [geTags.bValue, [1000, 0, 0, 0]],
    [geTags.gradientX, 0.6],
    [geTags.gradientY, 0.64],
    [geTags.gradientZ, 0.48],
  ];
  const { directions } = onlyAcquisition(made({ privates })).diffusion!;
  assert.deepEqual(
    directions[0]!.map((one) => Math.round(one * 1e6) / 1e6),
    [-0.6, 0.64, 0.48],
  );
});

test('a protocol data block that is damaged, or none, says nothing', () => {
  assert.equal(readProtocolBlock(new Uint8Array(0)), undefined);
  const damaged = protocolBlock({ SLICEORDER: '1' }).fill(0xff, 20, 30);
  assert.equal(readProtocolBlock(damaged)?.get('SLICEORDER'), undefined);
  assert.equal(factOf(made({ privates: [[geTags.protocolBlock, damaged]] }), 'SliceTiming'), undefined);
});
