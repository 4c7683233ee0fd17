// What stands behind the FHIR door: identity and resources on the catalogue, or both within one transaction of it.

import type { Core } from '../core.ts';
import type { Behind } from '../doors/fhir-handlers.ts';
import { FhirIdentity } from '../identity/fhir-identity.ts';
import { ResourceAppointments } from '../orders/appointments.ts';
import { priorsOfOrders } from '../orders/priors-of-orders.ts';
import { ArrivedDocuments } from '../reports/arrived-documents.ts';
import { ReportRenditions } from '../reports/report-renditions.ts';
import { SubscriptionKind } from '../subscriptions/subscription-kind.ts';
import { AuditEvents } from './audit-events.ts';
import { Exports } from './exports.ts';
import { openKinds } from './kinds.ts';
import { KnownPatients } from './known-patients.ts';
import { PatientSource } from './patient-source.ts';
import { RequestOrders } from './request-orders.ts';
import { Resources } from './resources.ts';
import { inside, outside, type Scope } from './scope.ts';
import { Search } from './search.ts';
import { Subjects } from './subject.ts';

export function behindFhir(core: Core): Behind {
  const known = new KnownPatients(core);
  const source = new PatientSource(core, known);
  const subjects = new Subjects(core, known);
  const appointments = new ResourceAppointments(subjects, priorsOfOrders(core));
  const requests = new RequestOrders(core, subjects);
  const subscriptions = new SubscriptionKind(core.networks);
  const kinds = openKinds({ known, source, requests, appointments, subscriptions });
  const within = (scope: Scope): Behind => {
    const identity = new FhirIdentity(core, { known, source, scope });
    const resources = new Resources(scope, kinds);
    return {
      identity,
      resources,
      reports: new ReportRenditions(core, resources),
      documents: new ArrivedDocuments(core, resources),
      search: new Search(core, { queries: scope.queries, kinds, identity }),
      exports: new Exports({ queries: scope.queries, kinds, identity }),
      audit: new AuditEvents(core.database),
      transaction: (work) => scope.transact((transaction) => work(within(inside(transaction)))),
    };
  };
  return within(outside(core.database));
}
