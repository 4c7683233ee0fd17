import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataSet } from '../../dicom/dataset.ts';
import { philipsTags } from './philips-mappings.ts';
import { factOf, onlySidecar } from './testing/facts.ts';
import { type Attributes, madeObject, type PrivateValues } from './testing/made-series.ts';

const image: Attributes = {
  ImageType: ['ORIGINAL', 'PRIMARY'],
  SeriesInstanceUID: '1.2',
  Rows: 8,
  Columns: 8,
  BitsAllocated: 16,
};

const injected = (more: Attributes = {}) => [
  madeObject({ RadionuclideTotalDose: 400_000_000, RadionuclideHalfLife: 6586.2, ...more }),
];

const pet = (attributes: Attributes, privates: PrivateValues = []) => [
  madeObject({ ...image, Modality: 'PT', PatientWeight: 80, Units: 'BQML', ...attributes }, privates),
];

test('values corrected to the start of the series: weight over the dose that was left then', () => {
  const objects = pet({
    DecayCorrection: 'START',
    SeriesDate: '20260115',
    SeriesTime: '110000',
    RadiopharmaceuticalInformationSequence: injected({ RadiopharmaceuticalStartTime: '091013.8' }),
  });
  // 6586.2 s: one half life.
  assert.equal(onlySidecar(objects).SUVbwFactor, 80_000 / 200_000_000);
  assert.equal(onlySidecar(objects).InjectedRadioactivity, 400);
  assert.equal(factOf(objects, 'SUVbwFactor')!.confidence < 0.95, true);
});

test('values corrected to administration: weight over the dose', () => {
  const objects = pet({ DecayCorrection: 'ADMIN', RadiopharmaceuticalInformationSequence: injected() });
  assert.equal(onlySidecar(objects).SUVbwFactor, 80_000 / 400_000_000);
});

test('an injection after the scan, or none, gives no factor', () => {
  const late = injected({ RadiopharmaceuticalStartTime: '120000' });
  const attributes = { DecayCorrection: 'START', SeriesDate: '20260115', SeriesTime: '110000' };
  assert.equal(
    onlySidecar(pet({ ...attributes, RadiopharmaceuticalInformationSequence: late })).SUVbwFactor,
    undefined,
  );
  assert.equal(onlySidecar(pet(attributes)).SUVbwFactor, undefined);
});

test('where reconstruction rewrote the time of the series, the scan began with its first acquisition, or when GE says', () => {
  const attributes = {
    DecayCorrection: 'START',
    SeriesDate: '20260115',
    SeriesTime: '130000',
    AcquisitionDate: '20260115',
    AcquisitionTime: '110000',
    RadiopharmaceuticalInformationSequence: injected({ RadiopharmaceuticalStartTime: '091013.8' }),
  };
  const factor = (objects: DataSet[]) => factOf(objects, 'SUVbwFactor');
  const is = (value: unknown) => assert.ok(Math.abs((value as number) / (80_000 / 200_000_000) - 1) < 1e-9);
  is(factor(pet(attributes))!.value);
  assert.ok(factor(pet(attributes))!.confidence < 0.95);
  const scanDateTime = { creator: 'GEMS_PETD_01', group: 0x0009, element: 0x0d, vr: 'DT' } as const;
  const kept = factor(pet({ ...attributes, AcquisitionTime: '110500' }, [[scanDateTime, '20260115110000']]));
  is(kept!.value);
  assert.ok(kept!.confidence >= 0.95);
  const plain = factor(pet({ ...attributes, SeriesTime: '110000', AcquisitionTime: '110200' }));
  is(plain!.value);
  assert.ok(plain!.confidence >= 0.95);
});

test('who was injected before midnight and scanned after it was not injected after the scan', () => {
  const objects = pet({
    DecayCorrection: 'START',
    SeriesDate: '20260115',
    SeriesTime: '003000',
    RadiopharmaceuticalInformationSequence: injected({ RadiopharmaceuticalStartTime: '224013.8' }),
  });
  assert.equal(onlySidecar(objects).SUVbwFactor, 80_000 / 200_000_000);
});

test('Philips counts become activity by an element of its own where the scanner did not reckon SUV', () => {
  const attributes = {
    ...{ Manufacturer: 'Philips', Units: 'CNTS', DecayCorrection: 'ADMIN' },
    RadiopharmaceuticalInformationSequence: injected(),
  };
  const privates = [
    [philipsTags.suvScaleFactor, 0],
    [philipsTags.activityConcentrationScaleFactor, 2.5],
  ] as const;
  assert.equal(onlySidecar(pet(attributes, privates)).SUVbwFactor, (2.5 * 80_000) / 400_000_000);
  assert.equal(onlySidecar(pet(attributes)).SUVbwFactor, undefined, 'counts alone are no activity');
});

test('Philips counts have a factor of their own, and g/ml needs none', () => {
  const attributes = { Manufacturer: 'Philips', Units: 'CNTS' };
  assert.equal(onlySidecar(pet(attributes, [[philipsTags.suvScaleFactor, 0.000381]])).SUVbwFactor, 0.000381);
  assert.equal(onlySidecar(pet({ Units: 'GML' })).SUVbwFactor, 1);
});

test('CT of GE: rotation, table feed and pitch stand in private elements', () => {
  const ge = (group: number, element: number, creator: string, vr: 'DS' | 'SH') => ({ creator, group, element, vr });
  const objects = [
    madeObject(
      { ...image, Modality: 'CT', Manufacturer: 'GE MEDICAL SYSTEMS', ConvolutionKernel: 'BONE', ExposureTime: 800 },
      [
        [ge(0x0019, 0x23, 'GEMS_ACQU_01', 'DS'), 27.5],
        [ge(0x0019, 0x27, 'GEMS_ACQU_01', 'DS'), 0.8],
        [ge(0x0043, 0x27, 'GEMS_PARM_01', 'SH'), '1.375:1'],
      ],
    ),
  ];
  const { TableFeedPerRotation, RevolutionTime, SpiralPitchFactor, ConvolutionKernel, ExposureTime } =
    onlySidecar(objects);
  assert.deepEqual(
    { TableFeedPerRotation, RevolutionTime, SpiralPitchFactor, ConvolutionKernel, ExposureTime },
    {
      TableFeedPerRotation: 27.5,
      RevolutionTime: 0.8,
      SpiralPitchFactor: 1.375,
      ConvolutionKernel: 'BONE',
      ExposureTime: 0.8,
    },
  );
});
