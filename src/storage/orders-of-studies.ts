// Which order a study was made for (migrations/0021-orders.sql): the one that gave it its Study Instance UID, else the one
// with its accession number, where that is for the same patient, else the one that a person assigned to it. An accession number of somebody else's order is no match,
// and is told. IHE RAD-10, PIR.

import type { Database } from './database.ts';
import { EVENT_CHANNEL } from './events.ts';

export const limits = {
  /** Orders that are offered for a study that nobody ordered. */
  candidates: 10,
} as const;

export interface OrderOfStudy {
  /** Its row. */
  study: string;
  order: string;
  because: 'study' | 'accession' | 'assigned';
  status: string;
  /** translate/order.ts. */
  document: unknown;
  updatedAt: Date;
  /** From whom the first instance of the study came. */
  source: string | null;
}

/** As issuers are written (translate/assigning-authority.ts): its local names, and its universal id with the type. */
const NAMES_OF_AUTHORITY = `array[a.name, a.namespace_id, a.universal_id,
  a.universal_id || '&' || coalesce(nullif(a.universal_id_type, ''), 'ISO')]`;

/**
 * Whether `s` is of the patient of `o`. Who assigned the Patient ID may be unsaid, and may be called otherwise: HL7 v2 says its
 * universal id, where a modality has room for its local name.
 */
const SAME_PATIENT = `o.patient_id = s.patient_id and (coalesce(s.issuer_of_patient_id, '') in ('', o.issuer_of_patient_id)
  or o.issuer_of_patient_id = '' or exists (select from authority a where a.tenant = o.tenant
    and o.issuer_of_patient_id = any(${NAMES_OF_AUTHORITY}) and s.issuer_of_patient_id = any(${NAMES_OF_AUTHORITY})))`;

const FIRST_SOURCE = `(select i.source from series r join instance i on i.series = r.id where r.study = s.id and i.served
  order by i.id limit 1)`;

/** `ids`: rows of studies. Those that nobody ordered are left out; of several orders, the newest. */
export async function ordersOfStudies(database: Database, ids: readonly string[]): Promise<OrderOfStudy[]> {
  return database.query<OrderOfStudy & Record<string, unknown>>(
    `select distinct on (s.id) s.id as study, o.id as order, o.status, o.document, o.updated_at as "updatedAt",
       ${FIRST_SOURCE} as source, case when o.id = a.imaging_order then 'assigned'
         when o.study_uid = s.study_uid then 'study' else 'accession' end as because
     from study s left join study_order a on a.tenant = s.tenant and a.study_uid = s.study_uid
     join imaging_order o on o.tenant = s.tenant and (o.id = a.imaging_order
       or (a.imaging_order is null and o.study_uid = s.study_uid)
       or (a.imaging_order is null and o.accession_number = s.accession_number and ${SAME_PATIENT}))
     where s.id = any($1::bigint[])
     order by s.id, (o.study_uid = s.study_uid) desc, o.id desc`,
    [ids],
  );
}

export interface OrderedStudy {
  /** Its row. */
  study: string;
  /** From whom its first instance came. */
  source: string | null;
}

/** Studies whose order has one of these accession numbers. */
export async function studiesOrderedAs(
  database: Database,
  tenant: number,
  accessionNumbers: readonly string[],
): Promise<OrderedStudy[]> {
  return database.query<OrderedStudy & Record<string, unknown>>(
    `select s.id as study, ${FIRST_SOURCE} as source from imaging_order o
     join study s on s.tenant = o.tenant and (s.study_uid = o.study_uid
       or s.study_uid in (select study_uid from study_order a where a.tenant = o.tenant and a.imaging_order = o.id))
     left join study_order a on a.tenant = s.tenant and a.study_uid = s.study_uid
     where o.tenant = $1 and o.accession_number = any($2) and coalesce(a.imaging_order, o.id) = o.id`,
    [tenant, accessionNumbers],
  );
}

export interface ForPatient {
  /** Rows of what lies under the UID. */
  studies: string[];
  /** Of the order. */
  issuer: string;
  patientId: string;
  isSameNumber: boolean;
}

/** Whom an order is for, beside a study; undefined where either is not here. */
export async function isForPatientOf(
  database: Database,
  tenant: number,
  { studyInstanceUid, order }: { studyInstanceUid: string; order: string },
): Promise<ForPatient | undefined> {
  const [row] = await database.query<ForPatient & Record<string, unknown>>(
    `select array_agg(s.id::text) as studies, o.issuer_of_patient_id as issuer, o.patient_id as "patientId",
       bool_and(${SAME_PATIENT}) as "isSameNumber"
     from imaging_order o join study s on s.tenant = o.tenant and s.study_uid = $2 and s.hidden_at is null
     where o.tenant = $1 and o.id = $3 group by o.id`,
    [tenant, studyInstanceUid, order],
  );
  return row;
}

/**
 * The order is that of the study from now on, whatever either says of the other; undefined: what its numbers say is so again.
 * Resolves to whether there are such a study and such an order.
 */
export async function assignOrder(
  database: Database,
  tenant: number,
  { studyInstanceUid, order, by }: { studyInstanceUid: string; order: string | undefined; by: string },
): Promise<boolean> {
  const write =
    order === undefined
      ? `delete from study_order where tenant = $1 and study_uid = $2 and $3::bigint is null and $4 <> '' returning study_uid`
      : `insert into study_order (tenant, study_uid, imaging_order, assigned_by)
         select $1, $2, o.id, $4 from imaging_order o where o.tenant = $1 and o.id = $3
           and exists (select from study where tenant = $1 and study_uid = $2 and hidden_at is null)
         on conflict (tenant, study_uid) do update set imaging_order = excluded.imaging_order,
           assigned_by = excluded.assigned_by, assigned_at = now()
         returning study_uid`;
  const rows = await database.query(
    `with assigned as (${write}), told as (
       insert into event (tenant, kind, study, detail)
       select s.tenant, 'order-assigned', s.id, json_build_object('order', $3::text, 'by', $4::text)
       from assigned join study s on s.tenant = $1 and s.study_uid = assigned.study_uid)
     select pg_notify('${EVENT_CHANNEL}', '') from assigned`,
    [tenant, studyInstanceUid, order ?? null, by],
  );
  return rows.length > 0;
}

export interface Candidate {
  order: string;
  accessionNumber: string | null;
  procedure: string | null;
  status: string;
}

export interface UnscheduledStudy {
  /** `before` for the next page. */
  id: string;
  studyInstanceUid: string;
  accessionNumber: string | null;
  createdAt: Date;
  /** Its accession number is that of an order for somebody else: one of the two is wrong. */
  isOthersAccession: boolean;
  /** Orders for its patient, the newest first: one of them may be assigned to it. */
  candidates: Candidate[];
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
         where o.tenant = s.tenant and o.accession_number = s.accession_number) as "isOthersAccession",
       coalesce((select json_agg(c) from (
         select o.id::text as order, o.accession_number as "accessionNumber", o.document->>'procedureDescription' as procedure,
           o.status from imaging_order o
         where o.tenant = s.tenant and ${SAME_PATIENT} and o.status <> 'CANCELED'
         order by o.id desc limit ${limits.candidates}) c), '[]') as candidates
     from study s
     where s.tenant = $1 and s.hidden_at is null and ($2::bigint is null or s.id < $2)
       and not exists (select from study_order a where a.tenant = s.tenant and a.study_uid = s.study_uid)
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
