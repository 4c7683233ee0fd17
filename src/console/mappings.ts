// What the console asks of /api/v1/normalise/mappings: what private elements mean that no table of a vendor explains.

import type { Evidence } from '../normalize/discovery/propose.ts';
import { getJson, sendJson } from './http.ts';

export interface Proposed {
  element: string;
  attribute: string;
  confidence: number;
  evidence: Evidence;
  /** A person may accept it unseen. */
  trusted: boolean;
  state: 'open' | 'accepted' | 'refused';
  decidedBy: string | null;
}

export interface MappingStanding {
  /** In force; 0: nothing was accepted. */
  version: number;
  looking: boolean;
  /** The likeliest first. */
  proposals: Proposed[];
}

/** What a person may do with a proposal in each state. */
export const actsOn = {
  open: [
    ['accept', 'Accept'],
    ['refuse', 'Refuse'],
  ],
  accepted: [['withdraw', 'Take back']],
  refused: [['reopen', 'Ask again']],
} as const;

export type MappingAct = (typeof actsOn)[keyof typeof actsOn][number][0];

const PATH = '/api/v1/normalise/mappings';

export const mappingStanding = (signal: AbortSignal): Promise<MappingStanding> => getJson(PATH, signal);

/** Resolves when it was looked, or when that takes longer than an answer may. */
export const lookForMappings = (): Promise<{ instances?: number; proposals?: number }> =>
  sendJson('POST', `${PATH}/look`, {});

export const decideMapping = (act: MappingAct, { element, attribute }: Pick<Proposed, 'element' | 'attribute'>) =>
  sendJson('POST', `${PATH}/${act}`, { element, attribute });

/** `same in 16 of 16 images of 16 series, 16 values`: what a person decides by. */
export function evidenceInWords({ instances, series, distinctValues, coverage }: Evidence): string {
  const part = coverage < 1 ? `, ${Math.round(100 * coverage)} % of those that have the element` : '';
  return `follows it in ${instances} images of ${series} series, ${distinctValues} different values${part}`;
}
