// What the models see of the evidence: what the rules propose and all they rest on, by name. Words that mean nothing to the
// lexicon count by their letters in threes.

import { levelOf, type Seen, type Verdict } from '../learning/judge.ts';
import { hashOf } from '../learning/random.ts';
import { bodyParts } from './anatomy.ts';
import type { Evidence } from './evidence.ts';
import type { Contrast, Decisions, Laterality } from './procedure.ts';
import type { Proposal } from './rules.ts';
import { contrastOfSeries } from './series-contrast.ts';

const limits = {
  /** Buckets for the letters of unknown words. */
  buckets: 256,
};

export const fields = ['modality', 'focus', 'laterality', 'contrast', 'interventional'] as const;
export type Field = (typeof fields)[number];

export const textOf = (decisions: Decisions, field: Field): string => String(decisions[field]);

export const decisionsOf = (values: Readonly<Record<Field, string>>): Decisions => ({
  modality: values.modality,
  focus: values.focus,
  laterality: values.laterality as Laterality,
  contrast: values.contrast as Contrast,
  interventional: values.interventional === 'true',
});

export function seenOf(evidence: Evidence, proposal: Proposal): Seen<Field> {
  const odd = [...proposal.oddities].map((oddity) => `odd ${oddity}`);
  const features = fields.map((field) => {
    const rule = `rule ${textOf(proposal, field)}`;
    // A name of the Playbook leaves nothing to be weighed.
    return [field, proposal.named ? [rule] : ['bias', rule, ...ofField[field](evidence, proposal), ...odd]];
  });
  return {
    features: Object.fromEntries(features),
    rules: Object.fromEntries(
      fields
        .map((field) => [field, textOf(proposal, field)])
        .filter(([, said]) => said !== '' && said !== 'unspecified'),
    ),
    doubts: (verdict) => [...odd, ...doubtsOf(evidence, proposal, verdict)],
  };
}

const ofField: Record<Field, (evidence: Evidence, proposal: Proposal) => string[]> = {
  modality: ({ input, study, series }, { signs }) => [
    `header ${input.modality.toUpperCase()}`,
    ...study.modalities.map((modality) => `said ${modality}`),
    ...series.modalities.map((modality) => `series ${modality}`),
    ...study.parts.map((part) => `part ${part}`),
    ...[...signs].map((sign) => `sign ${sign}`),
    ...(study.viewCount === undefined ? [] : ['views']),
  ],
  focus: ({ study, header, series, unknown }, { modality, signs }) => [
    `modality ${modality}`,
    ...study.parts.map((part) => `part ${part}`),
    ...header.parts.map((part) => `header ${part}`),
    ...series.parts.map((part) => `series ${part}`),
    ...[...signs].map((sign) => `sign ${sign}`),
    ...unknown.flatMap(threes),
  ],
  laterality: ({ input, study, series }, { focus, modality, signs }) => [
    `header ${input.laterality.toUpperCase()}`,
    ...study.sides.map((side) => `said ${side}`),
    ...study.weakSides.map((side) => `letter ${side}`),
    ...series.sides.map((side) => `series ${side}`),
    `part ${bodyParts.get(focus)!.paired ? 'paired' : bodyParts.get(focus)!.sided ? 'sided' : 'single'}`,
    `modality ${modality}`,
    ...(signs.has('plural') ? ['plural'] : []),
    ...(signs.has('screening') ? ['screening'] : []),
  ],
  contrast: ({ input, study, seriesContrast, unknown }, { modality, focus, signs }) => [
    `said ${study.contrast ?? 'nothing'}`,
    `series ${contrastOfSeries(input.seriesDescriptions, seriesContrast, modality) ?? 'nothing'}`,
    `agent ${input.contrastAgent === '' ? 'none' : 'named'}`,
    `modality ${modality}`,
    `focus ${focus}`,
    ...[...signs].map((sign) => `sign ${sign}`),
    ...(unknown.length > 0 ? ['unknown'] : []),
  ],
  interventional: (_, { signs, modality }) => [`modality ${modality}`, ...[...signs].map((sign) => `sign ${sign}`)],
};

function threes(word: string): string[] {
  const framed = `<${word}>`;
  return Array.from(
    { length: Math.max(1, framed.length - 2) },
    (_, at) => `letters ${hashOf(framed.slice(at, at + 3)) % limits.buckets}`,
  );
}

/** What tells whether all of it is right: how sure each field is, and what is not understood. */
function doubtsOf(evidence: Evidence, proposal: Proposal, { values, sure }: Verdict<Field>): string[] {
  const doubts = [
    'bias',
    `unknown ${Math.min(3, evidence.unknown.length)}`,
    `guessed ${Math.ceil(evidence.guessed * 3)}`,
  ];
  if (proposal.named !== undefined) doubts.push('named');
  if (evidence.words < 3) doubts.push(`words ${evidence.words}`);
  for (const field of fields) {
    if (values[field] !== textOf(proposal, field)) doubts.push(`overruled ${field}`);
    doubts.push(`${field} ${levelOf(sure[field])}`);
  }
  if (values.focus === 'unspecified') doubts.push('no focus');
  if (values.laterality === 'unspecified') doubts.push('no side');
  if (/^(ja|zh|ko)$/.test(evidence.language)) doubts.push('ideographic');
  else if (evidence.language !== 'en') doubts.push('other language');
  return doubts;
}
