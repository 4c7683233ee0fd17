// One page of the persons who meet a search, in the order of their ids. Where few could meet it all are looked at and
// counted; where many could, the page is filled and no more is read than for a page (R4 http.html#paging: a server need not
// give a total).

import { Problem } from '../../base/problem.ts';
import type { PatientQuery } from '../../fhir/patient-query.ts';
import type { PatientPage, PersonPatient } from '../../fhir/rest/handlers.ts';

export const limits = {
  /** Persons whose records are read to answer one search. */
  searchedPersons: 2_000,
  /** Read at once, at least. */
  readAtOnce: 100,
} as const;

/**
 * `candidates`: ids of all who could be meant. `read` gives those of them who are, in the order of ids. Rejects with
 * fhir/too-costly where too many would have to be counted and nothing else is asked for.
 */
export async function patientPage(
  candidates: readonly string[],
  { count, cursor = '' }: Pick<PatientQuery, 'count' | 'cursor'>,
  read: (ids: readonly string[]) => Promise<PersonPatient[]>,
): Promise<PatientPage> {
  const ids = candidates.toSorted();
  if (ids.length <= limits.searchedPersons) {
    const found = await read(ids);
    const rest = found.filter(({ id }) => id > cursor);
    return { ...cut(rest, count), total: found.length };
  }
  if (count === 0) throw new Problem('fhir/too-costly', { limit: limits.searchedPersons });
  const rest = ids.slice(firstAfter(ids, cursor));
  const found: PersonPatient[] = [];
  let looked = 0;
  while (looked < Math.min(rest.length, limits.searchedPersons) && found.length <= count) {
    const some = rest.slice(looked, looked + Math.max(count + 1, limits.readAtOnce));
    found.push(...(await read(some)));
    looked += some.length;
  }
  if (found.length > count || looked >= rest.length) return cut(found, count);
  // Few of many: the next page goes on behind whoever was looked at last.
  return { patients: found, next: rest[looked - 1]! };
}

function cut(found: readonly PersonPatient[], count: number): PatientPage {
  const patients = found.slice(0, count);
  return { patients, ...(count > 0 && found.length > count && { next: patients.at(-1)!.id }) };
}

function firstAfter(ids: readonly string[], cursor: string): number {
  const first = ids.findIndex((id) => id > cursor);
  return first < 0 ? ids.length : first;
}
