// A CT of the head of a woman of 61, with one prior that was opened: what tests change.

import type { ContentField, ReportContent } from '../report-content.ts';
import type { ReportFacts } from '../report-facts.ts';

export const factsFor = (changed: Partial<ReportFacts> = {}): ReportFacts => ({
  case: 'QX7-K4M-2P9',
  readType: 'final',
  subject: { studyUid: '2.25.41', accession: 'A77', patientId: 'PSEUDO1' },
  sex: 'F',
  ageYears: 61,
  modality: 'CT',
  bodyRegion: 'HEAD',
  focus: 'brain',
  procedures: ['30799-1^LN'],
  description: 'CT head without contrast',
  indication: 'Fall, headache',
  contrast: 'without',
  dose: { ctdiVol: '48.1', dlp: '812' },
  studyDate: '2025-06-11',
  priors: [{ studyUid: '2.25.40', date: '2024-11-02', description: 'CT head', modality: 'CT', isOpened: true }],
  priorsMissing: 0,
  series: [{ uid: '2.25.411', description: 'Axial 5 mm', instances: 32, isOpened: true, isWaived: false }],
  instances: 32,
  instancesSent: 32,
  unseen: [],
  criticalLoops: 0,
  isShifted: true,
  ...changed,
});

/** The facts of a study that was never read before. */
export const withoutPriors = (changed: Partial<ReportFacts> = {}): ReportFacts => factsFor({ priors: [], ...changed });

export interface Texts {
  findings?: string;
  impression?: string;
  comparison?: string;
  recommendation?: string;
  technique?: string;
}

export const contentOf = (texts: Texts, language = 'en', fields: readonly ContentField[] = []): ReportContent => ({
  language,
  sections: (Object.entries(texts) as [keyof Texts, string][]).map(([kind, text]) => ({
    kind,
    text,
    fields: fields.filter(({ name }) => text.includes(`{{${name}}}`)),
  })),
});
