// Searches of kept resources (fhir/search/), of persons, and what comes along with either and with studies (R4
// search.html#include, #revinclude): an included patient is shown as every patient is, an included study as every study.

import type { Patient } from '@medplum/fhirtypes';
import type { PatientQuery } from '../../fhir/patient-query.ts';
import type { DerivedStudy, PatientPage } from '../../fhir/rest/handlers.ts';
import type { ResourcePage, ServedResource } from '../../fhir/rest/resource-handlers.ts';
import type { Include, SearchRequest } from '../../fhir/search/request.ts';
import { currentVersion } from '../../storage/fhir-resources.ts';
import { limits as includeLimits, includesOf, type ResourceKey } from '../../storage/fhir-search/includes.ts';
import { type StoredResource, search } from '../../storage/fhir-search/search.ts';
import { readImagingStudyId } from '../../translate/imaging-study-id.ts';
import type { Core } from '../core.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import { Across, type AroundSearch, inTurn, namesPatient } from './across.ts';
import { everyStudy } from './imaging-studies-asked.ts';
import { StudyPages } from './study-pages.ts';
import { ownEndpoint } from './wado-endpoint.ts';

export class Search {
  /** How what is asked of persons and studies is followed. */
  readonly across: Across;
  readonly #core: Core;
  readonly #around: AroundSearch;
  readonly #studies: StudyPages;

  constructor(core: Core, around: AroundSearch) {
    this.#core = core;
    this.#around = around;
    this.across = new Across(core, around);
    this.#studies = new StudyPages(core);
  }

  async search(asker: Asker, asked: SearchRequest, baseUrl: string): Promise<ResourcePage> {
    const { types, includes } = asked;
    const criteria = await inTurn(asked.criteria, (each) => this.across.criterion(asker, types, each));
    const { queries } = this.#around;
    const { matches, ...page } = await search(queries, asker.tenant, { ...asked, criteria, includes: [] });
    const along = await this.along(asker, matches.map(served), includes, baseUrl);
    return { ...page, matches: matches.map(served), ...along };
  }

  async patients(asker: Asker, query: PatientQuery, baseUrl: string): Promise<PatientPage> {
    const page = await this.across.patients(asker, query);
    return { ...page, ...(await this.along(asker, page.patients, query.includes ?? [], baseUrl)) };
  }

  /** What comes along with `matches`, each once and none of them. */
  async along(
    asker: Asker,
    matches: readonly ServedResource[],
    includes: readonly Include[],
    baseUrl: string,
  ): Promise<Pick<ResourcePage, 'included' | 'isCut'>> {
    const found = new Map<string, ServedResource>();
    const known = new Set(matches.map(nameOf));
    let isCut = false;
    // Stored resources lead to each other in one statement; a round goes on from persons and studies that were come upon.
    let round: readonly ServedResource[] = includes.length === 0 ? [] : matches;
    for (
      let asked = includes;
      round.length > 0 && asked.length > 0;
      asked = includes.filter(({ iterates }) => iterates)
    ) {
      const from = { asker, round, asked, baseUrl };
      const stored = await this.#stored(from);
      const met = [...stored.included, ...(await this.#ofStudies(from)), ...(await this.#studiesOf(from))];
      const fresh = met.filter((each) => !known.has(nameOf(each)));
      for (const each of fresh) known.add(nameOf(each));
      const room = includeLimits.included - found.size;
      for (const each of fresh.slice(0, room)) found.set(nameOf(each), each);
      isCut ||= stored.isCut || fresh.length > room;
      round = isCut ? [] : fresh.filter(({ resourceType }) => !isStored(resourceType));
    }
    return { included: [...found.values()], isCut };
  }

  async #stored({ asker, round, asked }: Round): Promise<{ included: ServedResource[]; isCut: boolean }> {
    const { queries, kinds } = this.#around;
    const keys = await inTurn(round, async ({ resourceType: type, id }): Promise<ResourceKey[]> => {
      if (type !== 'Patient') return [{ type, id }];
      return (await kinds.patientIds(queries, asker, id)).map((each) => ({ type, id: each }));
    });
    const { included, missing, isCut } = await includesOf(queries, asker.tenant, keys.flat(), asked);
    const patients = await this.#patients(asker, [...included, ...missing]);
    const studies = await this.#named(asker, missing);
    return {
      included: [...included.filter(({ type }) => type !== 'Patient').map(served), ...patients, ...studies],
      isCut,
    };
  }

  async #patients(asker: Asker, keys: readonly (ResourceKey | StoredResource)[]): Promise<ServedResource[]> {
    const { queries, kinds } = this.#around;
    const shown = await inTurn(
      keys.filter(({ type }) => type === 'Patient'),
      async ({ type, id }) => {
        const stored = await currentVersion(queries, { tenant: asker.tenant, type, id });
        return kinds.of(type).shown(queries, asker, { type, id }, stored);
      },
    );
    return shown.filter((each) => each !== undefined);
  }

  /** Studies to which stored resources refer. */
  async #named({ tenant }: Asker, keys: readonly ResourceKey[]): Promise<DerivedStudy[]> {
    const ids = new Set(keys.filter(({ type }) => type === 'ImagingStudy').map(({ id }) => id));
    const uids = [...ids].flatMap((id) => {
      const key = readImagingStudyId(id);
      return key?.tenant === tenant ? [key.studyInstanceUid] : [];
    });
    if (uids.length === 0) return [];
    const studies = await this.#studies.all({ ...everyStudy(tenant), uids: [uids] }, includeLimits.included);
    return studies.filter(({ id }) => ids.has(id));
  }

  /** What studies refer to: their patients, and where they are had. */
  async #ofStudies({ asker, round, asked, baseUrl }: Round): Promise<ServedResource[]> {
    const studies = round.filter((each): each is DerivedStudy => each.resourceType === 'ImagingStudy');
    const forward = asked.filter(({ isReverse, type }) => !isReverse && type === 'ImagingStudy');
    const isAsked = (parameter: string, target: string): boolean =>
      forward.some((each) => (each.parameter ?? parameter) === parameter && (each.target ?? target) === target);
    const patients = [...namesPatient].some((parameter) => isAsked(parameter, 'Patient'))
      ? new Set(studies.flatMap(({ subject }) => subject.reference?.replace('Patient/', '') ?? []))
      : [];
    const endpoint = studies.length > 0 && isAsked('endpoint', 'Endpoint');
    return [
      ...(await this.#patients(
        asker,
        [...patients].map((id) => ({ type: 'Patient', id })),
      )),
      ...(endpoint ? [ownEndpoint(baseUrl, this.#core.config.publicUrl) as ServedResource] : []),
    ];
  }

  /** Studies of patients (`_revinclude=ImagingStudy:patient`). */
  async #studiesOf({ asker, round, asked }: Round): Promise<DerivedStudy[]> {
    const isAsked = asked.some(
      ({ isReverse, type, parameter = 'patient' }) =>
        isReverse && type === 'ImagingStudy' && namesPatient.has(parameter),
    );
    const patients = round.filter((each): each is Patient & { id: string } => each.resourceType === 'Patient');
    if (!isAsked || patients.length === 0) return [];
    const { people } = await this.#core.identity();
    const { queries, kinds } = this.#around;
    const persons = await kinds.persons(
      queries,
      asker,
      patients.map(({ id }) => id),
    );
    const { tenant } = asker;
    const rows = persons.flatMap((id) => people.of(tenant).person(id)?.studyIds ?? []);
    if (rows.length === 0) return [];
    return this.#studies.all({ ...everyStudy(tenant), among: [rows] }, includeLimits.included);
  }
}

/** From where includes are followed, and which. */
interface Round {
  asker: Asker;
  round: readonly ServedResource[];
  asked: readonly Include[];
  baseUrl: string;
}

const isStored = (type: string): boolean => type !== 'Patient' && type !== 'ImagingStudy';

const nameOf = ({ resourceType, id }: ServedResource): string => `${resourceType}/${id}`;

const served = ({ resource }: StoredResource): ServedResource => resource as unknown as ServedResource;
