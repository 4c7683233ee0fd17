// Orders as the catalogue keeps them (migrations/0021-orders.sql): what is said of one joins what was known of it, and its
// steps on the worklist follow in the same transaction.

import { randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { newUid } from '../dicom/uid.ts';
import type { Database } from '../storage/database.ts';
import { EVENT_CHANNEL } from '../storage/events.ts';
import type { Tables } from '../storage/tables.ts';
import type { Queries } from '../storage/transaction.ts';
import { type Order, type OrderNumber, orderAfter } from '../translate/order.ts';
import { requestedProcedureId } from '../translate/worklist-item.ts';
import { writeSteps } from './step-rows.ts';

export interface OrderSource {
  tenant: number;
  /** The interface, or `fhir`. */
  source: string;
}

export interface KeptOrder {
  id: string;
  order: Order & { studyInstanceUid: string };
  /** Whether nobody had spoken of it before. */
  isNew: boolean;
}

/**
 * Resolves once all are durable, and on every worklist that asks from then on. `follow`: what else must be durable with each
 * of them.
 */
export function keepOrders(
  database: Database,
  by: OrderSource,
  orders: readonly Order[],
  follow?: (transaction: Transaction<Tables>, kept: KeptOrder) => Promise<void>,
): Promise<KeptOrder[]> {
  return database.kysely.transaction().execute(async (transaction) => {
    const kept: KeptOrder[] = [];
    for (const order of orders) {
      const one = await keepOrder(transaction, by, order);
      await follow?.(transaction, one);
      kept.push(one);
    }
    return kept;
  });
}

export async function keepOrder(
  transaction: Transaction<Tables>,
  { tenant, source }: OrderSource,
  said: Order,
): Promise<KeptOrder> {
  // Two messages about one order that nobody knows yet must not make two of it.
  const name = keyOf(said.placer) ?? keyOf(said.filler) ?? keyOf(said.appointment) ?? keyOf(said.accession) ?? '';
  await sql`select pg_advisory_xact_lock(${tenant}, hashtext(${name}))`.execute(transaction);
  const known = await knownOrder(transaction, { tenant, source }, said);
  const { studyInstanceUid = newUid(randomBytes(16)), ...merged } = orderAfter(known?.order, said);
  const order = { ...merged, studyInstanceUid };
  const id = await writeOrder(transaction, { tenant, source, id: known?.id }, order);
  await writeSteps(transaction, tenant, id, order);
  await sql`
    with told as (
      insert into event (tenant, kind, detail) values (${tenant}, 'order-kept', ${JSON.stringify({ order: id })}::jsonb) returning 1)
    select pg_notify(${EVENT_CHANNEL}, '') from told`.execute(transaction);
  return { id, order, isNew: known === undefined };
}

/** The row, written anew or as a new one; resolves to its id. */
export async function writeOrder(
  transaction: Transaction<Tables>,
  { tenant, source, id }: OrderSource & { id: string | undefined },
  order: Order & { studyInstanceUid: string },
): Promise<string> {
  const { placer, filler, appointment, accession, patient, status = 'SCHEDULED' } = order;
  const columns = sql`placer = ${keyOf(placer)}, filler = ${keyOf(filler)}, appointment = ${keyOf(appointment)},
    accession_number = ${accession?.number ?? null}, requested_procedure_id = ${requestedProcedureId(order)},
    study_uid = ${order.studyInstanceUid}, patient_id = ${patient.patientId},
    issuer_of_patient_id = ${patient.issuer}, status = ${status}, document = ${JSON.stringify(order)}::jsonb,
    updated_at = now()`;
  const { rows } =
    id === undefined
      ? await sql<{ id: string }>`
          insert into imaging_order (tenant, source, placer, filler, appointment, accession_number,
            requested_procedure_id, study_uid, patient_id, issuer_of_patient_id, status, document)
          values (${tenant}, ${source}, ${keyOf(placer)}, ${keyOf(filler)}, ${keyOf(appointment)},
            ${accession?.number ?? null}, ${requestedProcedureId(order)}, ${order.studyInstanceUid},
            ${patient.patientId}, ${patient.issuer}, ${status}, ${JSON.stringify(order)}::jsonb)
          returning id`.execute(transaction)
      : await sql<{ id: string }>`update imaging_order set ${columns} where id = ${id} returning id`.execute(
          transaction,
        );
  return rows[0]!.id;
}

interface Known {
  id: string;
  order: Order & { studyInstanceUid: string };
}

/**
 * The order that these numbers name, locked. A number that nobody is named for is its sender's own: of another sender it
 * names the same order where it is for the same patient. Of several procedures under one number, that with this id.
 */
async function knownOrder(
  transaction: Transaction<Tables>,
  { tenant, source }: OrderSource,
  { placer, filler, appointment, accession, requestedProcedureId: procedure, patient }: Order,
): Promise<Known | undefined> {
  const numbers = sql`(placer = ${keyOf(placer)} or filler = ${keyOf(filler)} or appointment = ${keyOf(appointment)}
    ${(placer ?? filler ?? appointment) ? sql`` : sql`or accession_number = ${accession?.number ?? null}`})`;
  const isAssigned = [placer, filler, appointment].some((number) => number !== undefined && number.issuer !== '');
  const { rows } = await sql<{ id: string; document: Known['order'] }>`
    select id, document from imaging_order
    where tenant = ${tenant} and ${numbers}
      and (${procedure ?? null}::text is null or requested_procedure_id = ${procedure ?? null}
        or not document ? 'requestedProcedureId')
      and (${isAssigned} or source = ${source} or (patient_id = ${patient.patientId}
        and issuer_of_patient_id = ${patient.issuer}))
    order by id desc limit 1 for update`.execute(transaction);
  return rows[0] && { id: rows[0].id, order: rows[0].document };
}

/** The order that these numbers name, for its patient; undefined where nobody placed it. */
export async function orderNamed(
  queries: Queries,
  tenant: number,
  { placer, filler, accession, patient }: Order,
): Promise<Known['order'] | undefined> {
  const [row] = await queries.query<{ document: Known['order'] }>(
    `select document from imaging_order where tenant = $1 and (placer = $2 or filler = $3 or accession_number = $4)
       and patient_id = $5 order by id desc limit 1`,
    [tenant, keyOf(placer), keyOf(filler), accession?.number ?? null, patient.patientId],
  );
  return row?.document;
}

/** An accession number without an issuer is the same text whoever wrote it. */
const keyOf = (number: OrderNumber | undefined): string | null =>
  number === undefined ? null : `${number.issuer}|${number.number}`;
