// Which order a study was made for (migrations/0021-orders.sql): the one that gave it its Study Instance UID, else the one
// with its accession number, where that is for the same patient. An accession number of somebody else's order is no match,
// and is told. IHE RAD-10, PIR.

import type { Database } from './database.ts';

export interface OrderOfStudy {
  /** Its row. */
  study: string;
  order: string;
  because: 'study' | 'accession';
  status: string;
  /** translate/order.ts. */
  document: unknown;
}

/** Whether the accession number of `s` is that of `o`, and so is the patient; who assigned the Patient ID may be unsaid. */
const SAME_PATIENT = `o.patient_id = s.patient_id and (coalesce(s.issuer_of_patient_id, '') in ('', o.issuer_of_patient_id)
  or o.issuer_of_patient_id = '')`;

/** `ids`: rows of studies. Those that nobody ordered are left out; of several orders, the newest. */
export async function ordersOfStudies(database: Database, ids: readonly string[]): Promise<OrderOfStudy[]> {
  return database.query<OrderOfStudy & Record<string, unknown>>(
    `select distinct on (s.id) s.id as study, o.id as order, o.status, o.document,
       case when o.study_uid = s.study_uid then 'study' else 'accession' end as because
     from study s join imaging_order o on o.tenant = s.tenant
       and (o.study_uid = s.study_uid or (o.accession_number = s.accession_number and ${SAME_PATIENT}))
     where s.id = any($1::bigint[])
     order by s.id, (o.study_uid = s.study_uid) desc, o.id desc`,
    [ids],
  );
}

export interface UnscheduledStudy {
  /** `before` for the next page. */
  id: string;
  studyInstanceUid: string;
  accessionNumber: string | null;
  createdAt: Date;
  /** Its accession number is that of an order for somebody else: one of the two is wrong. */
  isOthersAccession: boolean;
}

/** Studies that nobody ordered, the newest first. */
export async function unscheduledStudies(
  database: Database,
  tenant: number,
  { limit, before }: { limit: number; before?: string },
): Promise<UnscheduledStudy[]> {
  return database.query<UnscheduledStudy & Record<string, unknown>>(
    `select s.id, s.study_uid as "studyInstanceUid", s.accession_number as "accessionNumber",
       s.created_at as "createdAt", exists (select from imaging_order o
         where o.tenant = s.tenant and o.accession_number = s.accession_number) as "isOthersAccession"
     from study s
     where s.tenant = $1 and s.hidden_at is null and ($2::bigint is null or s.id < $2)
       and not exists (select from imaging_order o where o.tenant = s.tenant and o.study_uid = s.study_uid)
       and not exists (select from imaging_order o where o.tenant = s.tenant
         and o.accession_number = s.accession_number and ${SAME_PATIENT})
     order by s.id desc limit $3`,
    [tenant, before ?? null, limit],
  );
}

export interface StoredOrder {
  id: string;
  source: string;
  status: string;
  accessionNumber: string | null;
  studyInstanceUid: string;
  /** translate/order.ts. */
  order: unknown;
  /** Whether a study of it is here. */
  isHere: boolean;
  updatedAt: Date;
}

/** The newest first. */
export async function listOrders(
  database: Database,
  tenant: number,
  asked: { limit: number; before?: string; accessionNumber?: string; patientId?: string; status?: string },
): Promise<StoredOrder[]> {
  return database.query<StoredOrder & Record<string, unknown>>(
    `select o.id, o.source, o.status, o.accession_number as "accessionNumber", o.study_uid as "studyInstanceUid",
       o.document as order, o.updated_at as "updatedAt", exists (select from study s where s.tenant = o.tenant
         and (s.study_uid = o.study_uid or (s.accession_number = o.accession_number and ${SAME_PATIENT}))) as "isHere"
     from imaging_order o
     where o.tenant = $1 and ($2::bigint is null or o.id < $2) and ($3::text is null or o.accession_number = $3)
       and ($4::text is null or o.patient_id = $4) and ($5::text is null or o.status = $5)
     order by o.id desc limit $6`,
    [
      tenant,
      asked.before ?? null,
      asked.accessionNumber ?? null,
      asked.patientId ?? null,
      asked.status ?? null,
      asked.limit,
    ],
  );
}
