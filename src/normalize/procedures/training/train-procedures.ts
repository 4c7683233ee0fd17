// Learning, whole and seeded: rows are generated; the lexicon that reads them does not know one name in eight of a part of
// the body, another one in each part of the rows, so that the models learn what unknown words do; what is right is counted on parts held out.

import { calibrate, writeCalibration } from '../../learning/calibration.ts';
import { hashOf } from '../../learning/random.ts';
import { type SoftmaxModel, train, write } from '../../learning/softmax.ts';
import { bodyParts } from '../anatomy.ts';
import { type Evidence, evidenceOf } from '../evidence.ts';
import { doubtsOf, type Field, featuresOf, fields, valueOf } from '../features.ts';
import { decide, scoreOf } from '../judge.ts';
import { Lexicon } from '../lexicon.ts';
import type { Decisions } from '../procedure.ts';
import { resultOf } from '../result.ts';
import { type Proposal, propose } from '../rules.ts';
import { type GeneratedRow, RowGenerator } from './generator.ts';

const limits = {
  rows: 4000,
  /** Parts to learn the fields from, to learn doubt from, to calibrate on. */
  parts: { fields: 5, doubt: 2, calibration: 2 },
  /** One in so many words is left out of a part's lexicon. */
  unknownIn: 8,
};

interface Read {
  row: GeneratedRow;
  evidence: Evidence;
  proposal: Proposal;
}

export interface Answer {
  input: GeneratedRow['input'];
  decisions: Decisions;
}

/** @returns the text that `readModel` reads. @param answers of persons, each worth many rows. */
export function trainProcedures(seed: number, answers: readonly Answer[] = []): string {
  let part = 0;
  const reads = (count: number): Read[] => Array.from({ length: count }, () => readPart(seed, part++)).flat();
  const learned = [...reads(limits.parts.fields), ...readAnswers(answers)];
  const models = Object.fromEntries(
    fields.map((field) => [
      field,
      train(
        learned.filter(({ row }) => !row.ambiguous).map(({ row, evidence, proposal }) => ({
          features: featuresOf(evidence, proposal, field),
          label: valueOf(row.truth, field),
        })),
        { epochs: 4, rate: 0.3, decay: 1e-5, prior: (feature, label) => (feature === `rule ${label}` ? 6 : 0) },
      ),
    ]),
  ) as Record<Field, SoftmaxModel>;
  const judged = (read: Read) => ({ ...read, judgement: decide({ fields: models }, read.evidence, read.proposal) });
  const doubt = train(
    reads(limits.parts.doubt).map(judged).map(({ row, evidence, proposal, judgement }) => ({
      features: doubtsOf(evidence, proposal, judgement.decisions, judgement.sure),
      label: isRight(row, evidence, proposal, judgement.decisions) ? 'right' : 'wrong',
    })),
    { epochs: 6, rate: 0.2, decay: 1e-5 },
  );
  const calibration = calibrate(
    reads(limits.parts.calibration).map(judged).map(({ row, evidence, proposal, judgement }) => ({
      score: scoreOf(doubt, evidence, proposal, judgement),
      right: isRight(row, evidence, proposal, judgement.decisions),
    })),
  );
  const sections = [...fields.map((field) => `= ${field}\n${write(models[field])}`), `= doubt\n${write(doubt)}`];
  return `${[...sections, `= calibration\n${writeCalibration(calibration)}`].join('\n')}\n`;
}

function readPart(seed: number, part: number): Read[] {
  const lexicon = new Lexicon(
    (word, language, concept) => !bodyParts.has(concept) || hashOf(`${part} ${language} ${word}`) % limits.unknownIn !== 0,
  );
  const generator = new RowGenerator(seed * 1000 + part);
  return Array.from({ length: limits.rows }, () => readRow(generator.row(), lexicon));
}

function readRow(row: GeneratedRow, lexicon: Lexicon): Read {
  const evidence = evidenceOf(row.input, lexicon);
  return { row, evidence, proposal: propose(evidence) };
}

const repeated = 20;

function readAnswers(answers: readonly Answer[]): Read[] {
  if (answers.length === 0) return [];
  const lexicon = new Lexicon();
  return answers.flatMap(({ input, decisions }) => {
    const read = readRow({ input, truth: decisions, ambiguous: false, language: 'en' }, lexicon);
    return Array.from({ length: repeated }, () => read);
  });
}

/** Every field, and the Playbook id that follows from them. */
function isRight({ truth, ambiguous }: GeneratedRow, evidence: Evidence, proposal: Proposal, decisions: Decisions): boolean {
  if (ambiguous || fields.some((field) => valueOf(truth, field) !== valueOf(decisions, field))) return false;
  return resultOf(evidence, proposal, truth).rpid === resultOf(evidence, proposal, decisions).rpid;
}
