// What the FHIR door asks of whoever keeps resources: the interactions of R4 http.html, without their headers and bundles.

import type { Resource } from '@medplum/fhirtypes';
import type { QueryParameter } from '../../base/http/query-string.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import type { Cursor, SearchRequest } from '../search/request.ts';

/** A resource as it is served: with `id`, `meta.versionId` and `meta.lastUpdated`. */
export type ServedResource = Resource & { id: string };

export interface ResourceName {
  type: string;
  id: string;
}

/** The one resource that meets a search: R4 http.html#cond-update. */
export interface ResourceCriteria {
  type: string;
  query: readonly QueryParameter[];
}

export type Target = ResourceName | ResourceCriteria;

export interface Conditions {
  /** Versions of If-Match. */
  versions?: readonly string[];
  /** If-None-Match: *: only where there is none. */
  isNew?: boolean;
  /** For a resource that is made: by a transaction, whose entries refer to each other. */
  newId?: string;
}

export interface Written {
  resource: ServedResource;
  /** `unchanged`: a conditional create found what was to be created. */
  outcome: 'created' | 'updated' | 'unchanged';
}

export interface HistoryPage {
  /** Of one type, of one resource; of all where it is absent. */
  type?: string;
  id?: string;
  since?: Date;
  /** Versions of one page. */
  count: number;
  /** What the page before gave as `next`. */
  cursor?: string;
}

/** One version in a history; without a resource where it is a deletion. */
export interface HistoryEntry extends ResourceName {
  versionId: string;
  lastUpdated: string;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  resource?: ServedResource;
}

export interface History {
  entries: readonly HistoryEntry[];
  /** Absent where they are too many to be counted. */
  total?: number;
  next?: string;
}

/** `Patient/{id}/$everything` (R4 patient-operation-everything.html). */
export interface EverythingQuery {
  types?: readonly string[];
  since?: Date;
  count: number;
  cursor?: string;
}

export interface EverythingPage {
  resources: readonly ServedResource[];
  /** What those refer to that is nobody's. */
  included: readonly ServedResource[];
  next?: string;
}

/** One page of a search, as storage found it and as it is served. */
export interface ResourcePage {
  matches: readonly ServedResource[];
  included: readonly ServedResource[];
  /** More was to be included than a page holds. */
  isCut: boolean;
  /** Of all pages; absent where nobody wants to know, or they are too many to be counted. */
  total?: number;
  next?: Cursor;
  previous?: Cursor;
}

export interface ResourceHandlers {
  /** Rejects with fhir/too-costly where it goes by too many persons. */
  search(request: WebRequest, asked: SearchRequest): Promise<ResourcePage>;
  /** Rejects with catalogue/not-found, fhir/deleted. */
  read(request: WebRequest, name: ResourceName): Promise<ServedResource>;
  /** Rejects with catalogue/not-found, fhir/deleted. */
  version(request: WebRequest, name: ResourceName, versionId: string): Promise<ServedResource>;
  /** Rejects with catalogue/not-found for a resource that never was. */
  history(request: WebRequest, page: HistoryPage): Promise<History>;
  /** `ifNoneExist`: only where nothing meets it. Rejects with fhir/several-matches. */
  create(
    request: WebRequest,
    resource: Resource,
    more: { ifNoneExist?: readonly QueryParameter[]; newId?: string },
  ): Promise<Written>;
  /** Rejects with fhir/version-conflict where a condition does not hold, fhir/several-matches. */
  update(request: WebRequest, target: Target, resource: Resource, conditions: Conditions): Promise<Written>;
  /** `change` makes the next version of the current one. Rejects as `read` and `update` do. */
  patch(
    request: WebRequest,
    target: Target,
    change: (resource: Resource) => Resource,
    conditions: Conditions,
  ): Promise<Written>;
  /** Also where there is none, which is then true already. Rejects as `update` does. */
  remove(request: WebRequest, target: Target, conditions: Conditions): Promise<void>;
  /** Ids of all that meet a search, up to `limit`. */
  matching(request: WebRequest, criteria: ResourceCriteria, limit: number): Promise<readonly string[]>;
  /** The id under which a resource would be created. */
  newIdOf(request: WebRequest, resource: Resource): Promise<string>;
  everything(request: WebRequest, patientId: string, query: EverythingQuery): Promise<EverythingPage>;
}
