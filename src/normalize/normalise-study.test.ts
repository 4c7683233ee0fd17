import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet, type NewValue } from '../dicom/dataset.ts';
import { StudyNormaliser } from './normalise-study.ts';
import { ctHeaderOf, mrHeaderOf } from './series/header-of.ts';
import { procedureInputOf } from './study-input.ts';

const normaliser = new StudyNormaliser();

function object(values: Record<string, NewValue>): DataSet {
  const dataset = new DataSet();
  for (const [keyword, value] of Object.entries(values)) dataset.set(keyword, value);
  return dataset;
}

const factsOf = (facts: readonly { attribute: string; value: unknown }[]) =>
  Object.fromEntries(facts.map(({ attribute, value }) => [attribute, value]));

test('a German knee MR is an examination of the right knee, and its fat saturated series is what the physics say', () => {
  const study = { Modality: 'MR', StudyDescription: 'MRT Knie rechts nativ' };
  const pd = object({
    ...study,
    SeriesInstanceUID: '1.2.1',
    SeriesDescription: 'pd_tse_fs_sag',
    ScanningSequence: 'SE',
    SequenceVariant: ['SK', 'SP'],
    ScanOptions: 'FS',
    ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'ND'],
    MRAcquisitionType: '2D',
    EchoTime: '33',
    RepetitionTime: '3000',
    ImageOrientationPatient: ['0', '1', '0', '0', '0', '-1'],
  });
  const { procedure, series } = normaliser.normalise([
    pd,
    object({ ...study, Modality: 'SR', SeriesInstanceUID: '1.2.2', SeriesDescription: 'Befund Thorax' }),
  ]);
  const { Modality, BodyRegion, AnatomicFocus, Laterality, Contrast } = factsOf(procedure);
  assert.deepEqual(
    [Modality, BodyRegion, AnatomicFocus, Laterality, Contrast],
    ['MR', 'LOWER EXTREMITY', 'knee', 'R', 'without'],
  );
  assert.deepEqual(factsOf(series.get('1.2.1')!), { SequenceClass: 'PD', Plane: 'sagittal', FatSuppressed: 'y' });
  assert.equal(series.has('1.2.2'), false);
});

test('a PET with a CT beside it is told as both, and reports are no part of it', () => {
  const input = procedureInputOf([
    object({ Modality: 'CT', SeriesDescription: 'low dose', BodyPartExamined: 'CHEST' }),
    object({ Modality: 'PT', SeriesDescription: 'WB' }),
    object({ Modality: 'SR', SeriesDescription: 'dose' }),
    object({ Modality: 'OT' }),
  ]);
  assert.deepEqual(input, {
    modality: 'PT',
    bodyPart: 'CHEST',
    laterality: '',
    studyDescription: '',
    seriesDescriptions: ['CT low dose', 'WB', 'OT'],
    contrastAgent: '',
    codes: [],
  });
  assert.equal(
    factsOf(normaliser.normalise([object({ Modality: 'PT', SeriesDescription: 'CT AC' })]).procedure).Modality,
    'PT&CT',
  );
});

test('an order’s name stands in for a study without a description, and its code is kept', () => {
  const code = object({ CodeValue: 'KNIE2', CodingSchemeDesignator: '99RIS' });
  const study = object({ Modality: 'DX', StudyDescription: '', RequestedProcedureDescription: 'Knie 2E' });
  study.set('RequestedProcedureCodeSequence', [code]);
  const { studyDescription, codes } = procedureInputOf([study]);
  assert.deepEqual([studyDescription, codes], ['Knie 2E', ['KNIE2^99RIS']]);
});

test('PS3.3 C.7.6.16: of an enhanced object the functional groups of its first frame say how it was made', () => {
  const shared = object({
    MRTimingAndRelatedParametersSequence: [object({ RepetitionTime: '8000', FlipAngle: '90' })],
  });
  const frame = object({
    MREchoSequence: [object({ EffectiveEchoTime: 90 })],
    PlaneOrientationSequence: [object({ ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'] })],
  });
  const mr = object({
    Modality: 'MR',
    NumberOfFrames: '1',
    SharedFunctionalGroupsSequence: [shared],
    PerFrameFunctionalGroupsSequence: [frame],
  });
  const { echoTimeMs, repetitionTimeMs, flipAngleDegrees, orientation } = mrHeaderOf(mr);
  assert.deepEqual([echoTimeMs, repetitionTimeMs, flipAngleDegrees, orientation], [90, 8000, 90, [1, 0, 0, 0, 1, 0]]);
  const ct = ctHeaderOf(object({ KVP: '120', ConvolutionKernel: ['Br40d', '3'], ImageType: ['derived', 'PRIMARY'] }));
  assert.deepEqual([ct.tubeVoltageKv, ct.kernel, ct.imageType], [120, 'Br40d', ['DERIVED', 'PRIMARY']]);
});
