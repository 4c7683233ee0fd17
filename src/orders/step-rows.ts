// The steps of an order as rows that a worklist is searched in: columns for what is matched most, the whole answer beside.

import { sql, type Transaction } from 'kysely';
import { jsonText } from '../dicom/json.ts';
import { matchablePersonName, soundsOf } from '../dicom/person-name.ts';
import type { Tables } from '../storage/tables.ts';
import { isOver, type Order } from '../translate/order.ts';
import { requestedProcedureId, statusOfStep, worklistItem } from '../translate/worklist-item.ts';

/** Writes all steps of an order anew; one that it has no more is gone. */
export async function writeSteps(
  transaction: Transaction<Tables>,
  tenant: number,
  orderId: string,
  order: Order & { studyInstanceUid: string },
): Promise<void> {
  const rows = order.steps.map((step) => rowOf(order, step));
  await sql`delete from scheduled_step where imaging_order = ${orderId}
    and step_id <> all(${rows.map(({ step_id }) => step_id)}::text[])`.execute(transaction);
  await sql`
    insert into scheduled_step (tenant, imaging_order, step_id, status, is_open, modality, station_ae_titles, start_date,
      start_time, accession_number, requested_procedure_id, study_uid, patient_id, issuer_of_patient_id,
      patient_name_alphabetic, patient_name_ideographic, patient_name_phonetic, patient_name_sounds, item)
    select ${tenant}, ${orderId}, s.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s (step_id text,
      status text, is_open boolean, modality text, station_ae_titles text[], start_date text, start_time text,
      accession_number text, requested_procedure_id text, study_uid text, patient_id text, issuer_of_patient_id text,
      patient_name_alphabetic text, patient_name_ideographic text, patient_name_phonetic text,
      patient_name_sounds text[], item text)
    on conflict (imaging_order, step_id) do update set status = excluded.status, is_open = excluded.is_open,
      modality = excluded.modality, station_ae_titles = excluded.station_ae_titles,
      start_date = excluded.start_date, start_time = excluded.start_time,
      accession_number = excluded.accession_number, requested_procedure_id = excluded.requested_procedure_id,
      study_uid = excluded.study_uid, patient_id = excluded.patient_id,
      issuer_of_patient_id = excluded.issuer_of_patient_id,
      patient_name_alphabetic = excluded.patient_name_alphabetic,
      patient_name_ideographic = excluded.patient_name_ideographic,
      patient_name_phonetic = excluded.patient_name_phonetic, patient_name_sounds = excluded.patient_name_sounds,
      item = excluded.item, updated_at = now()`.execute(transaction);
}

function rowOf(order: Order & { studyInstanceUid: string }, step: Order['steps'][number]) {
  const { patient } = order;
  const name = matchablePersonName(patient.name);
  const status = statusOfStep(order, step);
  return {
    step_id: step.id,
    status,
    // What is held is not to be done now, and comes back when it is released.
    is_open: !isOver(status) && status !== 'ON HOLD',
    modality: step.modality ?? null,
    station_ae_titles: step.stationAeTitles ?? [],
    start_date: step.startDate ?? null,
    start_time: step.startTime ?? null,
    accession_number: order.accession?.number ?? null,
    requested_procedure_id: requestedProcedureId(order),
    study_uid: order.studyInstanceUid,
    patient_id: patient.patientId,
    issuer_of_patient_id: patient.issuer,
    patient_name_alphabetic: name.alphabetic ?? null,
    patient_name_ideographic: name.ideographic ?? null,
    patient_name_phonetic: name.phonetic ?? null,
    patient_name_sounds: soundsOf(patient.name),
    item: jsonText(worklistItem(order, step)),
  };
}
