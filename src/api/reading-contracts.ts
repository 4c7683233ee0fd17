// /reading/contracts and /reading/sites: what clients and reading providers agreed on, and where images are made.

import { type Static, Type } from '@sinclair/typebox';
import type { Site } from '../reading/gate/site.ts';
import type { ServiceTerm } from '../reading/terms/service-term.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

export interface ApiContract {
  id: string;
  client: string;
  provider: string;
  status: string;
  from: string;
  to?: string;
  /** By name: of each the version that holds, or the newest where none does. */
  terms: Record<string, ServiceTerm>;
}

/** What routes ask of contracts, as one principal: of the client or of the provider's room. */
export interface ApiContracts {
  list(): ApiContract[];
  /** Throws catalogue/not-found. */
  get(id: string): ApiContract;
  /** Rejects with request/malformed: every fault; with auth/forbidden where it is another client's. */
  put(document: unknown): Promise<ApiContract>;
  /** Resolves to the version that is written. Rejects as `put`, and with catalogue/not-found. */
  putTerm(contract: string, term: string, document: unknown): Promise<ServiceTerm>;
  sites(): Promise<Site[]>;
  /** Rejects with request/malformed. */
  putSite(document: unknown): Promise<Site>;
}

/** Read by reading/terms/term-schema.ts, which names all faults at once. */
const document = (what: string) =>
  Type.Object({}, { additionalProperties: true, description: `${what}, as docs/reading.md has it` });

const Term = Type.Object({ id: Type.String(), version: Type.Integer() }, { additionalProperties: true });
const Contract = Type.Object({
  id: Type.String(),
  client: Type.String(),
  provider: Type.String(),
  status: Type.String(),
  from: Type.String(),
  to: Type.Optional(Type.String()),
  terms: Type.Record(Type.String(), Term),
});
const SiteAnswer = Type.Object({ id: Type.String(), at: Type.String() }, { additionalProperties: true });

const name = Type.String({ minLength: 1, maxLength: 64 });
const ById = Type.Object({ id: name });
const ByTerm = Type.Object({ id: name, term: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,47}$' }) });

export const readingContractRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/reading/contracts',
    summary: 'Contracts of reading, of the client and of the provider',
    action: 'administer',
    answer: Type.Array(Contract),
    handle: async ({ context, principal }: ApiRequest<unknown, unknown, unknown>) =>
      context.contracts(principal).list(),
  },
  {
    method: 'POST',
    path: '/reading/contracts',
    summary: 'A contract with its terms; what of them says something new becomes a version',
    action: 'administer',
    body: document('a contract'),
    answer: Contract,
    handle: ({ context, principal, body }: ApiRequest<unknown, unknown, unknown>) =>
      context.contracts(principal).put(body),
  },
  {
    method: 'GET',
    path: '/reading/contracts/{id}',
    summary: 'One contract with the terms that hold',
    action: 'administer',
    params: ById,
    answer: Contract,
    handle: async ({ context, principal, params }: ApiRequest<Static<typeof ById>, unknown, unknown>) =>
      context.contracts(principal).get(params.id),
  },
  {
    method: 'PUT',
    path: '/reading/contracts/{id}/terms/{term}',
    summary: 'A new version of a term; cases keep the one they were taken in under',
    action: 'administer',
    params: ByTerm,
    body: document('a term'),
    answer: Term,
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof ByTerm>, unknown, unknown>) =>
      context.contracts(principal).putTerm(params.id, params.term, body),
  },
  {
    method: 'GET',
    path: '/reading/sites',
    summary: 'Where the client makes images',
    action: 'administer',
    answer: Type.Array(SiteAnswer),
    handle: ({ context, principal }: ApiRequest<unknown, unknown, unknown>) => context.contracts(principal).sites(),
  },
  {
    method: 'PUT',
    path: '/reading/sites/{id}',
    summary: 'A site: its jurisdiction, and the names by which studies and orders say it',
    action: 'administer',
    params: ById,
    body: document('a site'),
    answer: SiteAnswer,
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof ById>, unknown, object>) =>
      context.contracts(principal).putSite({ ...body, id: params.id }),
  },
];
