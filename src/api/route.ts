// What a route of /api/v1 is: one row that routing, validation, authorization, audit and the OpenAPI document are made from.

import type { TSchema } from '@sinclair/typebox';
import type { Interfaces } from '../auth/interfaces.ts';
import type { Peers } from '../auth/peers.ts';
import type { Action, Principal } from '../auth/principal.ts';
import type { Authority } from '../identity/authorities.ts';
import type { Identifier } from '../identity/sighting.ts';
import type { Database } from '../storage/database.ts';
import type { Kind } from '../storage/destinations.ts';
import type { Taken } from '../storage/hl7-messages.ts';
import type { ModelUse, ModelVersion } from '../storage/identity-models.ts';
import type { ProcedureModelUse, ProcedureModelVersion } from '../storage/procedure-models.ts';
import type { ApiFileWish, ApiTakenFile } from './files.ts';
import type { ApiPrivateMappings } from './normalise-mappings.ts';
import type { ApiCases } from './reading-cases.ts';
import type { ApiReports } from './reading-content.ts';
import type { ApiContracts } from './reading-contracts.ts';
import type { ApiCritical } from './reading-critical.ts';
import type { ApiDispatch } from './reading-dispatch.ts';
import type { ApiEgress } from './reading-egress.ts';
import type { ApiMetering } from './reading-metering.ts';
import type { ApiQuality } from './reading-quality.ts';
import type { ApiReaders } from './reading-readers.ts';
import type { ApiReturns } from './reading-returns.ts';

/** What routes ask of identity, as one principal. Persons and explanations are JSON as they are. */
export interface ApiIdentity {
  persons(query: {
    issuer?: string;
    id?: string;
    study?: string;
    name?: string;
    birthDate?: string;
    limit: number;
  }): Promise<object[]>;
  person(id: string): Promise<object | undefined>;
  /** Most harm first, each with its two registrations and the names of the persons. */
  reviews(limit: number): Promise<object[]>;
  /** undefined for a study, by its id in the catalogue, that is not identified yet. */
  ofStudy(studyId: string): Promise<IdentifiedAs | undefined>;
  explain(id: string): Promise<object | undefined>;
  /** The evidence, and what is known under either; undefined where one is not known. */
  explainPair(one: Identifier, other: Identifier): Promise<object | undefined>;
  /** Resolves to the entry of the log. Rejects with catalogue/not-found. */
  decide(
    decision:
      | { type: 'same' | 'different'; of: readonly [Identifier, Identifier]; reason?: string }
      | { type: 'retract'; entry: string },
  ): Promise<string>;
  authorities(): readonly Authority[];
  putAuthority(authority: Authority): Promise<void>;
  /** Rejects with catalogue/not-found. */
  removeAuthority(name: string): Promise<void>;
}

/** Whose a study is and what that rests on: ids and counts only. */
export interface IdentifiedAs {
  person: string;
  /** Of the identity log: the study's own sighting. */
  entry: string;
  /** Identifiers that are the person's, in all domains. */
  registrations: number;
  /** Messages, resources and studies that spoke of the person. */
  sightings: number;
  /** Of the identity log: what was asserted or decided of these registrations and holds. */
  statements: { entry: string; type: string }[];
}

export interface RulesInForce {
  version: number;
  author: string;
  inForceSince: string;
  zone?: string;
  rules: unknown[];
}

export interface ApiDestination {
  name: string;
  kind: string;
  settings: unknown;
  paused: boolean;
  queued: number;
  failed: number;
  /** Why nothing can be sent to it, and since when. */
  problem: string | null;
  problemSince: string | null;
}

/** What routes ask of routing, as one principal. Rules and dry runs are JSON as they are. */
export interface ApiRouting {
  inForce(): RulesInForce | undefined;
  /** Rejects with request/malformed: every fault of the rules. */
  put(document: unknown): Promise<RulesInForce>;
  versions(): Promise<object[]>;
  /** Rejects with catalogue/not-found. */
  activate(version: number): Promise<RulesInForce>;
  dryRun(asked: { days: number; rules?: unknown; version?: number }): Promise<object>;
  destinations(): Promise<ApiDestination[]>;
  putDestination(name: string, kind: Kind, settings: unknown): Promise<ApiDestination>;
  /** Why a study, by its row, goes where it goes, and what became of it: lists of rows. */
  explain(study: string): Promise<object>;
  /** Rejects with catalogue/not-found. */
  pause(name: string, isPaused: boolean): Promise<ApiDestination>;
}

/** By what is decided who is who. */
export interface ApiModels {
  standing(tenant: number): Promise<ModelStanding>;
  /** undefined where it takes longer than an answer may. Rejects with identity/too-few-sightings, request/overloaded. */
  estimateForAnswer(tenant: number): Promise<ModelVersion | undefined>;
  /** Rejects with catalogue/not-found. */
  use(tenant: number, choice: { version: number; decidedBy: string; reason?: string }): Promise<void>;
  release(tenant: number, decidedBy: string): Promise<void>;
}

export interface ModelStanding {
  inForce: number;
  /** True where a person chose it. */
  pinned: boolean;
  /** Newest first; the one that is shipped is not among them. */
  versions: ModelVersion[];
  /** When which came in force and what that changed, the last first. */
  uses: ModelUse[];
  /** Whether one is being estimated by this node. */
  estimating: boolean;
}

/** By what is told what was done in a study. */
export interface ApiProcedureModels {
  standing(tenant: number): Promise<ProcedureModelStanding>;
  /** undefined where it takes longer than an answer may. Rejects with normalise/too-few-answers, request/overloaded. */
  trainForAnswer(tenant: number): Promise<ProcedureModelVersion | undefined>;
  /** Rejects with catalogue/not-found. */
  use(tenant: number, choice: { version: number; decidedBy: string; reason?: string }): Promise<void>;
  release(tenant: number, decidedBy: string): Promise<void>;
}

export interface ProcedureModelStanding {
  inForce: number;
  /** True where a person chose it. */
  pinned: boolean;
  /** Newest first; the one that is shipped is not among them. */
  versions: ProcedureModelVersion[];
  /** When which was put in force, the last first. */
  uses: ProcedureModelUse[];
  /** Whether one is being trained by this node. */
  training: boolean;
}

/** What a person decides of a procedure, field by field. */
export interface ApiProcedure {
  modality: string;
  focus: string;
  laterality: 'R' | 'L' | 'B' | 'none' | 'unspecified';
  contrast: 'with' | 'without' | 'both' | 'none' | 'unspecified';
  interventional: boolean;
}

/** What a person decides of a series, in the words of normalize/series. */
export interface ApiSeries {
  modality: 'MR' | 'CT';
  [field: string]: string;
}

/** What a study says of its procedure, and what that may mean. */
export interface ApiWeighedProcedure {
  input: object;
  procedure: ApiProcedure & { confidence: number; reasons: string[] };
  candidates: Record<keyof ApiProcedure, { value: string; probability: number }[]>;
}

export interface ApiContext {
  /**
   * What was done in a study, for it and all that say the same. Resolves to the answer and how many these are. Rejects
   * with catalogue/not-found, request/malformed.
   */
  decideProcedure(
    principal: Principal,
    studyInstanceUid: string,
    decided: ApiProcedure,
  ): Promise<{ id: string; studies: number }>;
  /** What a series shows, for it and all that say the same. Rejects with catalogue/not-found, request/malformed. */
  decideSeries(
    principal: Principal,
    series: { studyInstanceUid: string; seriesInstanceUid: string },
    decided: ApiSeries,
  ): Promise<{ id: string; series: number }>;
  /** Rejects with catalogue/not-found, request/malformed. */
  weighProcedure(principal: Principal, studyInstanceUid: string): Promise<ApiWeighedProcedure>;
  identity(principal: Principal): Promise<ApiIdentity>;
  routing(principal: Principal): ApiRouting;
  contracts(principal: Principal): ApiContracts;
  readers(principal: Principal): ApiReaders;
  /** Cases of outsourced reading. */
  cases: ApiCases;
  dispatch: ApiDispatch;
  critical(principal: Principal): ApiCritical;
  quality(principal: Principal): ApiQuality;
  metering(principal: Principal): ApiMetering;
  models: ApiModels;
  procedureModels: ApiProcedureModels;
  privateMappings: ApiPrivateMappings;
  returns: ApiReturns;
  egress: ApiEgress;
  /** Reports of outsourced readings, while they are written. */
  reports: ApiReports;
  database: Database;
  peers: Peers;
  interfaces: Interfaces;
  /** Takes an HL7 v2 message as though its sender had sent it now. `replayOf`: the quarantined message it replaces. */
  takeMessage(bytes: Uint8Array, sender: { tenant: number; interface: string }, replayOf: string): Promise<Taken>;
  /** Keeps a file as instances. Rejects with a Problem, of which what was kept before stays. */
  takeFile(principal: Principal, wish: ApiFileWish, body: AsyncIterable<Uint8Array>): Promise<ApiTakenFile>;
  /** Who is who in a file of sightings, JSON Lines in and out. Rejects with request/malformed and request/too-large. */
  reconcile(records: AsyncIterable<Uint8Array>): Promise<Uint8Array>;
  /** The bytes of a quarantined object, as they arrived. */
  openQuarantined(object: string): AsyncIterable<Uint8Array>;
}

export interface ApiRequest<Params, Query, Body> {
  context: ApiContext;
  principal: Principal;
  params: Params;
  query: Query;
  body: Body;
  /** Under which the caller reaches us: `https://pacs.example.org`. */
  origin: string;
}

export interface ApiRoute {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below /api/v1, parameters in braces as OpenAPI writes them. */
  path: string;
  summary: string;
  /** What the caller must be allowed to do. */
  action: Action;
  params?: TSchema;
  query?: TSchema;
  body?: TSchema;
  /** The media type of a body that is not JSON: `handle` gets its bytes as they come, whatever the caller calls them. */
  bodyMediaType?: string;
  /** Which study it is about, for the audit. */
  studyUid?(body: unknown): string;
  /** The answer's schema; absent: 204 without a body. */
  answer?: TSchema;
  /** The media type of an answer that is not JSON: `handle` gives its bytes. */
  mediaType?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each row's handler is typed by its own schemas; the table holds them all.
  handle(request: ApiRequest<any, any, any>): Promise<unknown>;
}
