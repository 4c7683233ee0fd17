// What the FHIR door gets: its questions, answered by identity, each as an access.

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
  PersonPatient,
} from '../../fhir/rest/handlers.ts';
import type { Core } from '../core.ts';
import { ImagingStudies } from '../fhir/imaging-studies.ts';
import { access } from './access.ts';
import { admit } from './admit.ts';

/** Whose question it is. */
export interface Asker {
  tenant: number;
  /** `Principal.id`: by which a source owns domains. */
  id: string;
  requestId: string;
}

/** What stands behind; see IdentityHandlers for what each does and how it rejects. */
export interface Identity {
  crossReference(
    asker: Asker,
    source: PatientIdentifier | { personId: string },
    targetSystems: readonly string[],
  ): Promise<CrossReferences>;
  feed(asker: Asker, feed: PatientFeed): Promise<FeedAnswer>;
  search(asker: Asker, query: PatientQuery): Promise<PatientPage>;
  person(asker: Asker, id: string): Promise<PersonPatient>;
  match(asker: Asker, patient: Patient, count: number): Promise<readonly MatchCandidate[]>;
}

export function fhirHandlers(core: Core, authenticator: Authenticator, identity: Identity): FhirHandlers {
  const asked = <T>(request: WebRequest, action: Action, work: (asker: Asker) => Promise<T>): Promise<T> => {
    const principal = request.principal as Principal;
    const { requestId, remoteAddress, rawQuery } = request;
    const by = { principal, door: 'fhir', action, query: rawQuery || undefined, requestId, remoteAddress } as const;
    return access(core, by, () => work({ tenant: principal.tenant, id: principal.id, requestId }));
  };
  return {
    imagingStudies: new ImagingStudies(core, identity),
    authenticate: (request) => admit(core, authenticator, 'fhir', request),
    identity: {
      crossReference: (request, source, targetSystems) =>
        asked(request, 'search', (asker) => identity.crossReference(asker, source, targetSystems)),
      feed: (request, feed) => asked(request, 'store', (asker) => identity.feed(asker, feed)),
      search: (request, query) => asked(request, 'search', (asker) => identity.search(asker, query)),
      person: (request, id) => asked(request, 'retrieve', (asker) => identity.person(asker, id)),
      match: (request, patient, count) => asked(request, 'search', (asker) => identity.match(asker, patient, count)),
    },
  };
}
