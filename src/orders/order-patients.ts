// Orders and appointments follow their patients: what ADT says of one who has something scheduled is on the worklist (IHE RAD-12), and what
// was ordered under a number that was merged away is under the one that survives.

import { sql, type Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import type { Order } from '../translate/order.ts';
import type { PatientDescription } from '../translate/sighting-of-pid.ts';
import { appointmentsMove } from './appointments.ts';
import { writeOrder } from './order-store.ts';
import { writeSteps } from './step-rows.ts';

/** Who is called so is described so from now on, in every order that is still open. */
export function patientUpdated(database: Database, tenant: number, patient: PatientDescription): Promise<void> {
  const { issuer, patientId: id } = patient;
  return ordersMove(database, { tenant, of: { issuer, id }, onlyOpen: true }, patient);
}

/** All orders of `prior`, those that are over too, are `surviving`'s. */
export function patientMerged(
  database: Database,
  tenant: number,
  prior: { issuer: string; id: string },
  surviving: PatientDescription,
): Promise<void> {
  return ordersMove(database, { tenant, of: prior, onlyOpen: false }, surviving);
}

/** The same within somebody else's transaction. */
export function patientMergedWithin(
  transaction: Transaction<Tables>,
  tenant: number,
  prior: { issuer: string; id: string },
  surviving: PatientDescription,
): Promise<void> {
  return describeAll(transaction, { tenant, of: prior, onlyOpen: false }, surviving);
}

interface Whose {
  tenant: number;
  of: { issuer: string; id: string };
  onlyOpen: boolean;
}

async function ordersMove(database: Database, whose: Whose, patient: PatientDescription): Promise<void> {
  // Most messages are about somebody who has nothing scheduled.
  const { rows: any } = await sql`select from imaging_order where ${isHis(whose)} union all
    select from appointment where tenant = ${whose.tenant} and patient_id = ${whose.of.id} limit 1`.execute(
    database.kysely,
  );
  if (any.length === 0) return;
  await database.kysely.transaction().execute((transaction) => describeAll(transaction, whose, patient));
}

const isHis = ({ tenant, of, onlyOpen }: Whose) => sql`tenant = ${tenant} and patient_id = ${of.id}
  and issuer_of_patient_id = ${of.issuer}
  and (not ${onlyOpen} or status not in ('COMPLETED', 'DISCONTINUED', 'CANCELED'))`;

async function describeAll(transaction: Transaction<Tables>, whose: Whose, patient: PatientDescription): Promise<void> {
  const { rows } = await sql<{ id: string; source: string; document: StoredOrder }>`
    select id, source, document from imaging_order where ${isHis(whose)} order by id for update`.execute(transaction);
  const { tenant } = whose;
  if (!whose.onlyOpen) await appointmentsMove(transaction, tenant, whose.of, patient);
  for (const { id, source, document } of rows) await describe(transaction, { tenant, source, id }, document, patient);
}

type StoredOrder = Order & { studyInstanceUid: string };

/** What only the order says of a patient (weight, allergies) stays. */
async function describe(
  transaction: Transaction<Tables>,
  row: { tenant: number; source: string; id: string },
  order: StoredOrder,
  { issuer, patientId, otherPatientIds, name, birthDate, sex, address }: PatientDescription,
): Promise<void> {
  const said = { issuer, patientId, name, otherPatientIds, birthDate, sex, address };
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== ''));
  const described: StoredOrder = { ...order, patient: { ...order.patient, ...known } };
  await writeOrder(transaction, row, described);
  await writeSteps(transaction, row.tenant, row.id, described);
}
