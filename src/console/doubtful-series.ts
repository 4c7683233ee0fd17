// What the console asks of /api/v1/normalise about series of which nobody is sure what they show: what says the same once, what
// a person decides of it, and that it is taken back.

import { ctPhases, ctReconstructions } from '../normalize/series/ct-header.ts';
import { fatSuppressions, mrClasses, planes } from '../normalize/series/mr-header.ts';
import { getJson, remove, sendJson } from './http.ts';
import { type DoubtfulRow, limits } from './procedures.ts';

/** A field that a person decides, by the name that the answer has for it. */
export interface SeriesField {
  name: string;
  label: string;
  /** Of the fact. */
  attribute: string;
  options: readonly string[];
  /** Where nothing was read. */
  unread: string;
}

export const seriesFields: Readonly<Record<'MR' | 'CT', readonly SeriesField[]>> = {
  MR: [
    { name: 'sequenceClass', label: 'Kind', attribute: 'SequenceClass', options: mrClasses, unread: 'OTHER' },
    { name: 'plane', label: 'Plane', attribute: 'Plane', options: planes, unread: 'unknown' },
    {
      name: 'fatSuppressed',
      label: 'Fat suppressed',
      attribute: 'FatSuppressed',
      options: fatSuppressions,
      unread: 'unknown',
    },
  ],
  CT: [
    { name: 'phase', label: 'Phase', attribute: 'ContrastPhase', options: ctPhases, unread: 'unknown' },
    {
      name: 'reconstruction',
      label: 'Reconstruction',
      attribute: 'Reconstruction',
      options: ctReconstructions,
      unread: 'other',
    },
  ],
};

/** What one answer would settle. */
export interface DoubtfulSeries {
  says: string;
  modality: 'MR' | 'CT';
  /** The newest that says so, for a person to look at. */
  studyInstanceUid: string;
  seriesInstanceUid: string;
  /** How many say so. */
  alike: number;
  description: string;
  confidence: number;
  reason: string;
  /** As it was read, by field. */
  read: Readonly<Record<string, string>>;
}

export interface KeptSeriesAnswer {
  id: string;
  description: string | null;
  decisions: Readonly<Record<string, string>> & { modality: 'MR' | 'CT' };
  author: string;
  answeredAt: string;
  retractedAt: string | null;
  retractedBy: string | null;
  series: number;
}

/** The newest first. */
export async function doubtfulSeries(signal: AbortSignal): Promise<DoubtfulSeries[]> {
  return groupedSeries(await getJson<DoubtfulRow[]>(`/api/v1/normalise/review?limit=${limits.studies}`, signal));
}

/** What says the same once. */
export function groupedSeries(rows: readonly DoubtfulRow[]): DoubtfulSeries[] {
  const found = new Map<string, DoubtfulSeries>();
  for (const { seriesInstanceUid, says, studyInstanceUid, alike, description, confidence, reason, facts } of rows) {
    if (seriesInstanceUid === null || says === null || found.has(says)) continue;
    const told = new Map(facts.map(({ attribute, value }) => [attribute, String(value)]));
    const modality = seriesFields.CT.some(({ attribute }) => told.has(attribute)) ? 'CT' : 'MR';
    found.set(says, {
      ...{ says, modality, studyInstanceUid, seriesInstanceUid, alike, confidence, reason },
      description: description ?? '',
      read: Object.fromEntries(
        seriesFields[modality].map(({ name, attribute, unread }) => [name, told.get(attribute) ?? unread]),
      ),
    });
  }
  return [...found.values()];
}

export const answerSeries = (
  { studyInstanceUid, seriesInstanceUid, modality }: DoubtfulSeries,
  decided: Readonly<Record<string, string>>,
): Promise<{ id: string; series: number }> =>
  sendJson('POST', '/api/v1/normalise/series-answers', { studyInstanceUid, seriesInstanceUid, modality, ...decided });

/** Newest first, those that were taken back among them. */
export const seriesAnswers = (signal: AbortSignal): Promise<KeptSeriesAnswer[]> =>
  getJson(`/api/v1/normalise/series-answers?limit=${limits.answers}`, signal);

export const takeBackSeries = (id: string): Promise<void> => remove(`/api/v1/normalise/series-answers/${id}`);
