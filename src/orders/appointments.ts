// Appointments of patients that are for no images (migrations/0025-deadlines.sql). When one is made or moved, what is here of the
// patient is decided upon anew: images are to be where they are needed before it begins.

import { sql, type Transaction } from 'kysely';
import { EVENT_CHANNEL } from '../storage/events.ts';
import type { Tables } from '../storage/tables.ts';
import type { Appointment } from '../translate/appointment.ts';
import { isOver } from '../translate/order.ts';
import type { KeptOrder, OrderSource } from './order-store.ts';

export const limits = {
  /** Studies of the patient, the newest, that are decided upon anew. */
  studies: 100,
} as const;

/** Resolves to whether anything of it is new. One that is known keeps what is not said again. */
export async function keepAppointment(
  transaction: Transaction<Tables>,
  { tenant, source }: OrderSource,
  { number, patient, startsAt, service, location, isOff }: Appointment,
): Promise<boolean> {
  const name = `${number.issuer}|${number.number}`;
  const { rows } = await sql`
    insert into appointment as a (tenant, source, number, patient_id, issuer_of_patient_id, starts_at, service, location, is_off)
    values (${tenant}, ${source}, ${name}, ${patient.patientId}, ${patient.issuer}, ${new Date(startsAt)}, ${service ?? null},
      ${location ?? null}, ${isOff})
    on conflict (tenant, source, number) do update set patient_id = excluded.patient_id,
      issuer_of_patient_id = excluded.issuer_of_patient_id, starts_at = excluded.starts_at,
      service = coalesce(excluded.service, a.service), location = coalesce(excluded.location, a.location),
      is_off = excluded.is_off, updated_at = now()
      where (a.patient_id, a.issuer_of_patient_id, a.starts_at, a.is_off)
        is distinct from (excluded.patient_id, excluded.issuer_of_patient_id, excluded.starts_at, excluded.is_off)
        or a.service is distinct from coalesce(excluded.service, a.service)
    returning 1`.execute(transaction);
  if (rows.length === 0) return false;
  await sql`
    with told as (
      insert into event (tenant, kind, study, detail)
      select tenant, 'appointment-changed', id, '{}' from study
      where tenant = ${tenant} and patient_id = ${patient.patientId} and hidden_at is null
        and (${patient.issuer} in ('', coalesce(issuer_of_patient_id, '')) or coalesce(issuer_of_patient_id, '') = '')
      order by id desc limit ${limits.studies} returning 1)
    select pg_notify(${EVENT_CHANNEL}, '') from told limit 1`.execute(transaction);
  return true;
}

/** Orders of the patient that are still to be done. */
export async function openOrdersOf(
  transaction: Transaction<Tables>,
  tenant: number,
  { issuer, patientId }: { issuer: string; patientId: string },
): Promise<KeptOrder[]> {
  const { rows } = await sql<{ id: string; document: KeptOrder['order'] }>`
    select id, document from imaging_order where tenant = ${tenant} and patient_id = ${patientId}
      and issuer_of_patient_id = ${issuer} order by id desc limit ${limits.studies}`.execute(transaction);
  const orders = rows.map(({ id, document }) => ({ id, order: document, isNew: false }));
  return orders.filter(({ order }) => !isOver(order.status));
}

/** Appointments of a number that was merged are the surviving one's. */
export async function appointmentsMove(
  transaction: Transaction<Tables>,
  tenant: number,
  prior: { issuer: string; id: string },
  surviving: { issuer: string; patientId: string },
): Promise<void> {
  await sql`
    update appointment set patient_id = ${surviving.patientId}, issuer_of_patient_id = ${surviving.issuer}
    where tenant = ${tenant} and patient_id = ${prior.id} and issuer_of_patient_id = ${prior.issuer}`.execute(
    transaction,
  );
}
