// A resource as filters of subscriptions look at it: what refers to a patient refers to whoever that is by now.

import type { Resource } from '@medplum/fhirtypes';
import type { JsonObject } from '../../fhir/json.ts';
import type { IndexValue } from '../../fhir/search/index-value.ts';
import { indexValuesOf } from '../../fhir/search/index-values.ts';
import type { Findable } from '../../fhir/search/meets.ts';

/** `idsOf`: every id that the person has whose Patient this is. */
export async function findableOf(
  resource: Resource & { id?: string },
  idsOf: (patientId: string) => Promise<readonly string[]>,
): Promise<Findable> {
  const values = indexValuesOf(resource as unknown as JsonObject & { resourceType: string });
  const others = await Promise.all(values.map((value) => alsoMeant(value, idsOf)));
  return {
    id: resource.id ?? '',
    lastUpdated: Date.parse(resource.meta?.lastUpdated ?? ''),
    values: Map.groupBy([...values, ...others.flat()], ({ parameter }) => parameter),
  };
}

async function alsoMeant(
  value: IndexValue,
  idsOf: (patientId: string) => Promise<readonly string[]>,
): Promise<IndexValue[]> {
  if (value.kind !== 'reference' || value.type !== 'Patient' || value.id === undefined) return [];
  if (value.id.includes(':')) return [];
  return (await idsOf(value.id)).filter((id) => id !== value.id).map((id) => ({ ...value, id }));
}
