// What the reading room asks of /api/v1/reading: the worklist, what is done to a case, and the report of the one that is read.

import type { ContentFinding, Override } from '../reading/content/finding.ts';
import type { ReportContent, SignedContent, Subject } from '../reading/content/report-content.ts';
import type { PriorFacts, SeriesFacts } from '../reading/content/report-facts.ts';
import type { Template } from '../reading/content/template.ts';
import { getJson, sendJson } from './http.ts';

export const limits = {
  /** Cases listed at once. */
  cases: 200,
} as const;

export interface ReadingCaseRow {
  id: string;
  state: string;
  priority: 'routine' | 'urgent' | 'asap' | 'stat';
  site: string;
  modality: string;
  bodyRegion: string | null;
  procedure: string | null;
  subspecialty: string | null;
  readType: string;
  studyUid: string | null;
  patient: { name: string | null; id: string | null; sex: string | null; age: number | null };
  images: number;
  priors: number;
  readyAt: string | null;
  dueAt: string | null;
  minutesLeft: number | null;
  late: boolean;
  paused: boolean;
  claimedBy: string | null;
  critical: number;
  unseen: string[];
  versions: number;
}

/** What the editor begins with. */
export interface Desk {
  version: number;
  content: ReportContent;
  subject: Subject;
  findings: ContentFinding[];
  templates: { id: string; title: string }[];
  facts: { series: SeriesFacts[]; priors: PriorFacts[]; priorsMissing: number; indication?: string };
  proposal?: { by: string; content: ReportContent; changedWords: number; changedShare: number };
}

export interface Saved {
  version: number;
  content: ReportContent;
  findings: ContentFinding[];
}

export interface Looked {
  series?: string[];
  waived?: string[];
  priors?: string[];
}

const root = '/api/v1/reading';
const at = (id: string, action: string): string => `${root}/cases/${encodeURIComponent(id)}/${action}`;

export const worklist = (signal: AbortSignal): Promise<ReadingCaseRow[]> =>
  getJson(`${root}/cases?limit=${limits.cases}`, signal);

/** The case that is the reader's now; undefined where none waits for them. */
export const nextCase = (): Promise<ReadingCaseRow | undefined> => sendJson('POST', `${root}/cases/next`, {});

export const openDesk = (id: string, template?: string, signal?: AbortSignal): Promise<Desk> =>
  getJson(at(id, template === undefined ? 'draft' : `draft?template=${encodeURIComponent(template)}`), signal);

export const saveDraft = (
  id: string,
  wish: { basis: number; content: ReportContent; looked?: Looked },
): Promise<Saved> => sendJson('PUT', at(id, 'draft'), wish);

export const templateNamed = (id: string, signal: AbortSignal): Promise<Template> =>
  getJson(`${root}/templates/${encodeURIComponent(id)}`, signal);

export interface SignWish {
  as: 'preliminary' | 'final';
  difference?: 'none' | 'minor' | 'major';
  content: ReportContent;
  subject: Subject;
  overrides: Override[];
  confirmed: string[];
  proof?: string;
}

export const sign = (id: string, wish: SignWish): Promise<{ version: number; state: string }> =>
  sendJson('POST', at(id, 'sign'), wish);

/** The preliminary report, for whoever has written what they found themselves. */
export const compare = (id: string): Promise<SignedContent[]> => sendJson('POST', at(id, 'compare'), {});

export const propose = (id: string, content: ReportContent): Promise<NonNullable<Desk['proposal']>> =>
  sendJson('POST', at(id, 'proposal'), { content });

/** claim, open, heartbeat, resume, seen, and with what they ask for: park, give-back, decline, reject, critical. */
export const act = (id: string, action: string, body?: object): Promise<ReadingCaseRow> =>
  sendJson('POST', at(id, action), body ?? {});
