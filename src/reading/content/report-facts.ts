// What is known when a report is written: of the study, its priors and what was looked at, in the words and dates of whoever
// reads. Checks and fields that fill themselves go by nothing else.

import type { StudyChange } from '../case/case-event.ts';
import type { ReadType } from '../terms/service-term.ts';
import type { Subject } from './report-content.ts';

export interface PriorFacts {
  studyUid: string;
  /** YYYY-MM-DD; empty where the images do not say. */
  date: string;
  description: string;
  modality: string;
  isOpened: boolean;
}

export interface SeriesFacts {
  uid: string;
  description: string;
  instances: number;
  isOpened: boolean;
  /** The reader said that it need not be looked at. */
  isWaived: boolean;
}

export interface ReportFacts {
  case: string;
  readType: ReadType;
  subject: Subject;
  /** (0010,0040). */
  sex?: 'M' | 'F' | 'O';
  ageYears?: number;
  modality: string;
  bodyRegion?: string;
  /** A name of normalize's `bodyParts`. */
  focus?: string;
  /** Of the order, else of the images. */
  laterality?: 'R' | 'L' | 'B';
  /** `code^scheme`, as far as they are known: Playbook, LOINC, of the order. */
  procedures: readonly string[];
  description?: string;
  indication?: string;
  contrast?: string;
  /** mGy and mGy·cm of a CT, decimal text. */
  dose?: { ctdiVol?: string; dlp?: string };
  /** YYYY-MM-DD. */
  studyDate: string;
  priors: readonly PriorFacts[];
  /** How many priors there are known to be elsewhere that did not come. */
  priorsMissing: number;
  series: readonly SeriesFacts[];
  /** That can be fetched now, and that the ledger of what was sent says there are. */
  instances: number;
  instancesSent: number;
  unseen: readonly StudyChange[];
  /** Loops that were begun for this case. */
  criticalLoops: number;
  /** Dates in it are shifted: one that is typed as words cannot be told from a true one. */
  isShifted: boolean;
  /** What a program proposed, as it proposed it. */
  proposed?: { by: string; text: string };
}
