// Learning, whole and seeded: rows are generated; the lexicon that reads them does not know one name in eight of a part of
// the body, another one in each part of the rows, so that the models learn what unknown words do; what is right is counted
// on parts held out.

import { type JudgeModel, type Lesson, learn } from '../../learning/judge.ts';
import { hashOf } from '../../learning/random.ts';
import { bodyParts } from '../anatomy.ts';
import { evidenceOf } from '../evidence.ts';
import { decisionsOf, type Field, fields, seenOf, textOf } from '../features.ts';
import { Lexicon } from '../lexicon.ts';
import type { Decisions, ProcedureInput } from '../procedure.ts';
import { resultOf } from '../result.ts';
import { propose } from '../rules.ts';
import { RowGenerator } from './generator.ts';

const limits = {
  rows: 6000,
  parts: { fields: 5, doubt: 2, calibration: 2 },
  /** One in so many names is left out of a part's lexicon. */
  unknownIn: 8,
  /** Rows that a person's answer counts for. */
  answer: 20,
};

/** What a person decided in review. */
export interface Answer {
  input: ProcedureInput;
  decisions: Decisions;
}

/** Rows of a part, and parts to learn the fields from, to learn doubt from, to calibrate on. */
export interface Size {
  rows: number;
  parts: { fields: number; doubt: number; calibration: number };
}

export function trainProcedures(seed: number, answers: readonly Answer[] = [], size: Size = limits): JudgeModel<Field> {
  let part = 0;
  const lessons = (count: number): Lesson<Field>[] =>
    Array.from({ length: count }, () => lessonsOfPart(seed, part++, size.rows)).flat();
  return learn(fields, {
    fields: [...lessons(size.parts.fields), ...lessonsOfAnswers(answers)],
    doubt: lessons(size.parts.doubt),
    calibration: lessons(size.parts.calibration),
  });
}

function lessonsOfPart(seed: number, part: number, rows: number): Lesson<Field>[] {
  const lexicon = new Lexicon(
    (word, language, concept) =>
      !bodyParts.has(concept) || hashOf(`${part} ${language} ${word}`) % limits.unknownIn !== 0,
  );
  const generator = new RowGenerator(seed * 1000 + part);
  return Array.from({ length: rows }, () => {
    const { input, truth, ambiguous } = generator.row();
    return lessonOf(input, truth, ambiguous, lexicon);
  });
}

function lessonsOfAnswers(answers: readonly Answer[]): Lesson<Field>[] {
  if (answers.length === 0) return [];
  const lexicon = new Lexicon();
  return answers.flatMap(({ input, decisions }) =>
    Array(limits.answer).fill(lessonOf(input, decisions, false, lexicon)),
  );
}

function lessonOf(input: ProcedureInput, truth: Decisions, ambiguous: boolean, lexicon: Lexicon): Lesson<Field> {
  const evidence = evidenceOf(input, lexicon);
  const proposal = propose(evidence);
  return {
    ...seenOf(evidence, proposal),
    truth: Object.fromEntries(fields.map((field) => [field, textOf(truth, field)])) as Record<Field, string>,
    ambiguous,
    follows: ({ values }) =>
      resultOf(evidence, proposal, truth).rpid === resultOf(evidence, proposal, decisionsOf(values)).rpid,
  };
}
