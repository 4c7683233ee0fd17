// The kind of image an MR series holds, its plane and whether fat is suppressed: rules propose, a model that was taught by
// generated series decides on the kind, with a confidence that can be believed.

import {
  confidenceOf,
  decide,
  type JudgeModel,
  levelOf,
  readJudge,
  type Seen,
  type Verdict,
} from '../learning/judge.ts';
import type { MrClass, MrHeader, MrSeries } from './mr-header.ts';
import { mrSeriesModelText } from './mr-model.generated.ts';
import { fatSuppression, type MrProposal, proposeMr } from './mr-rules.ts';
import { classesSaid, textOf } from './mr-text.ts';
import { planeOf } from './plane.ts';

export type MrField = 'sequenceClass';

export class MrSeriesNormaliser {
  readonly #model: JudgeModel<MrField>;

  constructor(model = mrSeriesModelText) {
    this.#model = readJudge(model);
  }

  normalise(header: MrHeader): MrSeries {
    const proposal = proposeMr(header);
    const seen = seenOf(header, proposal);
    const verdict = decide(this.#model, seen);
    const sequenceClass = verdict.values.sequenceClass as MrClass;
    return {
      sequenceClass,
      plane: planeOf(header),
      fatSuppressed: fatSuppression(sequenceClass, header),
      confidence: confidenceOf(this.#model, seen, verdict),
      reasons: reasonsOf(header, proposal),
    };
  }
}

export function seenOf(header: MrHeader, proposal = proposeMr(header)): Seen<MrField> {
  const odd = oddities(header, proposal);
  return {
    features: { sequenceClass: [...featuresOf(header, proposal), ...odd] },
    doubts: (verdict) => doubtsOf(header, proposal, odd, verdict),
  };
}

function featuresOf(header: MrHeader, { sequenceClass, byImageType, byPhysics, byText }: MrProposal): string[] {
  const sequence = [...header.scanningSequence].sort().join('+');
  const [te, tr] = [`te ${bin(header.echoTimeMs)}`, `tr ${bin(header.repetitionTimeMs)}`];
  const agent = header.contrastAgent === '' ? 'no agent' : 'agent';
  return [
    'bias',
    `rule ${sequenceClass}`,
    `type ${byImageType}`,
    `physics ${byPhysics}`,
    `text ${byText}`,
    ...classesSaid(header.seriesDescription).map((said) => `said ${said}`),
    ...classesSaid(header.protocolName).map((said) => `protocol ${said}`),
    ...classesSaid(header.sequenceName).map((said) => `sequence ${said}`),
    `scanning ${sequence}`,
    ...header.sequenceVariant.map((variant) => `variant ${variant}`),
    ...header.scanOptions.map((option) => `option ${option}`),
    ...header.imageType.slice(2).map((value) => `value ${value}`),
    `dimension ${header.acquisitionType}`,
    `${sequence} ${header.acquisitionType} ${te}`,
    `${sequence} ${header.acquisitionType} ${tr}`,
    `${sequence} ti ${bin(header.inversionTimeMs)}`,
    `${sequence} ${header.acquisitionType} flip ${bin(header.flipAngleDegrees)}`,
    `${sequence} ${te} ${tr}`,
    `b ${bin(header.bValue)}`,
    agent,
    `${agent} ${byPhysics}`,
  ];
}

/** Steps of a factor 1.4. */
export function bin(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return 'none';
  return value <= 0 ? '0' : String(Math.round(2 * Math.log2(value)));
}

function oddities(header: MrHeader, { sequenceClass, open, contradiction, byImageType, byText }: MrProposal): string[] {
  const odd: string[] = [];
  if (open) odd.push('odd open');
  if (contradiction) odd.push('odd contradiction');
  if (sequenceClass === undefined) odd.push('odd nothing known');
  if (header.scanningSequence.length === 0) odd.push('odd no sequence');
  if (header.echoTimeMs === undefined) odd.push('odd no echo time');
  if (byImageType === undefined && byText === undefined) odd.push('odd physics alone');
  if (
    open &&
    header.acquisitionType === '3D' &&
    header.scanningSequence.includes('GR') &&
    (header.repetitionTimeMs ?? 0) <= 7
  )
    odd.push('odd fast gradient echo');
  return odd;
}

function doubtsOf(
  header: MrHeader,
  { sequenceClass }: MrProposal,
  odd: readonly string[],
  { values, sure }: Verdict<MrField>,
): string[] {
  const doubts = ['bias', ...odd, `class ${levelOf(sure.sequenceClass)}`, `is ${values.sequenceClass}`];
  if (values.sequenceClass !== sequenceClass) doubts.push('overruled');
  if (planeOf(header) === 'unknown') doubts.push('no plane');
  return doubts;
}

function reasonsOf(header: MrHeader, proposal: MrProposal): string[] {
  const reasons = oddities(header, proposal).map((odd) => odd.slice(4));
  return textOf(header.seriesDescription) === '' ? [...reasons, 'no description'] : reasons;
}
