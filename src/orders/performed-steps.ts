// Modality Performed Procedure Steps: what a modality says of what it does. PS3.4 F.7.2. A step is IN PROGRESS until it is
// COMPLETED or DISCONTINUED, and is then never changed again.

import { randomBytes } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { fromJson, jsonText } from '../dicom/json.ts';
import { isUsableUid, newUid } from '../dicom/uid.ts';
import { announce } from '../storage/announced.ts';
import type { Database } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import { scheduledStepsAre } from './order-progress.ts';
import { enqueue } from './step-messages.ts';

export type StepStatus = 'IN PROGRESS' | 'COMPLETED' | 'DISCONTINUED';

const statuses: ReadonlySet<string> = new Set(['IN PROGRESS', 'COMPLETED', 'DISCONTINUED']);

/** PS3.4 Table F.7.2-1: what is said when a step is created, and not changed afterwards. */
const fixed: readonly string[] = [
  'SOPClassUID',
  'SOPInstanceUID',
  'ScheduledStepAttributesSequence',
  'PatientName',
  'PatientID',
  'IssuerOfPatientID',
  'PatientBirthDate',
  'PatientSex',
  'PerformedProcedureStepID',
  'PerformedStationAETitle',
  'PerformedProcedureStepStartDate',
  'PerformedProcedureStepStartTime',
  'Modality',
  'StudyID',
];

export interface StepBy {
  tenant: number;
  /** AE title of the modality. */
  source: string;
  /** AE titles of those who are told what it says. */
  forwardTo: readonly string[];
}

/**
 * Resolves to its SOP Instance UID once it is durable. Throws step/missing-attribute, step/invalid-value, step/exists. What
 * else is of type 1 and absent is no reason to lose a step.
 */
export async function createStep(
  database: Database,
  by: StepBy,
  uid: string | undefined,
  attributes: DataSet,
): Promise<string> {
  const sopInstanceUid = uid ?? newUid(randomBytes(16));
  if (!isUsableUid(sopInstanceUid)) throw new Problem('dicom/invalid-uid', { attribute: 'SOPInstanceUID' });
  const status = attributes.text('PerformedProcedureStepStatus');
  if (status === undefined) throw new Problem('step/missing-attribute', { attribute: 'PerformedProcedureStepStatus' });
  if (status !== 'IN PROGRESS') throw invalidStatus();
  await database.kysely.transaction().execute(async (transaction) => {
    const { tenant, source } = by;
    const { rows } = await sql`
      insert into performed_step (tenant, sop_uid, status, source, attributes)
      values (${tenant}, ${sopInstanceUid}, ${status}, ${source}, ${jsonText(attributes)})
      on conflict do nothing returning sop_uid`.execute(transaction);
    if (rows.length === 0) throw new Problem('step/exists');
    await followed(transaction, by, { sopInstanceUid, status, attributes, said: attributes, operation: 'N-CREATE' });
  });
  return sopInstanceUid;
}

/** Resolves once it is durable. Throws catalogue/not-found, step/final, step/invalid-value. */
export async function setStep(database: Database, by: StepBy, uid: string, modifications: DataSet): Promise<void> {
  await database.kysely.transaction().execute(async (transaction) => {
    const known = await stepIn(transaction, by.tenant, uid);
    if (known.status !== 'IN PROGRESS') throw new Problem('step/final');
    const status = modifications.text('PerformedProcedureStepStatus') ?? known.status;
    if (!statuses.has(status)) throw invalidStatus();
    for (const keyword of fixed) modifications.delete(keyword);
    const attributes = changed(known.attributes, modifications);
    await sql`
      update performed_step set status = ${status}, attributes = ${jsonText(attributes)}, updated_at = now()
      where tenant = ${by.tenant} and sop_uid = ${uid}`.execute(transaction);
    await followed(transaction, by, {
      sopInstanceUid: uid,
      status: status as StepStatus,
      attributes,
      said: modifications,
      operation: 'N-SET',
    });
  });
}

/** Throws catalogue/not-found. `tags`: those that are wanted; none: all. */
export async function readStep(
  database: Database,
  tenant: number,
  uid: string,
  tags: readonly number[] = [],
): Promise<DataSet> {
  const { attributes } = await stepIn(database.kysely, tenant, uid);
  if (tags.length === 0) return attributes;
  const chosen = new DataSet();
  chosen.characterSet = attributes.characterSet;
  for (const tag of [0x0008_0005, ...tags]) {
    const element = attributes.get(tag);
    if (element !== undefined) chosen.add(element);
  }
  return chosen;
}

interface Reported {
  sopInstanceUid: string;
  status: StepStatus;
  /** All that is known of it now. */
  attributes: DataSet;
  said: DataSet;
  operation: 'N-CREATE' | 'N-SET';
}

/** What hangs on a step: the steps that were scheduled, what is awaited of the study, those who want to know. */
async function followed(
  transaction: Transaction<Tables>,
  { tenant, forwardTo }: StepBy,
  { sopInstanceUid, status, attributes, said, operation }: Reported,
): Promise<void> {
  const scheduled = attributes.items('ScheduledStepAttributesSequence');
  await scheduledStepsAre(transaction, tenant, status, scheduled);
  const performed = attributes.items('PerformedSeriesSequence').flatMap(listedIn);
  const studies = new Set(scheduled.flatMap((item) => item.text('StudyInstanceUID') ?? []));
  for (const studyUid of studies) {
    const detail = { status, performed };
    await announce(transaction, { tenant, studyUid, kind: 'step', key: sopInstanceUid, detail });
  }
  await enqueue(transaction, { tenant, destinations: forwardTo, sopInstanceUid, operation, attributes: said });
}

/** The instances of one performed series: images, and what is none. */
function listedIn(series: DataSet) {
  const seriesInstanceUid = series.text('SeriesInstanceUID');
  if (seriesInstanceUid === undefined) return [];
  const items = [
    ...series.items('ReferencedImageSequence'),
    ...series.items('ReferencedNonImageCompositeSOPInstanceSequence'),
  ];
  return [{ seriesInstanceUid, sopInstanceUids: items.flatMap((item) => item.text('ReferencedSOPInstanceUID') ?? []) }];
}

/** In a transaction it stays as it is until that ends. */
async function stepIn(
  queries: Kysely<Tables> | Transaction<Tables>,
  tenant: number,
  uid: string,
): Promise<{ status: StepStatus; attributes: DataSet }> {
  const { rows } = await sql<{ status: StepStatus; attributes: string }>`
    select status, attributes from performed_step where tenant = ${tenant} and sop_uid = ${uid}
    ${queries.isTransaction ? sql`for update` : sql``}`.execute(queries);
  const [row] = rows;
  if (row === undefined) throw new Problem('catalogue/not-found', { what: 'performed procedure step' });
  return { status: row.status, attributes: fromJson(JSON.parse(row.attributes)) };
}

/** Attributes as they are now said, the others as they were. Text is UTF-8 in both once it was kept as JSON. */
export function changed(known: DataSet, said: DataSet): DataSet {
  const members = { ...JSON.parse(jsonText(known)), ...JSON.parse(jsonText(said)) };
  return fromJson(members);
}

const invalidStatus = (): Problem => new Problem('step/invalid-value', { attribute: 'PerformedProcedureStepStatus' });
