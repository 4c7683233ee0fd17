// What a search asks of resources that are made when they are asked for: persons and imaging studies. A reference to a patient
// means whoever that is by now; a chain to one goes through identity, a chain to a study through the catalogue (R4
// search.html#chaining, #has), and each becomes the references that lead to who or what was found.

import type { QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import type { ImagingStudyQuery, StudyCriterion } from '../../fhir/imaging-study-query.ts';
import type { PatientQuery } from '../../fhir/patient-query.ts';
import type { PatientPage } from '../../fhir/rest/handlers.ts';
import { imagingStudyRequest } from '../../fhir/rest/imaging-study-request.ts';
import { searchRequest } from '../../fhir/rest/search-request.ts';
import type { Criterion, Has, ReferenceValue } from '../../fhir/search/request.ts';
import { referredBy, referredIn } from '../../storage/fhir-search/referred.ts';
import type { AskedStudies } from '../../storage/search/imaging-study-conditions.ts';
import type { Queries } from '../../storage/transaction.ts';
import { readImagingStudyId } from '../../translate/imaging-study-id.ts';
import type { Core } from '../core.ts';
import type { Asker, Identity } from '../doors/fhir-handlers.ts';
import { askedStudies } from './imaging-studies-asked.ts';
import type { Kinds } from './kinds.ts';
import { StudyPages } from './study-pages.ts';

export const limits = {
  /** Patients that one search may name or go by. */
  patients: 500,
  /** Resources that refer to them, or persons of studies, that one search may go by. */
  referred: 10_000,
} as const;

export interface AroundSearch {
  queries: Queries;
  kinds: Kinds;
  identity: Identity;
}

export class Across {
  readonly #core: Core;
  readonly #queries: Queries;
  readonly #kinds: Kinds;
  readonly #identity: Identity;
  readonly #studies: StudyPages;

  constructor(core: Core, { queries, kinds, identity }: AroundSearch) {
    this.#core = core;
    this.#queries = queries;
    this.#kinds = kinds;
    this.#identity = identity;
    this.#studies = new StudyPages(core);
  }

  /** What is asked of resources of `types`, with every id that the persons and studies meant have. */
  async criterion(asker: Asker, types: readonly string[], criterion: Criterion): Promise<Criterion> {
    switch (criterion.kind) {
      case 'reference': {
        const others = await inTurn(criterion.values.filter(mayBePatient), ({ id }) => this.#patientIds(asker, [id]));
        return { ...criterion, values: [...criterion.values, ...others.flat()] };
      }
      case 'has':
        return { ...criterion, criterion: await this.criterion(asker, [criterion.type], criterion.criterion) };
      case 'chain': {
        const targets = await inTurn(criterion.targets, async (target) => ({
          ...target,
          criterion: await this.criterion(asker, target.types, target.criterion),
        }));
        const asked = (type: string) => criterion.targets.find(({ types }) => types.includes(type))?.asked;
        const [ofPatients, ofStudies] = [asked('Patient'), asked('ImagingStudy')];
        const persons = ofPatients === undefined ? [] : await this.#persons(asker, ofPatients);
        const from = { types, parameter: criterion.parameter };
        const studies = ofStudies === undefined ? [] : await this.#studiesMeeting(asker, from, ofStudies);
        return { ...criterion, targets, others: [...persons, ...studies] };
      }
      default:
        return criterion;
    }
  }

  /** As identity does, also by what refers to persons. */
  async patients(asker: Asker, { has = [], ...query }: PatientQuery): Promise<PatientPage> {
    const among = await inTurn(has, (each) => this.#personsReferredBy(asker, each));
    return this.#identity.search(asker, { ...query, ...(among.length > 0 && { among }) });
  }

  /** `uids`: the only studies that may be seen; absent: all. */
  async studies(
    asker: Asker,
    { criteria, has }: Pick<ImagingStudyQuery, 'criteria' | 'has'>,
    uids?: readonly string[],
  ): Promise<{ asked: AskedStudies; criteria: StudyCriterion[] }> {
    const referred = await inTurn(has, async (each): Promise<StudyCriterion> => {
      const values = (await this.#referredBy(asker, 'ImagingStudy', each)).map((text) => ({ text }));
      return { parameter: '_id', values };
    });
    const all = [...criteria, ...referred];
    const identity = { search: (who: Asker, query: PatientQuery) => this.patients(who, query) };
    return { asked: await askedStudies(this.#core, identity, asker, { criteria: all }, uids), criteria: all };
  }

  /** Every id of the persons who have these. */
  async #patientIds(asker: Asker, ids: readonly string[]): Promise<ReferenceValue[]> {
    const all = await inTurn(ids, (id) => this.#kinds.patientIds(this.#queries, asker, id));
    return [...new Set(all.flat())].map((id) => ({ types: ['Patient'], id }));
  }

  /** Persons who meet what a chain asks of a patient. */
  async #persons(asker: Asker, asked: QueryParameter): Promise<ReferenceValue[]> {
    const { query, ignored } = searchRequest([asked], undefined);
    // What only written Patients are searched by, they are found by themselves.
    if (ignored.length > 0) return [];
    const { patients, next } = await this.patients(asker, { ...query, count: limits.patients });
    if (next !== undefined) throw new Problem('fhir/too-costly', { limit: limits.patients });
    return this.#patientIds(
      asker,
      patients.map(({ id }) => id),
    );
  }

  /** Those that are referred to, where these are not too many; else of all. */
  async #studiesMeeting(
    asker: Asker,
    { types, parameter }: { types: readonly string[]; parameter: string },
    asked: QueryParameter,
  ): Promise<ReferenceValue[]> {
    const { query, ignored } = imagingStudyRequest([asked], undefined);
    if (ignored.length > 0) return [];
    const limit = limits.referred + 1;
    const named = await referredIn(this.#queries, asker.tenant, { target: 'ImagingStudy', types, parameter, limit });
    if (named.length === 0) return [];
    const uids =
      named.length < limit ? named.flatMap((id) => readImagingStudyId(id)?.studyInstanceUid ?? []) : undefined;
    const studies = await this.studies(asker, query, uids);
    const ids = await this.#studies.ids(studies.asked, studies.criteria);
    return ids.map((id) => ({ types: ['ImagingStudy'], id }));
  }

  /** Ids of resources of type `target` to which a stored resource refers that meets what is asked. */
  async #referredBy(asker: Asker, target: string, has: Has): Promise<string[]> {
    const criterion = await this.criterion(asker, [has.type], has.criterion);
    const limit = limits.referred + 1;
    const ids = await referredBy(this.#queries, asker.tenant, { target, has: { ...has, criterion }, limit });
    if (ids.length === limit) throw new Problem('fhir/too-costly', { limit: limits.referred });
    return ids;
  }

  /** By the ids that identity has for them. */
  async #personsReferredBy(asker: Asker, has: Has): Promise<string[]> {
    if (has.type !== 'ImagingStudy') {
      return this.#kinds.persons(this.#queries, asker, await this.#referredBy(asker, 'Patient', has));
    }
    const { query, ignored } = imagingStudyRequest([has.asked], undefined);
    if (ignored.length > 0 || !namesPatient.has(has.parameter)) return [];
    const { asked, criteria } = await this.studies(asker, query);
    return this.#studies.persons(asked, criteria);
  }
}

/** Parameters by which a study refers to its patient. */
export const namesPatient: ReadonlySet<string> = new Set(['patient', 'subject']);

/** One after another: within a transaction there is one connection. Throws Problem fhir/too-costly over the limit. */
export async function inTurn<From, To>(list: readonly From[], work: (each: From) => Promise<To>): Promise<To[]> {
  if (list.length > limits.patients) throw new Problem('fhir/too-costly', { limit: limits.patients });
  const done: To[] = [];
  for (const each of list) done.push(await work(each));
  return done;
}

const mayBePatient = ({ types, id }: ReferenceValue): boolean =>
  (types === undefined || types.includes('Patient')) && !id.includes(':');
