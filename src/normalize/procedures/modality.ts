// Which modality a study is of: the header where it names one, what the text says where the header leaves it open.

import type { Evidence } from './evidence.ts';
import type { Oddity } from './rules.ts';

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

export function modalityOf({ input, study, series }: Evidence, oddities: Set<Oddity>): string {
  const header = ofHeader[input.modality.trim().toUpperCase()];
  const said = study.modalities;
  const both = said.includes('PT&CT') || (said.includes('PT') && said.includes('CT'));
  if (both && (header === undefined || header === 'PT' || header === 'CT')) return 'PT&CT';
  if (header === 'PT') return series.modalities.includes('CT') ? 'PT&CT' : 'PT';
  if (header === 'NM' && said.includes('CT') && (study.signs.has('spect') || said.includes('NM'))) return 'NM&CT';
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
