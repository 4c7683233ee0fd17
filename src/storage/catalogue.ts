// Finding kept instances by their UIDs, for retrieval: served versions, nothing hidden, in the order in which people look
// at them. Searching by other attributes is search/.

import { Problem } from '../base/problem.ts';
import type { Database } from './database.ts';
import { BLIND_READING } from './withheld.ts';

/** What to retrieve: PS3.18 10.4, PS3.4 C.4.2 and C.4.3. Several UIDs are a list; what is absent means "all below". */
export interface InstanceScope {
  patientId?: string;
  studyInstanceUid?: string | readonly string[];
  seriesInstanceUid?: string | readonly string[];
  sopInstanceUid?: string | readonly string[];
  /** In the catalogue: only below these. */
  studyIds?: readonly string[];
  /** In the catalogue: of the patient too, whatever Patient ID they were received with. */
  alsoStudyIds?: readonly string[];
}

export interface KeptInstance {
  id: string;
  /** In the catalogue. */
  studyId: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  /** Name in the object store. */
  object: string;
  /** Of the file. */
  sizeBytes: number;
  /** Where the data set begins in the file. */
  datasetOffset: number;
}

/**
 * By series number and instance number where they are numbers, then by UID. Rejects with catalogue/not-found, or with
 * catalogue/hidden where all that is meant was withdrawn.
 */
export async function instancesBelow(
  database: Database,
  tenant: number,
  scope: InstanceScope,
): Promise<KeptInstance[]> {
  const { conditions, values } = conditionsOf(tenant, scope);
  const rows = await database.query<Omit<KeptInstance, 'sizeBytes'> & { sizeBytes: string }>(
    `select i.id, s.id as "studyId", s.study_uid as "studyInstanceUid", r.series_uid as "seriesInstanceUid", i.sop_uid as "sopInstanceUid",
       i.sop_class as "sopClassUid", i.transfer_syntax as "transferSyntaxUid", i.object, i.size_bytes as "sizeBytes",
       i.dataset_offset as "datasetOffset"
     from study s join series r on r.study = s.id join instance i on i.series = r.id
     where ${conditions} and i.served and s.hidden_at is null and r.hidden_at is null and i.hidden_at is null
     order by s.id, ${SERIES_ORDER}, ${INSTANCE_ORDER}`,
    values,
  );
  if (rows.length === 0) throw await absence(database, tenant, scope);
  return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
}

/** Series by their number where it is one, then by UID. `r` is the series. */
export const SERIES_ORDER = `case when r.series_number ~ '^[+-]?[0-9]{1,9}$' then r.series_number::integer end, r.series_uid`;
/** Instances by their number where it is one, then by UID. `i` is the instance. */
export const INSTANCE_ORDER = 'i.ordinal, i.sop_uid';

/** Why there is nothing to retrieve. */
export async function absence(database: Database, tenant: number, scope: InstanceScope): Promise<Problem> {
  const what = scope.sopInstanceUid ? 'instance' : scope.seriesInstanceUid ? 'series' : 'study';
  const { conditions, values } = conditionsOf(tenant, scope);
  const [hidden] = await database.query<{ reason: string | null }>(
    `select coalesce(s.hidden_reason, r.hidden_reason, i.hidden_reason) as reason
     from study s join series r on r.study = s.id join instance i on i.series = r.id
     where ${conditions} and i.hidden_reason is distinct from '${BLIND_READING}' limit 1`,
    values,
  );
  if (hidden === undefined) return new Problem('catalogue/not-found', { what });
  return new Problem('catalogue/hidden', { what, reason: hidden.reason ?? 'no reason was given' });
}

function conditionsOf(tenant: number, scope: InstanceScope): { conditions: string; values: unknown[] } {
  const keys: [string, string | readonly string[] | undefined][] = [
    ['s.patient_id', scope.patientId],
    ['s.study_uid', scope.studyInstanceUid],
    ['r.series_uid', scope.seriesInstanceUid],
    ['i.sop_uid', scope.sopInstanceUid],
  ];
  // The tenant of every level, so that each level's own index can be the way in.
  const conditions = ['s.tenant = $1', 'r.tenant = $1', 'i.tenant = $1'];
  const values: unknown[] = [tenant];
  for (const [column, value] of keys) {
    if (value === undefined) continue;
    if (column === 's.patient_id' && scope.alsoStudyIds !== undefined) {
      values.push(value, scope.alsoStudyIds);
      conditions.push(`(s.patient_id = $${values.length - 1} or s.id = any($${values.length}::bigint[]))`);
      continue;
    }
    values.push(typeof value === 'string' ? value : [...value]);
    conditions.push(
      typeof value === 'string' ? `${column} = $${values.length}` : `${column} = any($${values.length}::text[])`,
    );
  }
  if (scope.studyIds !== undefined) {
    values.push(scope.studyIds);
    conditions.push(`s.id = any($${values.length}::bigint[])`);
  }
  return { conditions: conditions.join(' and '), values };
}
