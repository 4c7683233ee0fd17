// What the FHIR door asks of whoever stands behind it. `server/` hands it an object of this shape; the door itself knows
// neither catalogue nor identity.

import type { Bundle, Endpoint, Identifier, ImagingStudy, Patient, Resource } from '@medplum/fhirtypes';
import type { Authenticating, WebRequest } from '../../base/http/web-request.ts';
import type { ImagingStudyQuery, StudyDetail } from '../imaging-study-query.ts';
import type { PatientQuery } from '../patient-query.ts';
import type { AuditHandlers } from './audit-handlers.ts';
import type { ExportHandlers } from './export-handlers.ts';
import type { ReportHandlers } from './report-handlers.ts';
import type { ResourceHandlers } from './resource-handlers.ts';
import type { SubscriptionHandlers } from './subscription-handlers.ts';

/** An identifier with its assigning authority. */
export interface PatientIdentifier {
  system: string;
  value: string;
}

/** A person, or a registration that was replaced by another, as a resource with `id`, `meta.versionId` and `meta.lastUpdated`. */
export type PersonPatient = Patient & { id: string };

/** What a Patient Identity Source says (ITI-104): of one registration, named by its identifier. */
export type PatientFeed =
  | { kind: 'revise'; identifier: PatientIdentifier; patient: Patient }
  /** `identifier` was subsumed by `survivor`, of the same domain. */
  | { kind: 'merge'; identifier: PatientIdentifier; survivor: PatientIdentifier; patient: Patient }
  | { kind: 'remove'; identifier: PatientIdentifier };

export interface FeedAnswer {
  /** Whether the registration was unknown until now. */
  created: boolean;
  /** The person it belongs to now; absent where the registration was removed. */
  person?: PersonPatient;
}

export interface CrossReferences {
  /** All identifiers of the person in the systems asked for, the source among them or not. */
  identifiers: readonly Identifier[];
  /** Ids of the Patient resources that are this person. */
  personIds: readonly string[];
}

export interface PatientPage {
  patients: readonly PersonPatient[];
  /** What `includes` asks for, each once; absent where it asks for nothing. */
  included?: readonly (Resource & { id: string })[];
  /** More was to be included than a page holds. */
  isCut?: boolean;
  /** All that match, on every page; absent where they are too many to be counted. */
  total?: number;
  /** Names the next page, in an order that does not change; absent on the last. */
  next?: string;
}

/** http://hl7.org/fhir/ValueSet/match-grade */
export type MatchGrade = 'certain' | 'probable' | 'possible' | 'certainly-not';

export interface MatchCandidate {
  patient: PersonPatient;
  /** The probability that it is the person asked for, 0 to 1. */
  score: number;
  grade: MatchGrade;
}

export interface IdentityHandlers {
  /**
   * ITI-83. No systems: all. Rejects with identity/unknown-domain, identity/unknown-identifier, identity/unknown-target.
   */
  crossReference(
    request: WebRequest,
    source: PatientIdentifier | { personId: string },
    targetSystems: readonly string[],
  ): Promise<CrossReferences>;
  /** ITI-104; resolves when it is durable. Rejects with identity/not-owner for a domain of another source. */
  feed(request: WebRequest, feed: PatientFeed): Promise<FeedAnswer>;
  /** ITI-78. Rejects with identity/unknown-returned-domain where a system without a value is none we know. */
  search(request: WebRequest, query: PatientQuery): Promise<PatientPage>;
  /** ITI-119: the most likely first, up to `count`. */
  match(request: WebRequest, patient: Patient, count: number): Promise<readonly MatchCandidate[]>;
}

/** An ImagingStudy with `id`, `meta.versionId` and `meta.lastUpdated`. */
export type DerivedStudy = ImagingStudy & { id: string };

export interface ImagingStudyPage {
  studies: readonly DerivedStudy[];
  /** What `includes` asks for, each once. */
  included: readonly (Resource & { id: string })[];
  /** More was to be included than a page holds. */
  isCut?: boolean;
  /** All that match, on every page; absent where they are too many to be counted. */
  total?: number | undefined;
  /** Names the next page, in an order that does not change; absent on the last. */
  next?: string | undefined;
}

/** A FHIR document or a Key Object Selection Document of IHE MADO, or that of IHE XDS-I.b. */
export type ManifestForm = 'fhir' | 'mado' | 'xds-i';

export interface ImagingStudyHandlers {
  search(request: WebRequest, query: ImagingStudyQuery): Promise<ImagingStudyPage>;
  /** Rejects with catalogue/not-found, catalogue/hidden. */
  read(request: WebRequest, id: string, detail: StudyDetail): Promise<DerivedStudy>;
  /**
   * What the study consists of and where that is retrieved from, as it stands now. Rejects with catalogue/not-found,
   * catalogue/hidden.
   */
  manifest(
    request: WebRequest,
    id: string,
    form: ManifestForm,
  ): Promise<Bundle | { mediaType: string; bytes: Uint8Array }>;
  /** Where images are had by WADO-RS: what `ImagingStudy.endpoint` names. */
  endpoint(request: WebRequest): Promise<Endpoint & { id: string }>;
}

/** Id of that Endpoint. */
export const WADO_RS_ENDPOINT = 'wado-rs';

export interface FhirHandlers extends Authenticating {
  identity: IdentityHandlers;
  imagingStudies: ImagingStudyHandlers;
  resources: ResourceHandlers;
  exports: ExportHandlers;
  reports: ReportHandlers;
  audit: AuditHandlers;
  /** Absent where nobody is told. */
  subscriptions?: SubscriptionHandlers;
  /** What `work` does by the handlers that it is given counts together or not at all. */
  transaction<T>(request: WebRequest, work: (handlers: FhirHandlers) => Promise<T>): Promise<T>;
}
