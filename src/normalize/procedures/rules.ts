// What the rules make of the evidence: the study description first, what it leaves open from the header and the series.
// Each proposal comes with the oddities that a careful person would ask about.

import { bodyParts } from './anatomy.ts';
import type { Evidence } from './evidence.ts';
import { focusOf } from './focus.ts';
import { contrastOf } from './intravenous.ts';
import { modalityOf } from './modality.ts';
import type { PlaybookRow } from './playbook.ts';
import { rowNamed } from './playbook-names.ts';
import type { Decisions, Laterality } from './procedure.ts';

export interface Proposal extends Decisions {
  signs: Set<string>;
  views: Set<string>;
  viewCount: number | undefined;
  /** The row of the Playbook whose name the description is. */
  named: PlaybookRow | undefined;
  /** Names of oddities, for the model and for the person who reviews. */
  oddities: Set<Oddity>;
}

export type Oddity =
  | 'no modality'
  | 'modality contradicts'
  | 'several modalities'
  | 'no part'
  | 'part from header'
  | 'part from series'
  | 'part contradicts'
  | 'vague part'
  | 'several parts'
  | 'sides contradict'
  | 'side from header'
  | 'side by letter'
  | 'contrast contradicts'
  | 'contrast from series'
  | 'contrast from agent'
  | 'no description';

export const interventionSigns = [
  'biopsy',
  'drainage',
  'aspiration',
  'injection',
  'ablation',
  'placement',
  'needle localization',
  'embolization',
  'angioplasty',
  'nephrostomy',
  'vertebroplasty',
  'lumbar puncture',
  'guided',
];

export function propose(evidence: Evidence): Proposal {
  const oddities = new Set<Oddity>();
  const signs = new Set(evidence.study.signs);
  if (evidence.words === 0) oddities.add('no description');
  const modality = modalityOf(evidence, oddities);
  const named = rowNamed(modality, evidence.input.studyDescription);
  const focus = partNamed(named) ?? partOf(evidence, signs, modality, oddities);
  if (isVague(evidence, focus, modality, signs)) oddities.add('vague part');
  const interventional = interventionSigns.some((sign) => signs.has(sign));
  const contrast = contrastOf(evidence, focus, modality, signs, oddities);
  return {
    modality,
    focus,
    laterality: sideOf(evidence, focus, modality, signs, oddities),
    contrast: (contrast !== 'none' && named?.contrast) || contrast,
    interventional,
    signs,
    views: evidence.study.views,
    viewCount: evidence.study.viewCount,
    named,
    oddities,
  };
}

const partNamed = (row: PlaybookRow | undefined): string | undefined =>
  row === undefined || row.focus === 'unspecified' ? undefined : row.focus;

/** A limb without joint or bone, a spine without its level, a scan of everything. */
function isVague(
  { study, header, input }: Evidence,
  focus: string,
  modality: string,
  signs: ReadonlySet<string>,
): boolean {
  if (focus === 'extremity') return true;
  if (focus === 'spine')
    return (
      !interventionSigns.some((sign) => signs.has(sign)) && !study.whole && !header.whole && !signs.has('myelogram')
    );
  if (focus === 'whole body')
    return modality === 'CT' || modality === 'XR' ? !signs.has('pediatric') && study.contrast === undefined : false;
  if (focus === 'upper extremity' || focus === 'lower extremity') {
    if (signs.has('bone length') || signs.has('picc') || modality === 'XA') return false;
    const side = study.sides.length + study.weakSides.length > 0 || /^[RLB]/i.test(input.laterality);
    return modality === 'XR' || modality === 'US' || !side;
  }
  return false;
}

function partOf(
  { study, header, series }: Evidence,
  signs: Set<string>,
  modality: string,
  oddities: Set<Oddity>,
): string {
  const text = focusOf(study.parts, signs, modality);
  // `CT A/P`: no projections, abdomen and pelvis.
  if (text.name === 'unspecified' && modality === 'CT' && study.views.has('ap')) return 'abdomen and pelvis';
  const fromHeader = focusOf(header.parts, signs, modality);
  if (text.name !== 'unspecified') {
    if (text.others.length > 0) oddities.add('several parts');
    const [here, there] = [bodyParts.get(text.name)!.region, bodyParts.get(fromHeader.name)!.region];
    if (there !== '' && here !== there) oddities.add('part contradicts');
    return text.name === 'extremity' && fromHeader.name !== 'unspecified' ? fromHeader.name : text.name;
  }
  if (fromHeader.name !== 'unspecified') {
    oddities.add('part from header');
    if (fromHeader.others.length > 0) oddities.add('several parts');
    return fromHeader.name;
  }
  const fromSeries = focusOf(series.parts, signs, modality);
  oddities.add(fromSeries.name === 'unspecified' ? 'no part' : 'part from series');
  if (fromSeries.others.length > 0) oddities.add('several parts');
  return fromSeries.name;
}

function sideOf(
  { input, study, series }: Evidence,
  focus: string,
  modality: string,
  signs: ReadonlySet<string>,
  oddities: Set<Oddity>,
): Laterality {
  const part = bodyParts.get(focus)!;
  const text = oneSide(study.sides) ?? (part.sided ? oneSide(study.weakSides) : undefined);
  if (study.sides.length === 0 && study.weakSides.length > 0) oddities.add('side by letter');
  const header = oneSide([input.laterality.trim().toUpperCase()].filter((side) => 'RLB'.includes(side) && side !== ''));
  if (text !== undefined && header !== undefined && text !== header && part.sided) oddities.add('sides contradict');
  if (!part.sided) return 'none';
  const fromSeries = oneSide(series.sides) ?? oneSide(series.weakSides);
  const several = signs.has('plural') && part.sided ? 'B' : undefined;
  if (text !== undefined) return text;
  if (header !== undefined) {
    oddities.add('side from header');
    if (fromSeries !== undefined && fromSeries !== 'B' && header !== 'B' && fromSeries !== header)
      oddities.add('sides contradict');
    return header;
  }
  if (several !== undefined) return several;
  if (fromSeries !== undefined) return fromSeries;
  if (focus === 'breast' && modality === 'MG' && signs.has('screening')) return 'B';
  return part.paired ? 'unspecified' : 'none';
}

function oneSide(sides: readonly string[]): Laterality | undefined {
  if (sides.includes('B') || (sides.includes('R') && sides.includes('L'))) return 'B';
  return sides.includes('R') ? 'R' : sides.includes('L') ? 'L' : undefined;
}
