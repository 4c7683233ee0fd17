// What resource types do otherwise than others: most are served as they were written; a Patient speaks to identity, and is
// served with what others say of the same person; a ServiceRequest is an order, an Appointment says when images are needed; who
// writes a Subscription is told; a Task that says how a reading stands is the exchange's own.

import { randomUUID } from 'node:crypto';
import type { Patient, Resource } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import type { ResourceName, ServedResource } from '../../fhir/rest/resource-handlers.ts';
import { caseOfTask } from '../../reading/case/reading-task.ts';
import { resourceOf, type StoredVersion } from '../../storage/fhir-resources.ts';
import type { Queries, Transaction } from '../../storage/transaction.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import type { ResourceAppointments } from '../orders/appointments.ts';
import type { SubscriptionKind } from '../subscriptions/subscription-kind.ts';
import type { KnownPatients } from './known-patients.ts';
import { matchingPatients, matchingResources } from './matching.ts';
import type { PatientSource } from './patient-source.ts';
import type { RequestOrders } from './request-orders.ts';

export interface Kind {
  newIdOf(queries: Queries, asker: Asker, resource: Resource): Promise<string>;
  /** What is kept of what somebody writes. Throws where it is not taken. */
  accepted?(resource: Resource): Resource;
  /** What is served where `stored` is the current version; undefined where there is nothing, or nothing any more. */
  shown(
    queries: Queries,
    asker: Asker,
    name: ResourceName,
    stored: StoredVersion | undefined,
  ): Promise<ServedResource | undefined>;
  /** `said`: what somebody wrote, before `accepted`; absent where it was deleted. */
  wrote(transaction: Transaction, asker: Asker, stored: StoredVersion, said?: Resource): Promise<void>;
  /** Ids of those that meet criteria, up to `limit`. */
  matching(queries: Queries, asker: Asker, query: readonly QueryParameter[], limit: number): Promise<readonly string[]>;
}

export interface Kinds {
  of(type: string): Kind;
  /** Every id that a Patient's person has. */
  patientIds(queries: Queries, asker: Asker, id: string): Promise<readonly string[]>;
  /** The persons whom Patients mean, by the ids that identity has for them. */
  persons(queries: Queries, asker: Asker, ids: readonly string[]): Promise<string[]>;
}

interface Speakers {
  known: KnownPatients;
  source: PatientSource;
  requests: RequestOrders;
  appointments: ResourceAppointments;
  subscriptions: SubscriptionKind;
}

export function openKinds({ known, source, requests, appointments, subscriptions }: Speakers): Kinds {
  const patients: Kind = {
    newIdOf: (queries, { tenant }, resource) => source.newIdOf(queries, tenant, resource as Patient),
    shown: (queries, { tenant }, { id }, stored) => known.at(queries, tenant, id, stored),
    wrote(transaction, asker, stored) {
      if (stored.text === undefined) return source.removed(transaction, asker, stored);
      return source.wrote(transaction, asker, stored, resourceOf(stored) as Patient);
    },
    matching: (queries, { tenant }, query, limit) => matchingPatients(queries, known, { tenant, query, limit }),
  };
  const orders: Kind = {
    ...asWritten('ServiceRequest'),
    wrote: async (transaction, asker, stored) => requests.wrote(transaction, asker, stored),
  };
  const moments: Kind = {
    ...asWritten('Appointment'),
    wrote: async (transaction, asker, stored) => appointments.wrote(transaction, asker, stored),
  };
  const told: Kind = {
    ...asWritten('Subscription'),
    accepted: (resource) => subscriptions.accepted(resource),
    wrote: (transaction, asker, stored, said) => subscriptions.wrote(transaction, asker, stored, said),
  };
  // HL7 COW: only the fulfiller moves the status of a coordination Task.
  const tasks: Kind = {
    ...asWritten('Task'),
    async wrote(_transaction, _asker, { id }) {
      if (caseOfTask(id) !== undefined) throw new Problem('reading/kept-by-exchange', { what: 'Task' });
    },
  };
  const others = new Map([
    ['Patient', patients],
    ['ServiceRequest', orders],
    ['Appointment', moments],
    ['Subscription', told],
    ['Task', tasks],
  ]);
  return {
    of: (type) => others.get(type) ?? asWritten(type),
    patientIds: (queries, { tenant }, id) => known.idsOf(queries, tenant, id),
    persons: (queries, { tenant }, ids) => known.personIdsOf(queries, tenant, ids),
  };
}

const asWritten = (type: string): Kind => ({
  newIdOf: async () => randomUUID(),
  async shown(_queries, _asker, _name, stored) {
    return stored?.text === undefined ? undefined : (resourceOf(stored) as ServedResource);
  },
  async wrote() {},
  matching: (queries, { tenant }, query, limit) => matchingResources(queries, { tenant, type, query, limit }),
});
