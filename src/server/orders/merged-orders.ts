// Orders of a number that was merged into another of its issuer are the surviving one's, whoever merged them: ADT does it by
// hl7-orders.ts, FHIR and persons who decide within the transaction in which they say so.

import type { Identifier } from '../../identity/sighting.ts';
import { knownRegistration } from '../../ingest/identify/known-person.ts';
import { patientMergedWithin } from '../../orders/order-patients.ts';
import { kyselyOf, type Transaction } from '../../storage/transaction.ts';
import type { Core } from '../core.ts';

/** Numbers of different issuers do not replace each other: their orders stay as they are. */
export async function ordersFollow(
  core: Pick<Core, 'database' | 'identity'>,
  transaction: Transaction,
  tenant: number,
  [survivor, prior]: readonly [Identifier, Identifier],
): Promise<void> {
  const { people, authorities } = await core.identity();
  const names = authorities.of(tenant);
  const { issuer, id } = names.identifier(survivor);
  if (issuer !== names.canonical(prior.issuer)) return;
  // Who sent an order names its issuer in words of their own.
  const written = await transaction.query<{ issuer: string; source: string }>(
    `select distinct issuer_of_patient_id as issuer, source from imaging_order where tenant = $1 and patient_id = $2`,
    [tenant, prior.id],
  );
  const meant = written.filter((order) => (names.canonical(order.issuer) || names.ofSource(order.source)) === issuer);
  if (meant.length === 0) return;
  const around = { database: core.database, tenant, people: people.of(tenant) };
  const { name, birthDate, sex } = (await knownRegistration(around, { issuer, id }))?.record.fields ?? {};
  const surviving = {
    issuer,
    patientId: id,
    name: name?.value ?? '',
    ...(birthDate && { birthDate: birthDate.value }),
    ...(sex && { sex: sex.value }),
  };
  for (const each of new Set(meant.map((order) => order.issuer))) {
    await patientMergedWithin(kyselyOf(transaction), tenant, { issuer: each, id: prior.id }, surviving);
  }
}
