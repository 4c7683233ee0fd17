// The contrast phase, the reconstruction and the body region of a CT series: rules propose, models that were taught by
// generated series decide, with a confidence that can be believed.

import {
  confidenceOf,
  decide,
  type JudgeModel,
  levelOf,
  readJudge,
  type Seen,
  type Verdict,
} from '../learning/judge.ts';
import { Lexicon } from '../procedures/lexicon.ts';
import type { CtHeader, CtPhase, CtReconstruction, CtSeries } from './ct-header.ts';
import { ctSeriesModelText } from './ct-model.generated.ts';
import { type CtProposal, proposeCt } from './ct-rules.ts';

export type CtField = 'phase' | 'reconstruction';

export class CtSeriesNormaliser {
  readonly #lexicon: Lexicon;
  readonly #model: JudgeModel<CtField>;

  constructor(lexicon = new Lexicon(), model = ctSeriesModelText) {
    this.#lexicon = lexicon;
    this.#model = readJudge(model);
  }

  normalise(header: CtHeader): CtSeries {
    const proposal = proposeCt(header, this.#lexicon);
    const seen = seenOf(header, proposal);
    const verdict = decide(this.#model, seen);
    return {
      phase: verdict.values.phase as CtPhase,
      reconstruction: verdict.values.reconstruction as CtReconstruction,
      region: proposal.region,
      confidence: confidenceOf(this.#model, seen, verdict),
      reasons: oddities(proposal).map((odd) => odd.slice(4)),
    };
  }
}

export function seenOf(header: CtHeader, proposal: CtProposal): Seen<CtField> {
  const odd = oddities(proposal);
  const shared = [
    'bias',
    `kernel ${proposal.kernel}`,
    ...header.imageType.map((value) => `value ${value}`),
    header.contrastAgent === '' ? 'no agent' : 'agent',
    `region ${proposal.region}`,
    `thickness ${header.sliceThicknessMm === undefined ? 'none' : header.sliceThicknessMm <= 1.5 ? 'thin' : 'thick'}`,
    ...odd,
  ];
  return {
    features: {
      phase: [
        ...shared,
        `rule ${proposal.phase}`,
        `said ${proposal.saidPhase}`,
        `reconstruction ${proposal.reconstruction}`,
      ],
      reconstruction: [...shared, `rule ${proposal.reconstruction}`, `said ${proposal.saidReconstruction}`],
    },
    doubts: (verdict) => doubtsOf(proposal, odd, verdict),
  };
}

function oddities({ timingOpen, contradiction, noRegion, nothingSaid }: CtProposal): string[] {
  const odd: string[] = [];
  if (timingOpen) odd.push('odd timing open');
  if (contradiction) odd.push('odd contradiction');
  if (noRegion) odd.push('odd no region');
  if (nothingSaid) odd.push('odd nothing said');
  return odd;
}

function doubtsOf(proposal: CtProposal, odd: readonly string[], { values, sure }: Verdict<CtField>): string[] {
  const doubts = ['bias', ...odd, `phase ${levelOf(sure.phase)}`, `reconstruction ${levelOf(sure.reconstruction)}`];
  if (values.phase !== proposal.phase) doubts.push('overruled phase');
  if (values.reconstruction !== proposal.reconstruction) doubts.push('overruled reconstruction');
  if (proposal.saidPhase === undefined) doubts.push('no phase said');
  return doubts;
}
