import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CtHeader } from './ct-header.ts';
import { CtSeriesNormaliser } from './ct-series.ts';
import type { MrHeader } from './mr-header.ts';
import { MrSeriesNormaliser } from './mr-series.ts';
import { CtGenerator } from './training/ct-generator.ts';
import { MrGenerator } from './training/mr-generator.ts';

const mr = new MrSeriesNormaliser();
const ct = new CtSeriesNormaliser();

const spinEcho: MrHeader = {
  manufacturer: 'SIEMENS',
  model: '',
  seriesDescription: '',
  protocolName: '',
  sequenceName: '',
  scanningSequence: ['SE'],
  sequenceVariant: ['SK'],
  scanOptions: ['PFP'],
  imageType: ['ORIGINAL', 'PRIMARY', 'M', 'ND'],
  acquisitionType: '2D',
  echoTimeMs: 95,
  repetitionTimeMs: 4200,
  inversionTimeMs: undefined,
  flipAngleDegrees: 150,
  bValue: undefined,
  contrastAgent: '',
  orientation: [1, 0, 0, 0, 1, 0],
  bodyPart: 'KNEE',
};
const axial: CtHeader = {
  manufacturer: 'SIEMENS',
  model: '',
  seriesDescription: '',
  kernel: 'B30f',
  sliceThicknessMm: 3,
  imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
  contrastAgent: '',
  tubeVoltageKv: 120,
  exposureMas: 120,
  bodyPart: 'CHEST',
};

test('physics tells the kind of a series that has a number for a name', () => {
  const kind = (values: Partial<MrHeader>): string =>
    mr.normalise({ ...spinEcho, seriesDescription: '217', ...values }).sequenceClass;
  assert.equal(kind({}), 'T2');
  assert.equal(kind({ echoTimeMs: 11, repetitionTimeMs: 550 }), 'T1');
  assert.equal(kind({ echoTimeMs: 28, repetitionTimeMs: 3300 }), 'PD');
  assert.equal(kind({ scanningSequence: ['SE', 'IR'], echoTimeMs: 60, inversionTimeMs: 160 }), 'STIR');
  assert.equal(
    kind({ scanningSequence: ['SE', 'IR'], echoTimeMs: 110, repetitionTimeMs: 9000, inversionTimeMs: 2500 }),
    'FLAIR',
  );
  assert.equal(kind({ scanningSequence: ['EP'], repetitionTimeMs: 6000, bValue: 1000 }), 'DWI');
});

test('Image Type beats physics, and physics beats the protocol name', () => {
  const adc = mr.normalise({
    ...spinEcho,
    scanningSequence: ['EP'],
    imageType: ['DERIVED', 'SECONDARY', 'ADC'],
    protocolName: 'T1',
  });
  assert.equal(adc.sequenceClass, 'ADC');
  assert.equal(mr.normalise({ ...spinEcho, seriesDescription: 'series 4', protocolName: 'knee' }).sequenceClass, 'T2');
});

test('a T1 after an agent is T1-Gd, one called "pre" is not', () => {
  const t1 = { ...spinEcho, echoTimeMs: 11, repetitionTimeMs: 550, contrastAgent: 'GADOVIST' };
  assert.equal(mr.normalise({ ...t1, seriesDescription: 't1_tse_tra' }).sequenceClass, 'T1-Gd');
  assert.equal(mr.normalise({ ...t1, seriesDescription: 't1_tse_tra_pre' }).sequenceClass, 'T1');
});

test('a T2 by name with the echo time of a T1 goes to a person', () => {
  const found = mr.normalise({ ...spinEcho, seriesDescription: 't2_tse_sag', echoTimeMs: 10, repetitionTimeMs: 520 });
  assert.ok(found.confidence < 0.95);
  assert.ok(found.reasons.includes('contradiction'));
});

test('the plane is that of the slices, 3d for a volume, and its own for a reformat', () => {
  assert.equal(mr.normalise({ ...spinEcho, orientation: [0, 1, 0, 0, 0, -1] }).plane, 'sagittal');
  assert.equal(mr.normalise({ ...spinEcho, orientation: [0.7, 0.7, 0, 0, 0, -1] }).plane, 'oblique');
  const volume = { ...spinEcho, acquisitionType: '3D', orientation: [1, 0, 0, 0, 0, -1] };
  assert.equal(mr.normalise(volume).plane, '3d');
  assert.equal(mr.normalise({ ...volume, imageType: ['DERIVED', 'SECONDARY', 'MPR'] }).plane, 'coronal');
  assert.equal(mr.normalise({ ...spinEcho, orientation: [], seriesDescription: 'COR T2' }).plane, 'coronal');
});

test('fat suppression is stated by options or text, follows from the kind, or is unknown', () => {
  const fat = (values: Partial<MrHeader>): string => mr.normalise({ ...spinEcho, ...values }).fatSuppressed;
  assert.equal(fat({ scanOptions: ['FS'] }), 'y');
  assert.equal(fat({ seriesDescription: 'T2 SPAIR AX' }), 'y');
  assert.equal(fat({ seriesDescription: 'T2 AX' }), 'n');
  assert.equal(fat({ seriesDescription: 'T2 AX', scanOptions: [] }), 'unknown');
});

test('CT: an organ phase by its name or its seconds, none without an agent, a scout has none', () => {
  const phase = (values: Partial<CtHeader>): string => ct.normalise({ ...axial, ...values }).phase;
  assert.equal(phase({ seriesDescription: 'LIVER 35s', contrastAgent: 'IV' }), 'arterial');
  assert.equal(phase({ seriesDescription: 'Abdomen portalvenös 3.0', contrastAgent: 'IV' }), 'portal-venous');
  assert.equal(phase({ seriesDescription: 'Thorax 1.0' }), 'non-contrast');
  assert.equal(phase({ seriesDescription: 'Topogram', imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }), 'unknown');
  assert.ok(
    ct.normalise({ ...axial, seriesDescription: 'CHEST C+', contrastAgent: 'IV' }).confidence < 0.95,
    'contrast without timing',
  );
});

test('CT: a sharp kernel means lung in the chest and bone elsewhere', () => {
  const made = (values: Partial<CtHeader>): string => ct.normalise({ ...axial, ...values }).reconstruction;
  assert.equal(made({ seriesDescription: 'THORAX 1.0', kernel: 'B70f' }), 'lung');
  assert.equal(made({ seriesDescription: 'HEAD 1.0', kernel: 'H60s', bodyPart: 'HEAD' }), 'bone');
  assert.equal(made({ seriesDescription: 'THORAX COR', imageType: ['DERIVED', 'SECONDARY', 'MPR'] }), 'mpr');
});

test('of generated series that were not learned from nearly all are right, and the sure ones more so', () => {
  const [mrRows, ctRows] = [new MrGenerator(77), new CtGenerator(77)];
  const found = Array.from({ length: 1500 }, (_, at) => {
    if (at % 2 === 0) {
      const { header, truth, ambiguous } = mrRows.row();
      const { sequenceClass, confidence } = mr.normalise(header);
      return { right: sequenceClass === truth, confidence, ambiguous };
    }
    const { header, truth, ambiguous } = ctRows.row();
    const { phase, reconstruction, confidence } = ct.normalise(header);
    return { right: phase === truth.phase && reconstruction === truth.reconstruction, confidence, ambiguous };
  });
  const clear = found.filter(({ ambiguous }) => !ambiguous);
  const sure = found.filter(({ confidence }) => confidence >= 0.95);
  const share = (rows: typeof found): number => rows.filter(({ right }) => right).length / rows.length;
  assert.ok(share(clear) >= 0.94, `${share(clear)} right`);
  assert.ok(sure.filter(({ right, ambiguous }) => right && !ambiguous).length / sure.length >= 0.98);
  assert.ok(sure.length >= clear.length * 0.6, `${sure.length} of ${clear.length} are sure`);
});
