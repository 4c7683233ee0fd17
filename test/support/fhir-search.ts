// Resources that searches are tried on, and what they find.

import assert from 'node:assert/strict';
import { type AnyResource, idsOf } from './fhir-store.ts';

export const LOINC = 'http://loinc.org';
export const UCUM = 'http://unitsofmeasure.org';

export const observation = (id: string, more: object): AnyResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: LOINC, code: '8867-4', display: 'Heart rate' }] },
  ...more,
});

export const report = (id: string, more: object): AnyResource => ({
  resourceType: 'DiagnosticReport',
  id,
  status: 'final',
  code: { text: 'CT Kopf' },
  ...more,
});

/** Each query with the ids it finds. */
export async function finds(
  database: Parameters<typeof idsOf>[0],
  expected: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [asked, ids] of Object.entries(expected)) {
    assert.equal((await idsOf(database, asked)).join(' '), ids, asked);
  }
}
