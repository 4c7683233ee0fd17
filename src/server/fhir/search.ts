// Searches of kept resources (fhir/search/), where they meet persons: a reference to a patient means whoever that is by now,
// a chain to a patient goes through identity, and an included patient is shown as every patient is.

import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import type { ResourcePage, ServedResource } from '../../fhir/rest/resource-handlers.ts';
import { searchRequest } from '../../fhir/rest/search-request.ts';
import type { Criterion, ReferenceValue, SearchRequest } from '../../fhir/search/request.ts';
import { currentVersion } from '../../storage/fhir-resources.ts';
import type { ResourceKey } from '../../storage/fhir-search/includes.ts';
import { type StoredResource, search } from '../../storage/fhir-search/search.ts';
import type { Queries } from '../../storage/transaction.ts';
import type { Asker, Identity } from '../doors/fhir-handlers.ts';
import type { Kinds } from './kinds.ts';

export const limits = {
  /** Patients that one search may name or go by. */
  patients: 500,
} as const;

interface Around {
  queries: Queries;
  kinds: Kinds;
  identity: Identity;
}

export class Search {
  readonly #queries: Queries;
  readonly #kinds: Kinds;
  readonly #identity: Identity;

  constructor({ queries, kinds, identity }: Around) {
    this.#queries = queries;
    this.#kinds = kinds;
    this.#identity = identity;
  }

  async search(asker: Asker, asked: SearchRequest): Promise<ResourcePage> {
    const criteria = await this.#all(asked.criteria, (each) => this.#withPersons(asker, each));
    const { matches, included, missing, ...page } = await search(this.#queries, asker.tenant, { ...asked, criteria });
    const come = [
      ...included.filter(({ type }) => type !== 'Patient').map(served),
      ...(await this.#patients(asker, [...included, ...missing])),
    ];
    return { ...page, matches: matches.map(served), included: come };
  }

  /** With every id that the persons meant have. */
  async #withPersons(asker: Asker, criterion: Criterion): Promise<Criterion> {
    switch (criterion.kind) {
      case 'reference': {
        const others = await this.#all(criterion.values.filter(mayBePatient), ({ id }) => this.#idsOf(asker, [id]));
        return { ...criterion, values: [...criterion.values, ...others.flat()] };
      }
      case 'has':
        return { ...criterion, criterion: await this.#withPersons(asker, criterion.criterion) };
      case 'chain': {
        const targets = await this.#all(criterion.targets, async (target) => ({
          ...target,
          criterion: await this.#withPersons(asker, target.criterion),
        }));
        const toPatients = criterion.targets.find(({ types }) => types.includes('Patient'));
        const others = toPatients === undefined ? [] : await this.#persons(asker, toPatients.asked);
        return { ...criterion, targets, others };
      }
      default:
        return criterion;
    }
  }

  /** Persons who meet what a chain asks of a patient. */
  async #persons(asker: Asker, asked: QueryParameter): Promise<ReferenceValue[]> {
    const { query, ignored } = searchRequest([asked], undefined);
    // What only written Patients are searched by, they are found by themselves.
    if (ignored.length > 0) return [];
    const { patients, next } = await this.#identity.search(asker, { criteria: query.criteria, count: limits.patients });
    if (next !== undefined) throw new Problem('fhir/too-costly', { limit: limits.patients });
    return this.#idsOf(
      asker,
      patients.map(({ id }) => id),
    );
  }

  async #idsOf(asker: Asker, ids: readonly string[]): Promise<ReferenceValue[]> {
    const all = await this.#all(ids, (id) => this.#kinds.patientIds(this.#queries, asker, id));
    return [...new Set(all.flat())].map((id) => ({ types: ['Patient'], id }));
  }

  async #patients(asker: Asker, keys: readonly (ResourceKey | StoredResource)[]): Promise<ServedResource[]> {
    const { of } = this.#kinds;
    const shown = await this.#all(
      keys.filter(({ type }) => type === 'Patient'),
      async ({ type, id }) => {
        const stored = await currentVersion(this.#queries, { tenant: asker.tenant, type, id });
        return of(type).shown(this.#queries, asker, { type, id }, stored);
      },
    );
    return shown.filter((each) => each !== undefined);
  }

  /** One after another: within a transaction there is one connection. Throws Problem fhir/too-costly over the limit. */
  async #all<From, To>(list: readonly From[], work: (each: From) => Promise<To>): Promise<To[]> {
    if (list.length > limits.patients) throw new Problem('fhir/too-costly', { limit: limits.patients });
    const done: To[] = [];
    for (const each of list) done.push(await work(each));
    return done;
  }
}

const mayBePatient = ({ types, id }: ReferenceValue): boolean =>
  (types === undefined || types.includes('Patient')) && !id.includes(':');

const served = ({ resource }: StoredResource): ServedResource => resource as unknown as ServedResource;
