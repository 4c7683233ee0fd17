// An appointment is kept, and what was ordered for its patient is looked at anew: rules may want priors before it begins.

import type { Appointment as AppointmentResource, Reference } from '@medplum/fhirtypes';
import type { Transaction as KyselyTransaction } from 'kysely';
import { keepAppointment, openOrdersOf } from '../../orders/appointments.ts';
import type { OrderSource } from '../../orders/order-store.ts';
import { resourceOf, type StoredVersion, versionOf } from '../../storage/fhir-resources.ts';
import type { Tables } from '../../storage/tables.ts';
import { kyselyOf, type Transaction } from '../../storage/transaction.ts';
import { type Appointment, appointmentOfResource } from '../../translate/appointment.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import type { Subjects } from '../fhir/subject.ts';
import type { PriorsOfOrders } from './priors-of-orders.ts';

const TYPE = 'Appointment';

/** Within the transaction of whoever says it. */
export async function takeAppointment(
  transaction: KyselyTransaction<Tables>,
  priors: PriorsOfOrders,
  by: OrderSource,
  appointment: Appointment,
): Promise<void> {
  if (!(await keepAppointment(transaction, by, appointment))) return;
  for (const kept of await openOrdersOf(transaction, by.tenant, appointment.patient)) {
    await priors.plan(transaction, by.tenant, kept);
  }
}

/** Appointments of the FHIR door. */
export class ResourceAppointments {
  readonly #subjects: Subjects;
  readonly #priors: PriorsOfOrders;

  constructor(subjects: Subjects, priors: PriorsOfOrders) {
    this.#subjects = subjects;
    this.#priors = priors;
  }

  /** One was written as `stored`, or deleted; whom it is for may come in the same transaction. */
  wrote(transaction: Transaction, { tenant }: Asker, stored: StoredVersion): void {
    transaction.lastly(async () => {
      const isDeleted = stored.text === undefined;
      const last = isDeleted
        ? await versionOf(transaction, { tenant, type: TYPE, id: stored.id }, stored.version - 1)
        : stored;
      if (last?.text === undefined) return;
      const resource = resourceOf(last) as AppointmentResource;
      const patient = await this.#subjects.of(transaction, tenant, patientIn(resource));
      const appointment = patient && appointmentOfResource(resource, patient);
      if (appointment === undefined) return;
      const said = isDeleted ? { ...appointment, isOff: true } : appointment;
      await takeAppointment(kyselyOf(transaction), this.#priors, { tenant, source: 'fhir' }, said);
    });
  }
}

const patientIn = ({ participant = [] }: AppointmentResource): Reference | undefined =>
  participant
    .map(({ actor }) => actor)
    .find((actor) => actor?.type === 'Patient' || actor?.reference?.includes('Patient/'));
