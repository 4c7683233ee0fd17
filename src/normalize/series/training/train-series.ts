// Learning of MR and CT series from generated ones, whole and seeded; the rows that confidence is calibrated on were not
// learned from.

import { type JudgeModel, type Lesson, learn } from '../../learning/judge.ts';
import { Lexicon } from '../../procedures/lexicon.ts';
import { proposeCt } from '../ct-rules.ts';
import { type CtField, seenOf as seenOfCt } from '../ct-series.ts';
import { type MrField, seenOf as seenOfMr } from '../mr-series.ts';
import { CtGenerator } from './ct-generator.ts';
import { MrGenerator } from './mr-generator.ts';

const limits = { fields: 12_000, doubt: 6000, calibration: 6000 };

export function trainMrSeries(seed: number): JudgeModel<MrField> {
  const generator = new MrGenerator(seed);
  const lessons = (count: number): Lesson<MrField>[] =>
    Array.from({ length: count }, () => {
      const { header, truth, ambiguous } = generator.row();
      return { ...seenOfMr(header), truth: { sequenceClass: truth }, ambiguous };
    });
  return learn(['sequenceClass'], {
    fields: lessons(limits.fields),
    doubt: lessons(limits.doubt),
    calibration: lessons(limits.calibration),
  });
}

export function trainCtSeries(seed: number): JudgeModel<CtField> {
  const generator = new CtGenerator(seed);
  const lexicon = new Lexicon();
  const lessons = (count: number): Lesson<CtField>[] =>
    Array.from({ length: count }, () => {
      const { header, truth, ambiguous } = generator.row();
      return { ...seenOfCt(header, proposeCt(header, lexicon)), truth, ambiguous };
    });
  return learn(['phase', 'reconstruction'], {
    fields: lessons(limits.fields),
    doubt: lessons(limits.doubt),
    calibration: lessons(limits.calibration),
  });
}
