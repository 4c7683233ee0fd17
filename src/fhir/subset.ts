// Parts of a resource (R4 search.html#summary and #elements), which say of themselves that they are parts.

import type { Resource } from '@medplum/fhirtypes';
import { definitionOf, type ElementDefinition } from './definitions.ts';
import type { JsonObject } from './json.ts';

export type Summary = 'true' | 'text' | 'data' | 'false';

const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };
const always = new Set(['id', 'meta']);

/** `resource` with what a summary shows, or with the elements named. */
export function subset<R extends Resource>(resource: R, summary: Summary | undefined, elements?: readonly string[]): R {
  if ((summary === undefined || summary === 'false') && elements === undefined) return resource;
  const { properties } = definitionOf(resource.resourceType)!;
  const isShown = (element: ElementDefinition): boolean => {
    const { name, isRequired, isSummary } = element;
    if (always.has(name) || isRequired) return true;
    if (elements !== undefined) return elements.includes(name);
    if (summary === 'data') return name !== 'text';
    return summary === 'text' ? name === 'text' : isSummary;
  };
  const shown = Object.entries(resource as unknown as JsonObject).filter(([name]) => {
    const property = properties.get(name.replace(/^_/, ''));
    return property === undefined || isShown(property.element);
  });
  const meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), SUBSETTED] };
  return { ...Object.fromEntries(shown), meta } as unknown as R;
}
