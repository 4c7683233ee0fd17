// Of whom a resource is: the Patients it refers to. R4's compartment of a patient (compartmentdefinition-patient.html) is
// made of elements that say whom a resource is about; every reference to a Patient counts here, so that a Task and a Contract
// are found with the rest of a person's record.

import type { Resource } from '@medplum/fhirtypes';
import { isObject, type JsonValue } from './json.ts';

const patientReference = /^Patient\/([A-Za-z0-9\-.]{1,64})(\/_history\/[^/]+)?$/;

/** Logical ids, each once; of a Patient its own too. */
export function patientsOf(resource: Resource): string[] {
  const ids = new Set<string>(resource.resourceType === 'Patient' && resource.id ? [resource.id] : []);
  collect(resource as unknown as JsonValue, ids);
  return [...ids];
}

function collect(value: JsonValue, ids: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, ids);
  else if (isObject(value)) {
    const { reference } = value;
    const id = typeof reference === 'string' ? patientReference.exec(reference)?.[1] : undefined;
    if (id !== undefined) ids.add(id);
    for (const name in value) collect(value[name]!, ids);
  }
}
