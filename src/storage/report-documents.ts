// Which instances are versions of which reports, which study a report is about, and which reports wait for theirs
// (migrations/0022-results.sql).

import type { Database } from './database.ts';
import type { Queries } from './transaction.ts';

export interface ReportDocumentRow {
  tenant: number;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopClassUid: string;
  /** Id of the DiagnosticReport. */
  report: string;
  version: number;
}

const COLUMNS = `tenant, sop_uid as "sopInstanceUid", study_uid as "studyInstanceUid", series_uid as "seriesInstanceUid",
  sop_class as "sopClassUid", report, version`;

/** Of these SOP Instance UIDs, those that are versions of reports. */
export function reportDocuments(
  queries: Queries,
  tenant: number,
  uids: readonly string[],
): Promise<ReportDocumentRow[]> {
  return queries.query<ReportDocumentRow & Record<string, unknown>>(
    `select ${COLUMNS} from report_document where tenant = $1 and sop_uid = any($2)`,
    [tenant, uids],
  );
}

/** The newest documents of a report, those of its latest version first. */
export function documentsOfReport(queries: Queries, tenant: number, report: string): Promise<ReportDocumentRow[]> {
  return queries.query<ReportDocumentRow & Record<string, unknown>>(
    `select ${COLUMNS} from report_document where tenant = $1 and report = $2 order by version desc, sop_uid limit 100`,
    [tenant, report],
  );
}

/** One that is noted already stays as it is. */
export async function noteDocument(queries: Queries, row: ReportDocumentRow): Promise<void> {
  const { tenant, sopInstanceUid, studyInstanceUid, seriesInstanceUid, sopClassUid, report, version } = row;
  await queries.query(
    `insert into report_document (tenant, sop_uid, study_uid, series_uid, sop_class, report, version)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [tenant, sopInstanceUid, studyInstanceUid, seriesInstanceUid, sopClassUid, report, version],
  );
}

/** By what a report names its study. */
export interface StudyKeys {
  studyInstanceUid?: string | undefined;
  accessionNumber?: string | undefined;
}

export interface StudyOfReport {
  /** Its row. */
  id: string;
  studyInstanceUid: string;
  /** Patient and study attributes of its first instance, DICOM JSON. */
  attributes: string;
  patientId: string;
  issuer: string;
}

/** Studies that are here, shown, and named so: by UID before accession number, the newest first. */
export function studiesNamed(queries: Queries, tenant: number, keys: StudyKeys): Promise<StudyOfReport[]> {
  return queries.query<StudyOfReport & Record<string, unknown>>(
    `select id, study_uid as "studyInstanceUid", attributes, coalesce(patient_id, '') as "patientId",
       coalesce(issuer_of_patient_id, '') as issuer
     from study where tenant = $1 and hidden_at is null and (study_uid = $2 or accession_number = $3)
     order by (study_uid = $2) desc, id desc limit 20`,
    [tenant, keys.studyInstanceUid ?? null, keys.accessionNumber ?? null],
  );
}

/** The Study Instance UID that an order of this patient with one of these numbers gives; undefined where nobody ordered it. */
export async function orderedStudy(
  queries: Queries,
  tenant: number,
  {
    accessionNumber,
    placer,
    filler,
    patientId,
  }: {
    accessionNumber?: string | undefined;
    placer?: string | undefined;
    filler?: string | undefined;
    patientId: string;
  },
): Promise<string | undefined> {
  const [row] = await queries.query<{ study_uid: string }>(
    `select study_uid from imaging_order
     where tenant = $1 and patient_id = $5 and (accession_number = $2 or placer = $3 or filler = $4) order by id desc limit 1`,
    [tenant, accessionNumber ?? null, placer ?? null, filler ?? null, patientId],
  );
  return row?.study_uid;
}

/** It waits with this version, and no longer with another. */
export async function waitForStudy(
  database: Database,
  tenant: number,
  { report, version }: { report: string; version: number },
  keys: StudyKeys & { problem?: string },
): Promise<void> {
  await database.query(
    `insert into report_waiting (tenant, report, version, study_uid, accession_number, problem)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant, report) do update set version = excluded.version, study_uid = excluded.study_uid,
       accession_number = excluded.accession_number, problem = excluded.problem`,
    [tenant, report, version, keys.studyInstanceUid ?? null, keys.accessionNumber ?? null, keys.problem ?? null],
  );
}

export async function waitNoLonger(database: Database, tenant: number, report: string): Promise<void> {
  await database.query('delete from report_waiting where tenant = $1 and report = $2', [tenant, report]);
}

/** Reports that wait for one of these studies, by their rows. */
export function waitingFor(
  database: Database,
  studies: readonly string[],
): Promise<{ tenant: number; report: string; version: number }[]> {
  return database.query(
    `select distinct w.tenant, w.report, w.version from study s join report_waiting w on w.tenant = s.tenant
       and (w.study_uid = s.study_uid or w.accession_number = s.accession_number)
     where s.id = any($1::bigint[])`,
    [studies],
  );
}

export interface WaitingReport {
  report: string;
  version: number;
  studyInstanceUid: string | null;
  accessionNumber: string | null;
  problem: string | null;
  since: Date;
}

/** Those that wait longest. */
export function waitingReports(database: Database, tenant: number, limit: number): Promise<WaitingReport[]> {
  return database.query<WaitingReport & Record<string, unknown>>(
    `select report, version, study_uid as "studyInstanceUid", accession_number as "accessionNumber", problem, since
     from report_waiting where tenant = $1 order by since, report limit $2`,
    [tenant, limit],
  );
}

/** Reports of which a document lies in one of these studies, those of the newest study first. */
export function reportsOfStudies(
  queries: Queries,
  tenant: number,
  studyInstanceUids: readonly string[],
): Promise<{ report: string; studyInstanceUid: string; studyDate: string | null }[]> {
  return queries.query<{ report: string; studyInstanceUid: string; studyDate: string | null }>(
    `select d.report, min(d.study_uid) as "studyInstanceUid", max(s.study_date) as "studyDate"
     from report_document d join study s on s.tenant = d.tenant and s.study_uid = d.study_uid and s.hidden_at is null
     where d.tenant = $1 and d.study_uid = any($2)
     group by d.report order by max(s.study_date) desc nulls last, d.report`,
    [tenant, studyInstanceUids],
  );
}
