// The learned part: a model for each field that has the rules among its features, and one that says how likely all of it
// is right, calibrated on rows that neither was trained on.

import { type Calibration, probabilityOf, readCalibration } from '../learning/calibration.ts';
import { probabilities, read, type SoftmaxModel } from '../learning/softmax.ts';
import type { Evidence } from './evidence.ts';
import { doubtsOf, type Field, featuresOf, fields } from './features.ts';
import type { Contrast, Decisions, Laterality } from './procedure.ts';
import type { Proposal } from './rules.ts';

export interface ProcedureModel {
  fields: Record<Field, SoftmaxModel>;
  /** Classes `right` and `wrong`. */
  doubt: SoftmaxModel;
  calibration: Calibration;
}

export interface Judgement {
  decisions: Decisions;
  /** Probability of what was decided, field by field. */
  sure: Record<Field, number>;
}

export function decide(model: Pick<ProcedureModel, 'fields'>, evidence: Evidence, proposal: Proposal): Judgement {
  const chosen = {} as Record<Field, string>;
  const sure = {} as Record<Field, number>;
  for (const field of fields) {
    const { classes } = model.fields[field];
    const chances = probabilities(model.fields[field], featuresOf(evidence, proposal, field));
    const best = chances.reduce((top, chance, at) => (chance > chances[top]! ? at : top), 0);
    chosen[field] = classes[best]!;
    sure[field] = chances[best]!;
  }
  const decisions: Decisions = {
    modality: chosen.modality,
    focus: chosen.focus,
    laterality: chosen.laterality as Laterality,
    contrast: chosen.contrast as Contrast,
    interventional: chosen.interventional === 'true',
  };
  return { decisions, sure };
}

/** Log-odds that all is right, before calibration. */
export function scoreOf(doubt: SoftmaxModel, evidence: Evidence, proposal: Proposal, { decisions, sure }: Judgement): number {
  const [first] = probabilities(doubt, doubtsOf(evidence, proposal, decisions, sure));
  const right = doubt.classes[0] === 'right' ? first! : 1 - first!;
  return Math.log(Math.max(1e-9, right) / Math.max(1e-9, 1 - right));
}

export const confidenceOf = (model: ProcedureModel, evidence: Evidence, proposal: Proposal, judgement: Judgement): number =>
  probabilityOf(model.calibration, scoreOf(model.doubt, evidence, proposal, judgement));

/** Sections of one text, each under `= name`. */
export function readModel(text: string): ProcedureModel {
  const sections = new Map(
    text
      .split(/^= /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1)]),
  );
  return {
    fields: Object.fromEntries(fields.map((field) => [field, read(sections.get(field)!)])) as Record<Field, SoftmaxModel>,
    doubt: read(sections.get('doubt')!),
    calibration: readCalibration(sections.get('calibration')!),
  };
}
