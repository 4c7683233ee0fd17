// The SOP classes this door serves besides Storage, and what identifies an entity at each level. PS3.4 A, C.6, F, J, K, R, CC.

import type { QueryLevel } from '../dicom/query.ts';
import type { DimseHandlers } from './handlers.ts';

export const VERIFICATION = '1.2.840.10008.1.1';
/** PS3.4 J.3.5: the push model, and its one well-known instance. */
export const STORAGE_COMMITMENT_PUSH = '1.2.840.10008.1.20.1';
export const STORAGE_COMMITMENT_PUSH_INSTANCE = '1.2.840.10008.1.20.1.1';

/** PS3.4 K.6.1.5. */
export const MODALITY_WORKLIST_FIND = '1.2.840.10008.5.1.4.31';
/** PS3.4 F.7.3 and F.8.3: the step as its modality reports it, and as others read it. */
export const PERFORMED_STEP = '1.2.840.10008.3.1.2.3.3';
export const PERFORMED_STEP_RETRIEVE = '1.2.840.10008.3.1.2.3.4';
/** PS3.4 R.4. */
export const INSTANCE_AVAILABILITY = '1.2.840.10008.5.1.4.33';
/** PS3.4 CC.3.1: five ways to one kind of instance, all of whose messages name the first. */
export const UPS_PUSH = '1.2.840.10008.5.1.4.34.6.1';
export const UPS_WATCH = '1.2.840.10008.5.1.4.34.6.2';
export const UPS_PULL = '1.2.840.10008.5.1.4.34.6.3';
export const UPS_EVENT = '1.2.840.10008.5.1.4.34.6.4';
export const UPS_QUERY = '1.2.840.10008.5.1.4.34.6.5';

/** A query/retrieve information model as one of its three services. */
export interface QueryRetrieve {
  service: 'find' | 'move' | 'get';
  root: 'Patient Root' | 'Study Root' | 'Patient/Study Only';
  levels: readonly QueryLevel[];
}

const models = [
  { root: 'Patient Root', branch: 1, levels: ['PATIENT', 'STUDY', 'SERIES', 'IMAGE'] },
  { root: 'Study Root', branch: 2, levels: ['STUDY', 'SERIES', 'IMAGE'] },
  { root: 'Patient/Study Only', branch: 3, levels: ['PATIENT', 'STUDY'] },
] as const;

/** PS3.4 C.6.1.3, C.6.2.3 and (retired) C.6.3.3, by SOP class UID. */
export const queryRetrieveClasses: ReadonlyMap<string, QueryRetrieve> = new Map(
  models.flatMap(({ root, branch, levels }) =>
    (['find', 'move', 'get'] as const).map((service, i): [string, QueryRetrieve] => [
      `1.2.840.10008.5.1.4.1.2.${branch}.${i + 1}`,
      { service, root, levels },
    ]),
  ),
);

/** PS3.4 C.6.1.1: the unique key of each level. */
export const uniqueKeys: Record<QueryLevel, { tag: number; keyword: string }> = {
  PATIENT: { tag: 0x0010_0020, keyword: 'PatientID' },
  STUDY: { tag: 0x0020_000d, keyword: 'StudyInstanceUID' },
  SERIES: { tag: 0x0020_000e, keyword: 'SeriesInstanceUID' },
  IMAGE: { tag: 0x0008_0018, keyword: 'SOPInstanceUID' },
};

/** The SOP classes that are offered as far as somebody stands behind them. */
export function offeredServices({ worklist, managed }: DimseHandlers): ReadonlySet<string> {
  return new Set([...(worklist === undefined ? [] : [MODALITY_WORKLIST_FIND]), ...(managed?.keys() ?? [])]);
}
