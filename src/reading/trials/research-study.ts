// A study whose readings are blinded, as FHIR has it. R4 researchstudy.html.

import type { ResearchStudy } from '@medplum/fhirtypes';
import type { TrialQuestion } from './adjudicate.ts';

export interface TrialDescription {
  id: string;
  title: string;
  provider: string;
  questions: readonly TrialQuestion[];
}

export const researchStudyId = (trial: string): string => `trial-${trial}`;

export const researchStudyOf = ({ id, title, provider, questions }: TrialDescription): ResearchStudy => ({
  resourceType: 'ResearchStudy',
  identifier: [{ value: id }],
  title,
  status: 'active',
  description: 'Two independent blinded readings of each time point; a third decides where they differ.',
  site: [{ display: provider }],
  objective: questions.map(({ name, decides }) => ({ name, type: { text: decides ? 'primary' : 'secondary' } })),
});
