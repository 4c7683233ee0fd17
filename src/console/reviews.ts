// What the console asks of /api/v1/identity: pairs that somebody should look at, everything known on either side of one, and
// decisions, each of which can be taken back.

import type { Explanation } from '../identity/explain.ts';
import type { GoldenRecord } from '../identity/golden-record.ts';
import type { Review } from '../identity/reviews.ts';
import type { Identifier } from '../identity/sighting.ts';
import { getJson, sendJson } from './http.ts';

export const limits = {
  /** Listed at once; more come as these are decided. */
  pairs: 100,
};

export interface ReviewPair extends Review {
  of: [Identifier, Identifier];
  names: [string, string];
}

export interface Side extends GoldenRecord {
  id: string;
  /** Messages, resources and studies that spoke of it. */
  sightings: number;
  studies: SideStudy[];
}

export interface SideStudy {
  studyInstanceUid: string;
  studyDate: string | null;
  studyDescription: string | null;
  modalities: string[];
}

export interface ExplainedPair extends Explanation {
  sides: [Side, Side];
}

export type Verdict = 'same' | 'different';

/** Most harm and least certainty first. */
export const reviews = (signal: AbortSignal): Promise<ReviewPair[]> =>
  getJson(`/api/v1/identity/review?limit=${limits.pairs}`, signal);

/** Of two persons all that each is known by; of one, what came under either number. */
export async function explained({ of, persons: [one, other] }: ReviewPair): Promise<ExplainedPair> {
  const person = (id: string) => getJson<Side>(`/api/v1/identity/persons/${id}`);
  const explaining = sendJson<ExplainedPair>('POST', '/api/v1/identity/explain', { of });
  if (one === other) return explaining;
  const [pair, ...sides] = await Promise.all([explaining, person(one), person(other)]);
  return { ...pair, sides };
}

/** Resolves to the entry by which it is taken back. */
export async function decide(type: Verdict, { of }: ReviewPair): Promise<string> {
  return (await sendJson<{ entry: string }>('POST', '/api/v1/identity/decisions', { type, of })).entry;
}

export const takeBack = (entry: string): Promise<unknown> =>
  sendJson('POST', '/api/v1/identity/decisions', { type: 'retract', entry });

/** Whether both are under a number that two people were given: what is decided of it would be decided of both. */
export const isContested = ({ reason }: ReviewPair): boolean => reason === 'contested';

export const keyOf = ({ registrations, reason }: ReviewPair): string => [...registrations, reason].join('\n');
