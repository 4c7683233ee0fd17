// What refers to a patient, in the order in which it was last changed, and what that refers to in turn.

import { referencesIn } from '../../fhir/bundle-references.ts';
import type { EverythingPage, EverythingQuery, ServedResource } from '../../fhir/rest/resource-handlers.ts';
import { isStoredType } from '../../fhir/served-types.ts';
import { currentVersions, ofPatients, resourceOf } from '../../storage/fhir-resources.ts';
import type { Queries } from '../../storage/transaction.ts';

/** `ids`: every id of the patient. */
export async function everything(
  queries: Queries,
  tenant: number,
  { patient, ids }: { patient: ServedResource; ids: readonly string[] },
  { types, since, count, cursor }: EverythingQuery,
): Promise<EverythingPage> {
  const isFirst = cursor === undefined;
  const found = await ofPatients(queries, { tenant, patients: ids, types, since, after: cursor, count });
  const resources = found.map((stored) => resourceOf(stored) as ServedResource);
  const isWanted = (type: string): boolean => types === undefined || types.includes(type);
  const included = await referredTo(queries, tenant, resources, isWanted);
  return {
    resources: isFirst && isWanted('Patient') ? [patient, ...resources] : resources,
    included,
    ...(found.length === count && count > 0 && { next: found.at(-1)!.change }),
  };
}

/** Practitioners, organizations and whatever else is in nobody's compartment. */
async function referredTo(
  queries: Queries,
  tenant: number,
  resources: readonly ServedResource[],
  isWanted: (type: string) => boolean,
): Promise<ServedResource[]> {
  const known = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const idsOfType = new Map<string, Set<string>>();
  for (const reference of new Set(resources.flatMap((resource) => [...referencesIn(resource)]))) {
    const [, type, id] = /^([A-Z]\w+)\/([A-Za-z0-9\-.]{1,64})$/.exec(reference) ?? [];
    if (type === undefined || !isStoredType(type) || !isWanted(type) || known.has(reference)) continue;
    idsOfType.set(type, (idsOfType.get(type) ?? new Set()).add(id!));
  }
  const found = await Promise.all(
    [...idsOfType].map(([type, ids]) => currentVersions(queries, { tenant, type }, [...ids])),
  );
  return found.flat().flatMap((stored) => (stored.text === undefined ? [] : [resourceOf(stored) as ServedResource]));
}
