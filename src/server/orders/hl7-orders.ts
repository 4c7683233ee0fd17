// What the MLLP door asks of orders: they are kept, and follow what is said of their patients (IHE RAD-2 to RAD-4, RAD-12).

import { patientMerged, patientUpdated } from '../../orders/order-patients.ts';
import { keepOrders } from '../../orders/order-store.ts';
import type { IdentityEntry } from '../../storage/identity-log.ts';
import { isAppointment } from '../../translate/appointment.ts';
import type { Order } from '../../translate/order.ts';
import type { PatientDescription } from '../../translate/sighting-of-pid.ts';
import type { Core } from '../core.ts';
import type { Hl7Backend } from '../doors/hl7-backend.ts';
import { takeAppointment } from './appointments.ts';
import { priorsOfOrders } from './priors-of-orders.ts';

export function hl7Orders(core: Core): Pick<Hl7Backend, 'ordered' | 'told'> {
  const { database } = core;
  const priors = priorsOfOrders(core);
  return {
    async ordered(tenant, source, said) {
      for (const appointment of said.filter(isAppointment)) {
        await database.kysely
          .transaction()
          .execute((transaction) => takeAppointment(transaction, priors, { tenant, source }, appointment));
      }
      const orders = said.filter((one): one is Order => !isAppointment(one));
      if (orders.length === 0) return;
      await priors.prepare(tenant, orders);
      await keepOrders(database, { tenant, source }, orders, (transaction, kept) =>
        priors.plan(transaction, tenant, kept),
      );
    },
    async told(tenant, entries) {
      const sightings = entries.filter(({ kind }) => kind === 'sighting').map(({ payload }) => payload as Sighting);
      for (const sighting of sightings) await patientUpdated(database, tenant, sighting);
      for (const [surviving, prior] of entries.flatMap(mergedIn)) {
        const known = sightings.find(
          ({ issuer, patientId }) => issuer === surviving.issuer && patientId === surviving.id,
        );
        if (known !== undefined) await patientMerged(database, tenant, prior, known);
      }
    },
  };
}

type Sighting = PatientDescription;
type Merge = readonly [surviving: { issuer: string; id: string }, prior: { issuer: string; id: string }];

function mergedIn({ kind, payload }: IdentityEntry): Merge[] {
  if (kind !== 'assertion') return [];
  const { type, of } = payload as { type: string; of: Merge };
  return type === 'same' ? [of] : [];
}
