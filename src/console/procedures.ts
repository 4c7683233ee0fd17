// What the console asks of /api/v1/normalise: studies of which nobody is sure what was done, what each may be, and what
// persons decide, which holds for all that say the same until it is taken back.

import type { Weighed } from '../normalize/procedures/normalise-procedure.ts';
import type { Decisions, ProcedureInput } from '../normalize/procedures/procedure.ts';
import { getJson, remove, sendJson } from './http.ts';

export const limits = {
  /** Studies that are asked for at once; more come as these are decided. */
  studies: 200,
  /** Answers that are listed, the newest. */
  answers: 20,
};

/** As the API lists it: of a study, or of one of its series. */
export interface DoubtfulRow {
  studyInstanceUid: string;
  seriesInstanceUid: string | null;
  /** The same of all studies that say the same. */
  says: string | null;
  /** How many these are. */
  alike: number;
  description: string | null;
  confidence: number;
  reason: string;
  facts: { attribute: string; value: unknown }[];
}

/** What one answer would settle. */
export interface DoubtfulProcedure {
  says: string;
  /** The newest that says so, for a person to look at. */
  studyInstanceUid: string;
  alike: number;
  description: string;
  confidence: number;
  /** What was read, in one line. */
  read: string;
}

export interface WeighedProcedure extends Weighed {
  input: ProcedureInput;
}

export interface Answer {
  id: string;
  studies: number;
}

export interface KeptAnswer extends Answer {
  input: ProcedureInput;
  procedure: Decisions;
  author: string;
  answeredAt: string;
  retractedAt: string | null;
  retractedBy: string | null;
}

/** The newest first, what says the same once. */
export async function doubtfulProcedures(signal: AbortSignal): Promise<DoubtfulProcedure[]> {
  return grouped(await getJson<DoubtfulRow[]>(`/api/v1/normalise/review?limit=${limits.studies}`, signal));
}

/** Series are left out: they are asked about by themselves (doubtful-series.ts). */
export function grouped(rows: readonly DoubtfulRow[]): DoubtfulProcedure[] {
  const found = new Map<string, DoubtfulProcedure>();
  for (const { seriesInstanceUid, says, studyInstanceUid, alike, description, confidence, facts } of rows) {
    if (seriesInstanceUid !== null || says === null || found.has(says)) continue;
    const told = (name: string) => facts.find(({ attribute }) => attribute === name)?.value;
    const read = ['Modality', 'AnatomicFocus', 'Laterality'].map(told).filter((value) => typeof value === 'string');
    found.set(says, {
      ...{ says, studyInstanceUid, alike, confidence },
      description: description ?? '',
      read: read.join(', '),
    });
  }
  return [...found.values()];
}

export const weighed = (studyInstanceUid: string, signal: AbortSignal): Promise<WeighedProcedure> =>
  getJson(`/api/v1/normalise/review/${studyInstanceUid}`, signal);

export const answer = (studyInstanceUid: string, decided: Decisions): Promise<Answer> =>
  sendJson('POST', '/api/v1/normalise/answers', { studyInstanceUid, ...decided });

/** Newest first, those that were taken back among them. */
export const answers = (signal: AbortSignal): Promise<KeptAnswer[]> =>
  getJson(`/api/v1/normalise/answers?limit=${limits.answers}`, signal);

export const takeBack = (id: string): Promise<void> => remove(`/api/v1/normalise/answers/${id}`);

/** By which version procedures are read; 0 is the one that is shipped. */
export interface ModelStanding {
  inForce: number;
  /** Newest first. */
  versions: { version: number; objections: string[] }[];
  training: boolean;
}

export const standing = (signal: AbortSignal): Promise<ModelStanding> => getJson('/api/v1/normalise/models', signal);

/** Resolves when it is trained and tried, or when that takes longer than an answer may. */
export const learn = (): Promise<unknown> => sendJson('POST', '/api/v1/normalise/models', {});
