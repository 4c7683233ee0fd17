// Pages of imaging studies that meet what is asked: found in the catalogue, made resources, and looked at again where the catalogue
// tells too generously.

import { Problem } from '../../base/problem.ts';
import type { ImagingStudyQuery } from '../../fhir/imaging-study-query.ts';
import type { DerivedStudy, ImagingStudyPage } from '../../fhir/rest/handlers.ts';
import {
  countImagingStudies,
  findImagingStudies,
  type StudyKey,
  studyKeys,
} from '../../storage/search/imaging-studies.ts';
import { type AskedStudies, isExact } from '../../storage/search/imaging-study-conditions.ts';
import { imagingStudyId } from '../../translate/imaging-study-id.ts';
import type { Core } from '../core.ts';
import { DerivedStudies } from './derived-study.ts';
import { meetsInResource } from './imaging-study-recheck.ts';

export const limits = {
  /** Where what is asked is in the resource alone. */
  countedByReading: 1_000,
  /** Studies that a chain may go by. */
  chained: 10_000,
} as const;

export class StudyPages {
  readonly #core: Core;
  readonly #derived: DerivedStudies;

  constructor(core: Core) {
    this.#core = core;
    this.#derived = new DerivedStudies(core);
  }

  async page(asked: AskedStudies, query: ImagingStudyQuery): Promise<Omit<ImagingStudyPage, 'included'>> {
    const { count, order, detail } = query;
    const inexact = query.criteria.filter((criterion) => !isExact(criterion));
    const ids = query.criteria.filter(({ parameter, modifier }) => parameter === '_id' && modifier === undefined);
    const studies = new Map<string, DerivedStudy>();
    let after = query.cursor === undefined ? undefined : readCursor(query.cursor, query);
    let isLast = count === 0;
    while (studies.size < count) {
      const limit = count - studies.size;
      const found = await findImagingStudies(this.#core.database, asked, { limit, after, order, detail });
      isLast = found.isLast;
      for (const { row, resource, sameBefore } of await this.#derived.of(asked.tenant, found.studies, detail)) {
        const isAsked =
          inexact.every((criterion) => meetsInResource(resource, criterion)) &&
          ids.every(({ values }) => values.some(({ text }) => text === resource.id));
        // What lies under a UID is one study, told where its first row meets what is asked.
        const isToldBefore = sameBefore !== undefined && (await this.#meets(asked, sameBefore));
        if (isAsked && !isToldBefore) studies.set(resource.id, resource);
        after = { place: row.place, id: row.id };
      }
      if (isLast || found.isCut) break;
    }
    const isFirst = query.cursor === undefined;
    const total = isFirst && isLast && count > 0 ? studies.size : await this.#total(asked, query, inexact.length > 0);
    return {
      studies: [...studies.values()],
      ...(query.total !== 'none' && total !== undefined && { total }),
      ...(!isLast && { next: cursorOf(after!, query) }),
    };
  }

  async #meets(asked: AskedStudies, row: string): Promise<boolean> {
    const count = await countImagingStudies(this.#core.database, { ...asked, among: [...asked.among, [row]] }, true);
    return count! > 0;
  }

  async #total(asked: AskedStudies, query: ImagingStudyQuery, isInexact: boolean): Promise<number | undefined> {
    const { total, count } = query;
    if (!isInexact) {
      return total === 'none'
        ? undefined
        : countImagingStudies(this.#core.database, asked, total === 'accurate' || count === 0);
    }
    if (count > 0) return undefined;
    const { studies, next } = await this.page(asked, { ...query, count: limits.countedByReading, detail: 'study' });
    if (next !== undefined) throw new Problem('fhir/too-costly', { limit: limits.countedByReading });
    return studies.length;
  }

  /** Ids of all that meet it. Throws Problem fhir/too-costly over a limit. */
  async ids(asked: AskedStudies, criteria: Criteria): Promise<string[]> {
    if (!isTold(criteria)) return (await this.#read(asked, criteria)).map(({ id }) => id);
    const keys = await this.#keys(asked);
    const own = keys.filter(({ isShared }) => !isShared);
    const shared = keys.filter(({ isShared }) => isShared).map(({ studyInstanceUid }) => studyInstanceUid);
    const others = shared.length === 0 ? [] : await this.#read({ ...asked, uids: [...asked.uids, shared] }, criteria);
    const named = own.map(({ studyInstanceUid }) => imagingStudyId({ tenant: asked.tenant, studyInstanceUid }));
    return [...named, ...others.map(({ id }) => id)];
  }

  /** Persons of all that meet it, by the ids that identity has for them. Throws as `ids` does. */
  async persons(asked: AskedStudies, criteria: Criteria): Promise<string[]> {
    if (!isTold(criteria)) {
      const studies = await this.#read(asked, criteria);
      return studies.flatMap(({ subject }) => subject.reference?.replace('Patient/', '') ?? []);
    }
    const people = (await this.#core.identity()).people.of(asked.tenant);
    const keys = await this.#keys(asked);
    return [...new Set(keys.flatMap(({ id }) => people.personOfStudy(id) ?? []))];
  }

  async #keys(asked: AskedStudies): Promise<StudyKey[]> {
    const keys = await studyKeys(this.#core.database, asked, limits.chained + 1);
    if (keys.length > limits.chained) throw new Problem('fhir/too-costly', { limit: limits.chained });
    return keys;
  }

  async #read(asked: AskedStudies, criteria: Criteria): Promise<readonly DerivedStudy[]> {
    const query = { criteria, has: [], includes: [], count: limits.countedByReading, detail: 'study' } as const;
    const { studies, next } = await this.page(asked, { ...query, total: 'none' });
    if (next !== undefined) throw new Problem('fhir/too-costly', { limit: limits.countedByReading });
    return studies;
  }

  /** Whole, up to `most`. */
  async all(asked: AskedStudies, most: number): Promise<DerivedStudy[]> {
    const found: DerivedStudy[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = { criteria: [], has: [], includes: [], detail: 'instances', total: 'none', cursor } as const;
      const { studies, next } = await this.page(asked, { ...query, count: most - found.length });
      found.push(...studies);
      if (next === undefined || found.length >= most) return found;
      cursor = next;
    }
  }
}

type Criteria = ImagingStudyQuery['criteria'];

/** By the catalogue, so that no resource has to be looked at. */
const isTold = (criteria: Criteria): boolean =>
  criteria.every(
    (criterion) => isExact(criterion) && (criterion.parameter !== '_id' || criterion.modifier !== undefined),
  );

type Place = { place: string; id: string };

const cursorOf = ({ place, id }: Place, { order }: ImagingStudyQuery): string =>
  Buffer.from(JSON.stringify([order?.by ?? '_id', place, id])).toString('base64url');

function readCursor(cursor: string, { order }: ImagingStudyQuery): Place {
  const [by, place, id] = parsed(Buffer.from(cursor, 'base64url').toString());
  const isPlace = by === (order?.by ?? '_id') && places[by].test(String(place)) && /^\d{1,18}$/.test(String(id));
  if (!isPlace) throw new Problem('request/malformed', { reason: '_cursor is none of this search' });
  return { place: String(place), id: String(id) };
}

const places = {
  _id: /^0$/,
  _lastUpdated: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/,
  started: /^[^\0]*$/,
};

function parsed(text: string): [by?: keyof typeof places, place?: unknown, id?: unknown] {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && Object.hasOwn(places, read[0]) ? (read as ReturnType<typeof parsed>) : [];
  } catch {
    return [];
  }
}
