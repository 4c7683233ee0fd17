// The keys of a Modality Worklist that have a column, by their path (PS3.4 Table K.6-1). In SQL `s` is the step.

import { tagOf } from '../dicom/dictionary.ts';
import type { Column, ColumnKind } from '../storage/search/columns.ts';

const column = (kind: ColumnKind, ...sql: string[]): Column => ({ level: 'study', kind, sql });

export const pathKey = (path: readonly number[]): string => path.join('.');

export const stepPath = (keyword: string): number[] => [tagOf('ScheduledProcedureStepSequence')!, tagOf(keyword)!];

export const stationAeTitle = pathKey(stepPath('ScheduledStationAETitle'));
export const startDate = pathKey(stepPath('ScheduledProcedureStepStartDate'));
export const startTime = pathKey(stepPath('ScheduledProcedureStepStartTime'));
export const stepStatus = pathKey(stepPath('ScheduledProcedureStepStatus'));

const ofStep: Record<string, Column> = {
  ScheduledStationAETitle: column('list', 's.station_ae_titles'),
  ScheduledProcedureStepStartDate: column('date', 's.start_date'),
  ScheduledProcedureStepStartTime: column('time', 's.start_time'),
  Modality: column('text', 's.modality'),
  ScheduledProcedureStepID: column('text', 's.step_id'),
};

const ofOrder: Record<string, Column> = {
  AccessionNumber: column('text', 's.accession_number'),
  RequestedProcedureID: column('text', 's.requested_procedure_id'),
  StudyInstanceUID: column('uid', 's.study_uid'),
  PatientID: column('text', 's.patient_id'),
  PatientName: column('name', 's.patient_name_alphabetic', 's.patient_name_ideographic', 's.patient_name_phonetic'),
};

export const worklistColumns: ReadonlyMap<string, Column> = new Map([
  ...Object.entries(ofStep).map(([keyword, each]) => [pathKey(stepPath(keyword)), each] as const),
  ...Object.entries(ofOrder).map(([keyword, each]) => [pathKey([tagOf(keyword)!]), each] as const),
]);
