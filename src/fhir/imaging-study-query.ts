// A search for imaging studies (R4 search.html, imagingstudy.html#search): what is asked, by a table of parameters.

import type { DatePrefix, DateRange } from './date-range.ts';
import type { PatientQuery } from './patient-query.ts';
import type { Has, Include } from './search/request.ts';

export type StudyParameterType = 'token' | 'date' | 'reference';

/** Type and, for token and date, the modifiers besides `:missing`. */
export const imagingStudyParameters = {
  _id: 'token',
  _lastUpdated: 'date',
  basedon: 'reference',
  bodysite: 'token',
  'dicom-class': 'token',
  encounter: 'reference',
  endpoint: 'reference',
  identifier: 'token',
  instance: 'token',
  interpreter: 'reference',
  modality: 'token',
  patient: 'reference',
  performer: 'reference',
  reason: 'token',
  referrer: 'reference',
  series: 'token',
  started: 'date',
  status: 'token',
  subject: 'reference',
} as const satisfies Record<string, StudyParameterType>;

export type ImagingStudyParameter = keyof typeof imagingStudyParameters;

export const isImagingStudyParameter = (name: string): name is ImagingStudyParameter =>
  Object.hasOwn(imagingStudyParameters, name);

/** Parameters by which a study refers to resources here: so they are brought along (`_include`). */
export const imagingStudyIncludes: readonly string[] = ['patient', 'subject', 'endpoint'];

/** One parameter as it was given; met where one of its values is (OR). All of a query have to be met (AND). */
export interface StudyCriterion {
  parameter: ImagingStudyParameter;
  modifier?: 'missing' | 'not' | 'identifier' | 'of-type' | undefined;
  values: readonly StudyValue[];
  /** What is asked of the patient (R4 search.html#chaining); then `values` is empty. */
  ofPatient?: Pick<PatientQuery, 'criteria' | 'has'>;
}

/** A token has `text`, and `system` where it names one (empty: none); a reference `id`, and `type` where it names one. */
export interface StudyValue {
  text: string;
  system?: string | undefined;
  date?: { prefix: DatePrefix; range: DateRange };
  /** Of a reference: `Patient`. The id is `text`. */
  type?: string | undefined;
}

export const imagingStudyOrders = ['_id', '_lastUpdated', 'started'] as const;

export interface StudyOrder {
  by: (typeof imagingStudyOrders)[number];
  descending: boolean;
}

/** How much of a study the answer shows: what is not shown is not read. */
export type StudyDetail = 'study' | 'series' | 'instances';

export interface ImagingStudyQuery {
  criteria: readonly StudyCriterion[];
  /** What refers to the study (R4 search.html#has). */
  has: readonly Has[];
  /** Studies of one page. */
  count: number;
  /** Where the page begins: what the page before gave as `next`. */
  cursor?: string | undefined;
  /** In the order of their arrival where it is absent. */
  order?: StudyOrder | undefined;
  /** R4 search.html#total: how exactly; absent: where it costs little. */
  total?: 'none' | 'estimate' | 'accurate' | undefined;
  detail: StudyDetail;
  includes: readonly Include[];
}
