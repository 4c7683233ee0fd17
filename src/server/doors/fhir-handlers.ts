// What the FHIR door gets: its questions, answered by identity and by whoever keeps resources, each as an access.

import type { Patient } from '@medplum/fhirtypes';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Action, Principal } from '../../auth/principal.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import type { PatientQuery } from '../../fhir/patient-query.ts';
import type {
  CrossReferences,
  FeedAnswer,
  FhirHandlers,
  MatchCandidate,
  PatientFeed,
  PatientIdentifier,
  PatientPage,
} from '../../fhir/rest/handlers.ts';
import type { SubscriptionHandlers } from '../../fhir/rest/subscription-handlers.ts';
import type { Core } from '../core.ts';
import type { AuditEvents } from '../fhir/audit-events.ts';
import type { Exports } from '../fhir/exports.ts';
import { ImagingStudies } from '../fhir/imaging-studies.ts';
import type { Resources } from '../fhir/resources.ts';
import type { Search } from '../fhir/search.ts';
import type { ArrivedDocuments } from '../reports/arrived-documents.ts';
import type { ReportRenditions } from '../reports/report-renditions.ts';
import { access } from './access.ts';
import { admit } from './admit.ts';
import { heldAudit } from './held-audit.ts';

/** Whose question it is. */
export interface Asker {
  tenant: number;
  /** `Principal.id`: by which a source owns domains. */
  id: string;
  requestId: string;
}

/** A search whose references are followed already: each of `among` narrows to persons of these ids. */
export type PersonQuery = Omit<PatientQuery, 'has' | 'includes'> & { among?: readonly (readonly string[])[] };

/** What stands behind; see IdentityHandlers for what each does and how it rejects. */
export interface Identity {
  crossReference(
    asker: Asker,
    source: PatientIdentifier | { personId: string },
    targetSystems: readonly string[],
  ): Promise<CrossReferences>;
  feed(asker: Asker, feed: PatientFeed): Promise<FeedAnswer>;
  search(asker: Asker, query: PersonQuery): Promise<PatientPage>;
  match(asker: Asker, patient: Patient, count: number): Promise<readonly MatchCandidate[]>;
}

export interface Behind {
  identity: Identity;
  resources: Resources;
  search: Search;
  exports: Exports;
  reports: ReportRenditions;
  documents: ArrivedDocuments;
  audit: AuditEvents;
  /** What `work` does with the same, inside, counts together or not at all. */
  transaction<T>(work: (inside: Behind) => Promise<T>): Promise<T>;
}

export function fhirHandlers(
  core: Core,
  authenticator: Authenticator,
  behind: Behind,
  subscriptions?: SubscriptionHandlers,
): FhirHandlers {
  const { identity, resources, exports, reports, audit } = behind;
  const asked = <T>(
    request: WebRequest,
    action: Action,
    work: (asker: Asker) => Promise<T>,
    resource?: string,
  ): Promise<T> => {
    const by = { ...accessOf(request), action, ...(resource !== undefined && { resource }) };
    return access(core, by, () => work(askerOf(request)));
  };
  return {
    imagingStudies: new ImagingStudies(core, behind),
    authenticate: (request) => admit(core, authenticator, 'fhir', request),
    identity: {
      crossReference: (request, source, targetSystems) =>
        asked(request, 'search', (asker) => identity.crossReference(asker, source, targetSystems)),
      feed: (request, feed) => asked(request, 'store', (asker) => identity.feed(asker, feed)),
      search: (request, query) =>
        asked(request, 'search', (asker) => behind.search.patients(asker, query, request.baseUrl)),
      match: (request, patient, count) => asked(request, 'search', (asker) => identity.match(asker, patient, count)),
    },
    resources: {
      search: (request, wanted) =>
        asked(request, 'search', (asker) => behind.search.search(asker, wanted, request.baseUrl)),
      read: (request, name) => asked(request, 'retrieve', (asker) => resources.read(asker, name), nameOf(name)),
      version: (request, name, versionId) =>
        asked(request, 'retrieve', (asker) => resources.version(asker, name, versionId), nameOf(name)),
      history: (request, page) => asked(request, 'retrieve', (asker) => resources.history(asker, page), nameOf(page)),
      async create(request, resource, { newId, ...more }) {
        const id = newId ?? (await resources.newIdOf(askerOf(request), resource));
        const work = (asker: Asker) => resources.create(asker, resource, { ...more, newId: id });
        return asked(request, 'store', work, nameOf({ type: resource.resourceType, id }));
      },
      update: (request, target, resource, conditions) =>
        asked(request, 'store', (asker) => resources.update(asker, target, resource, conditions), nameOf(target)),
      patch: (request, target, change, conditions) =>
        asked(request, 'store', (asker) => resources.patch(asker, target, change, conditions), nameOf(target)),
      remove: (request, target, conditions) =>
        asked(request, 'store', (asker) => resources.remove(asker, target, conditions), nameOf(target)),
      matching: (request, criteria, limit) => resources.matching(askerOf(request), criteria, limit),
      newIdOf: (request, resource) => resources.newIdOf(askerOf(request), resource),
      everything: (request, patientId, query) =>
        asked(
          request,
          'retrieve',
          (asker) => resources.everything(asker, patientId, query),
          nameOf({ type: 'Patient', id: patientId }),
        ),
    },
    exports: {
      begin: (request, what) => asked(request, 'retrieve', (asker) => exports.begin(asker, what)),
      status: (request, id) => asked(request, 'retrieve', (asker) => exports.status(asker, id)),
      open: (request, id, type) => asked(request, 'retrieve', (asker) => exports.open(asker, id, type), type),
      remove: (request, id) => asked(request, 'retrieve', (asker) => exports.remove(asker, id)),
    },
    reports: {
      render: (request, id, form) =>
        asked(
          request,
          'retrieve',
          (asker) => reports.render(asker, id, form, request.baseUrl),
          nameOf({ type: 'DiagnosticReport', id }),
        ),
      take: (request, bundle) => asked(request, 'store', (asker) => behind.documents.take(asker, bundle), 'Bundle'),
    },
    audit: {
      search: (request, query) => asked(request, 'administer', (asker) => audit.search(asker, query), 'AuditEvent'),
      read: (request, id) =>
        asked(request, 'administer', (asker) => audit.read(asker, id), nameOf({ type: 'AuditEvent', id })),
    },
    ...(subscriptions && { subscriptions }),
    /** What its entries did was done once all of it is. */
    async transaction(_request, work) {
      const held = heldAudit(core.audit);
      return held.around(() =>
        behind.transaction((inside) =>
          work(fhirHandlers({ ...core, audit: held }, authenticator, inside, subscriptions)),
        ),
      );
    },
  };
}

function accessOf({ principal, requestId, remoteAddress, rawQuery }: WebRequest) {
  return {
    principal: principal as Principal,
    door: 'fhir',
    ...(rawQuery !== '' && { query: rawQuery }),
    requestId,
    remoteAddress,
  } as const;
}

function askerOf({ principal, requestId }: WebRequest): Asker {
  const { tenant, id } = principal as Principal;
  return { tenant, id, requestId };
}

/** `Type/id`, as far as both are known. */
const nameOf = ({ type, id }: { type?: string; id?: string }): string | undefined =>
  id === undefined ? type : `${type}/${id}`;
