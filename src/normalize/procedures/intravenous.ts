// Whether intravenous contrast was given: the description, what follows from the kind of examination, the series, the agent,
// in this order.

import type { Evidence } from './evidence.ts';
import type { Contrast } from './procedure.ts';
import type { Oddity } from './rules.ts';
import { contrastOfSeries } from './series-contrast.ts';

const withoutIntravenous = new Set(['XR', 'US', 'NM', 'PT', 'PT&CT', 'NM&CT', 'MG', 'RF', 'XA']);

export function contrastOf(
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
