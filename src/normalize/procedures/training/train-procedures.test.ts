import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeJudge } from '../../learning/judge.ts';
import { ProcedureNormaliser } from '../normalise-procedure.ts';
import type { ProcedureInput } from '../procedure.ts';
import { RowGenerator } from './generator.ts';
import { type Answer, trainProcedures } from './train-procedures.ts';

const size = { rows: 250, parts: { fields: 1, doubt: 1, calibration: 1 } };
const input = (studyDescription: string): ProcedureInput => ({
  modality: 'MR',
  bodyPart: '',
  laterality: '',
  studyDescription,
  seriesDescriptions: [],
  contrastAgent: '',
});

test("what a person decided of a site's own word is learned for texts that have it in other places", () => {
  const words = ['Programm Zwirbelix', 'zwirbelix kurz', 'MR ZWIRBELIX nativ', 'zwirbelix Standard'];
  const answers: Answer[] = words.map((text) => ({
    input: input(text),
    decisions: {
      modality: 'MR',
      focus: 'prostate',
      laterality: 'none',
      contrast: 'unspecified',
      interventional: false,
    },
  }));
  const asked = input('Zwirbelix Kontrolle');
  const before = new ProcedureNormaliser().normalise(asked);
  const after = new ProcedureNormaliser(writeJudge(trainProcedures(5, answers, size))).normalise(asked);
  assert.notEqual(before.focus, 'prostate');
  assert.equal(after.focus, 'prostate');
});

test('a seed gives the same rows, another one others', () => {
  const rows = (seed: number): string => {
    const generator = new RowGenerator(seed);
    return JSON.stringify(Array.from({ length: 50 }, () => generator.row()));
  };
  assert.equal(rows(3), rows(3));
  assert.notEqual(rows(3), rows(4));
});
