import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProcedureNormaliser } from '../normalize/procedures/normalise-procedure.ts';
import type { ProcedureInput } from '../normalize/procedures/procedure.ts';
import { chosenOf, decisionsOf, inWords, nextCandidate, oddityOf, procedureFields } from './procedure-fields.ts';
import { type DoubtfulRow, grouped } from './procedures.ts';

const normaliser = new ProcedureNormaliser();
const input = (more: Partial<ProcedureInput>): ProcedureInput => ({
  ...{ modality: 'MR', bodyPart: '', laterality: '', studyDescription: '', seriesDescriptions: [], contrastAgent: '' },
  ...more,
});
const field = (name: string) => procedureFields.find((each) => each.name === name)!;

test('the candidates come round first, the likeliest first, then every other value', () => {
  const weighed = normaliser.weigh(input({ studyDescription: 'MRI right knee', laterality: 'L', bodyPart: 'KNEE' }));
  assert.ok(weighed.procedure.confidence < 0.95, 'two sides are a doubt');
  weighed.candidates.laterality = [
    { value: 'R', probability: 0.6 },
    { value: 'L', probability: 0.4 },
  ];
  const side = field('laterality');
  const seen = ['R'];
  while (seen.length < side.values.length) seen.push(nextCandidate(side, weighed, seen.at(-1)!));
  assert.deepEqual(seen, ['R', 'L', 'B', 'none', 'unspecified']);
  assert.equal(nextCandidate(side, weighed, seen.at(-1)!), 'R');
  assert.equal(nextCandidate(field('modality'), weighed, ''), 'MR', 'what was not read begins with the likeliest');
});

test('candidates are the likeliest first, with what is read among them, and together no more than certain', () => {
  for (const studyDescription of ['Kontrolle', 'Schulter', 'CT Thorax', 'Zwirbelix', '膝']) {
    const { procedure, candidates } = normaliser.weigh(input({ studyDescription }));
    for (const { name } of procedureFields) {
      const chances = candidates[name].map(({ probability }) => probability);
      assert.deepEqual(
        chances,
        chances.toSorted((a, b) => b - a),
      );
      assert.ok(chances.reduce((sum, chance) => sum + chance, 0) <= 1 + 1e-9);
      const read = String(procedure[name]);
      assert.ok(
        ['', 'unspecified'].includes(read) || candidates[name].some(({ value }) => value === read),
        `${name} ${read}`,
      );
    }
  }
});

test('what is chosen is an answer only where every field has a value that can be one', () => {
  const { procedure } = normaliser.weigh(input({ studyDescription: 'MRI right knee', bodyPart: 'KNEE' }));
  const chosen = chosenOf(procedure);
  const { modality, focus, laterality, contrast, interventional } = procedure;
  assert.deepEqual(decisionsOf(chosen), { modality, focus, laterality, contrast, interventional });
  assert.equal(decisionsOf({ ...chosen, modality: '' }), undefined);
  const vague = chosenOf(normaliser.weigh(input({ studyDescription: 'Kontrolle' })).procedure);
  assert.equal(decisionsOf(vague), undefined, 'what was not read has to be chosen');
  assert.match(oddityOf(vague), /part of the body/);
  assert.equal(decisionsOf({ ...vague, focus: 'unspecified' })?.focus, 'unspecified');
  assert.equal(decisionsOf({ ...chosen, focus: 'kneee' }), undefined);
  assert.match(inWords(procedure), /^MR, knee, right, /);
});

test('one of two without a side, and a side of what has none, are told', () => {
  const chosen = { modality: 'MR', focus: 'knee', laterality: 'R', contrast: 'none', interventional: 'false' };
  assert.equal(oddityOf(chosen), '');
  assert.match(oddityOf({ ...chosen, laterality: 'none' }), /a side is expected/);
  assert.match(oddityOf({ ...chosen, focus: 'brain' }), /has no sides/);
  assert.equal(oddityOf({ ...chosen, focus: 'kidney', laterality: 'none' }), '');
});

test('studies that say the same are one thing to decide, and series are none', () => {
  const row = (more: Partial<DoubtfulRow>): DoubtfulRow => ({
    ...{ studyInstanceUid: '1.1', seriesInstanceUid: null, says: 'a', alike: 2, description: 'Knie' },
    ...{ confidence: 0.5, reason: '', facts: [{ attribute: 'Modality', value: 'MR' }] },
    ...more,
  });
  const found = grouped([
    row({ studyInstanceUid: '1.3' }),
    row({ studyInstanceUid: '1.2', says: 'b', description: null }),
    row({ studyInstanceUid: '1.2', seriesInstanceUid: '1.2.1', says: null }),
    row({}),
  ]);
  assert.deepEqual(
    found.map(({ says, studyInstanceUid, description, read }) => [says, studyInstanceUid, description, read]),
    [
      ['a', '1.3', 'Knie', 'MR'],
      ['b', '1.2', '', 'MR'],
    ],
  );
});
