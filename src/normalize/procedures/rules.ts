// What the rules make of the evidence: the study description first, what it leaves open from the header and the series.
// Each proposal comes with the oddities that a careful person would ask about.

import { bodyParts } from './anatomy.ts';
import type { Evidence } from './evidence.ts';
import { focusOf } from './focus.ts';
import type { Contrast, Decisions, Laterality } from './procedure.ts';
import { contrastOfSeries } from './series-contrast.ts';

export interface Proposal extends Decisions {
  signs: Set<string>;
  views: Set<string>;
  viewCount: number | undefined;
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

const interventionSigns = [
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
  const focus = partOf(evidence, signs, modality, oddities);
  if (isVague(evidence, focus, modality, signs)) oddities.add('vague part');
  const interventional = interventionSigns.some((sign) => signs.has(sign));
  return {
    modality,
    focus,
    laterality: sideOf(evidence, focus, modality, signs, oddities),
    contrast: contrastOf(evidence, focus, modality, signs, oddities),
    interventional,
    signs,
    views: evidence.study.views,
    viewCount: evidence.study.viewCount,
    oddities,
  };
}

/** A limb without joint or bone, a spine without its level, a scan of everything. */
function isVague(
  { study, header, input }: Evidence,
  focus: string,
  modality: string,
  signs: ReadonlySet<string>,
): boolean {
  if (focus === 'extremity') return true;
  if (focus === 'spine') return !study.whole && !header.whole && !signs.has('myelogram');
  if (focus === 'whole body')
    return modality === 'CT' || modality === 'XR' ? !signs.has('pediatric') && study.contrast === undefined : false;
  if (focus === 'upper extremity' || focus === 'lower extremity') {
    if (signs.has('bone length') || signs.has('picc') || modality === 'XA') return false;
    const side = study.sides.length + study.weakSides.length > 0 || /^[RLB]/i.test(input.laterality);
    return modality === 'XR' || modality === 'US' || !side;
  }
  return false;
}

/** Modality (0008,0060) as the label has it; undefined where the header leaves it open. */
const ofHeader: Record<string, string> = {
  CT: 'CT',
  MR: 'MR',
  US: 'US',
  IVUS: 'US',
  MG: 'MG',
  NM: 'NM',
  PT: 'PT',
  XA: 'XA',
  RF: 'RF',
  CR: 'XR',
  DX: 'XR',
  DR: 'XR',
  RG: 'XR',
  XR: 'XR',
  PX: 'XR',
  IO: 'XR',
  BMD: 'XR',
  BDUS: 'US',
  EC: 'US',
  MA: 'MR',
};

function modalityOf({ input, study, series }: Evidence, oddities: Set<Oddity>): string {
  const header = ofHeader[input.modality.trim().toUpperCase()];
  const said = study.modalities;
  const both = said.includes('PT&CT') || (said.includes('PT') && said.includes('CT'));
  if (both && (header === undefined || header === 'PT' || header === 'CT')) return 'PT&CT';
  if (header === 'PT') return series.modalities.includes('CT') ? 'PT&CT' : 'PT';
  if (header === 'NM' && said.includes('CT') && study.signs.has('spect')) return 'NM&CT';
  const text = preferred(said);
  if (header === undefined) {
    if (text !== undefined) {
      if (said.length > 1 && !related(said)) oddities.add('several modalities');
      return text;
    }
    const fromSeries = preferred(series.modalities);
    if (fromSeries === undefined) oddities.add('no modality');
    return fromSeries ?? (study.viewCount !== undefined || study.views.size > 0 ? 'XR' : '');
  }
  // A cabinet that makes radiographs and mammograms, or fluoroscopy and angiography, says which by the text.
  if (header === 'XR' && text === 'MG' && study.parts.includes('breast')) return 'MG';
  if (
    (header === 'XA' || header === 'RF' || header === 'XR') &&
    (text === 'XA' || text === 'RF') &&
    !study.modalities.includes(header)
  ) {
    return header === 'XR' || header === 'RF' ? text : header;
  }
  if (text !== undefined && !said.includes(header) && cross.has(text) && cross.has(header))
    oddities.add('modality contradicts');
  return header;
}

const cross = new Set(['CT', 'MR', 'US', 'MG', 'NM', 'XR']);
const order = ['PT&CT', 'NM&CT', 'PT', 'MR', 'CT', 'MG', 'NM', 'US', 'RF', 'XA', 'XR'];
const preferred = (said: readonly string[]): string | undefined => order.find((modality) => said.includes(modality));
const related = (said: readonly string[]): boolean => said.filter((modality) => cross.has(modality)).length < 2;

function partOf(
  { study, header, series }: Evidence,
  signs: Set<string>,
  modality: string,
  oddities: Set<Oddity>,
): string {
  const text = focusOf(study.parts, signs, modality);
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

const withoutIntravenous = new Set(['XR', 'US', 'NM', 'PT', 'PT&CT', 'NM&CT', 'MG', 'RF', 'XA']);

function contrastOf(
  { input, study, seriesContrast }: Evidence,
  focus: string,
  modality: string,
  signs: ReadonlySet<string>,
  oddities: Set<Oddity>,
): Contrast {
  if (withoutIntravenous.has(modality)) return 'none';
  const agent = agentGiven(input.contrastAgent);
  // The agent of an arthrogram or a myelogram is in the joint or the canal, unless it is said to be intravenous.
  if (signs.has('arthrogram') || signs.has('myelogram')) {
    const intravenous = study.tokens.includes('iv') || study.contrast === 'both';
    return intravenous && study.contrast !== undefined ? study.contrast : 'none';
  }
  const series = contrastOfSeries(input.seriesDescriptions, seriesContrast, modality);
  if (study.contrast !== undefined) {
    if (study.contrast === 'without' && (agent || series === 'with' || series === 'both'))
      oddities.add('contrast contradicts');
    return study.contrast;
  }
  const byKind = definedContrast(focus, modality, signs);
  if (byKind !== undefined) return byKind;
  if (series !== undefined) {
    oddities.add('contrast from series');
    return series === 'without' && agent ? 'both' : series;
  }
  if (agent) {
    oddities.add('contrast from agent');
    return 'with';
  }
  return 'unspecified';
}

/** Examinations that are enhanced, or not, by what they are. */
function definedContrast(focus: string, modality: string, signs: ReadonlySet<string>): Contrast | undefined {
  if (modality === 'CT') {
    if (signs.has('calcium') || signs.has('stone') || signs.has('high resolution') || signs.has('lung cancer'))
      return 'without';
    if (signs.has('angio') || signs.has('perfusion') || signs.has('pulmonary embolus') || vesselParts.has(focus))
      return 'with';
  }
  if (modality === 'MR') {
    if (signs.has('tof')) return 'without';
    if (signs.has('perfusion')) return 'with';
  }
  return undefined;
}

const vesselParts = new Set([
  'pulmonary arteries',
  'coronary arteries',
  'head and neck vessels',
  'intracranial vessels',
  'neck vessels',
  'renal vessels',
  'abdominal aorta and leg arteries',
  'leg arteries',
  'thoracic aorta',
]);

/** Contrast/Bolus Agent names an intravenous agent, in any script, unless it says none or oral. */
function agentGiven(agent: string): boolean {
  const text = agent.trim().toLowerCase();
  return (
    text !== '' &&
    !/^(no|none|nein|non|0|n|without|ohne|sans|kein.*|nessuno|sin|sem|無|无|なし|-|not? .*)$/.test(text) &&
    !/oral|water|barium|enteral/.test(text)
  );
}
