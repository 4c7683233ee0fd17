import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bodyParts } from './anatomy.ts';
import { answerKey } from './answers.ts';
import { ProcedureNormaliser, reviewBelow } from './normalise-procedure.ts';
import { playbook } from './playbook.ts';
import type { ProcedureInput } from './procedure.ts';
import { described } from './testing/described.ts';

const normaliser = new ProcedureNormaliser();
const study = (studyDescription: string, more: Partial<ProcedureInput> = {}): ProcedureInput => ({
  modality: '',
  bodyPart: '',
  laterality: '',
  seriesDescriptions: [],
  contrastAgent: '',
  ...more,
  studyDescription,
});

test('descriptions of sixteen languages name modality, part, side and contrast', () => {
  const wrong = described.filter(({ modality, bodyPart, description, expected }) => {
    const found = normaliser.normalise(study(description, { modality, bodyPart }));
    return (['modality', 'focus', 'laterality', 'contrast'] as const).some((field) => found[field] !== expected[field]);
  });
  assert.ok(wrong.length <= described.length * 0.03, wrong.map(({ description }) => description).join('\n'));
});

test('what is read with confidence is right', () => {
  const sure = described
    .map((row) => ({ row, found: normaliser.normalise(study(row.description, { modality: row.modality })) }))
    .filter(({ found }) => found.confidence >= reviewBelow);
  const wrong = sure.filter(
    ({ row, found }) => found.focus !== row.expected.focus || found.contrast !== row.expected.contrast,
  );
  assert.ok(sure.length >= described.length * 0.7, `${sure.length} of ${described.length} are sure`);
  assert.ok(wrong.length <= sure.length * 0.02, wrong.map(({ row }) => row.description).join('\n'));
});

test('a side in the text and the other one in the header go to a person', () => {
  const input = study('XR ANKLE LT 3 VIEWS', { modality: 'DX', laterality: 'R' });
  const found = normaliser.normalise(input);
  assert.ok(found.confidence < reviewBelow);
  assert.ok(found.reasons.includes('sides contradict'));
});

test('"without contrast" against an agent and a series after contrast goes to a person', () => {
  const input = study('CT ABDOMEN WITHOUT CONTRAST', {
    modality: 'CT',
    contrastAgent: 'ULTRAVIST',
    seriesDescriptions: ['ABDOMEN POST CONTRAST 5MM'],
  });
  assert.ok(normaliser.normalise(input).confidence < reviewBelow);
});

test('a description without a part of the body goes to a person', () => {
  for (const text of ['MISC EXAM', 'Fremdaufnahmen', 'XR EXTREMITY', 'US OTHER', '']) {
    assert.ok(normaliser.normalise(study(text, { modality: 'OT' })).confidence < reviewBelow, text);
  }
});

test('the description beats a preset header value; the header fills what the text leaves open', () => {
  assert.equal(
    normaliser.normalise(study('MRT Kniegelenk links', { modality: 'MR', bodyPart: 'ABDOMEN' })).focus,
    'knee',
  );
  assert.equal(normaliser.normalise(study('ROUTINE', { modality: 'CT', bodyPart: 'CHEST' })).focus, 'chest');
  assert.equal(normaliser.normalise(study('MRI KNEE', { modality: 'MR', laterality: 'L' })).laterality, 'L');
});

test('the row of the Playbook is the most specific one whose every attribute was said', () => {
  const rpid = (text: string, modality: string): string => normaliser.normalise(study(text, { modality })).rpid;
  assert.equal(rpid('CT HEAD W/O CONTRAST', 'CT'), 'RPID22');
  assert.equal(rpid('XR CHEST PA AND LATERAL', 'DX'), 'RPID2503');
  assert.equal(rpid('CHEST PA VIEW', 'DX'), 'RPID6035');
  assert.equal(rpid('L-SPINE AP/LAT', 'DX'), 'RPID2652');
  assert.equal(rpid('CTA CHEST PE PROTOCOL', 'CT'), 'RPID147');
  assert.equal(rpid('US VENOUS DOPPLER LEGS BILATERAL', 'US'), 'RPID5957');
  assert.equal(rpid('MRI KNEE RIGHT', 'MR'), '', 'contrast is not stated');
  assert.equal(rpid('XR ANKLE 2 VIEWS', 'DX'), '', 'two rows fit');
  assert.equal(rpid('CT KNEE WITHOUT CONTRAST', 'CT'), '', 'the lower extremity is wider than the knee');
});

test("a person's answer latches for the same text, header and codes, whatever case and accents", () => {
  const input = study('Spezialprogramm Müller', { modality: 'MR', codes: ['4711^99HAUS'] });
  const {
    confidence: _,
    reasons: __,
    ...answer
  } = normaliser.normalise(study('MRI PROSTATE W/WO', { modality: 'MR' }));
  const book = new Map([[answerKey(input), answer]]);
  const again = { ...input, studyDescription: 'SPEZIALPROGRAMM MULLER' };
  assert.equal(normaliser.normalise(again, book).focus, 'prostate');
  assert.equal(normaliser.normalise(again, book).confidence, 1);
  assert.ok(normaliser.normalise({ ...again, codes: ['4712^99HAUS'] }, book).confidence < reviewBelow);
});

test('any text at all gives a procedure of the closed lists and a probability', () => {
  const text = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 40 }));
  fc.assert(
    fc.property(text, text, text, (description, bodyPart, agent) => {
      const found = normaliser.normalise(
        study(description, { bodyPart, contrastAgent: agent, seriesDescriptions: [agent] }),
      );
      assert.ok(bodyParts.has(found.focus));
      assert.ok(found.confidence >= 0 && found.confidence <= 1);
    }),
    { numRuns: 300 },
  );
});

test('a procedure that is called by its name of the Playbook, long or short, is that row', () => {
  const found = playbook.map((row) => row.names.map((name) => normaliser.normalise(study(name, headerOf(row)))));
  for (const name of [0, 1]) {
    const right = found.filter((both, at) => both[name]!.rpid === playbook[at]!.rpid);
    const wrong = found.filter((both, at) => both[name]!.rpid !== '' && both[name]!.rpid !== playbook[at]!.rpid);
    assert.ok(right.length >= playbook.length * 0.975, `${right.length} of ${playbook.length}`);
    assert.equal(wrong.length, 0);
  }
});

const headerOf = ({ modality }: { modality: string }): { modality: string } => ({
  modality: { XR: 'DX', 'NM&CT': 'NM', 'PT&CT': 'PT' }[modality] ?? modality,
});
