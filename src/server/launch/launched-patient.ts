// Whom and what an EHR launched us about, by the names that our studies have: read from its FHIR server with the token.

import { protectedResourceRequest } from 'oauth4webapi';
import type { AskedStudies, PatientIdentifier } from '../../auth/patient-context.ts';
import type { Ehr } from '../../base/ehr.ts';
import { Problem } from '../../base/problem.ts';
import { failed, jsonOf, requestOptions } from './ehr-answer.ts';
import type { LaunchContext } from './smart-client.ts';

const limits = {
  identifiers: 100,
  contextEntries: 20,
};

/** FHIR R4 Identifier. */
interface Identifier {
  use?: string;
  system?: string;
  value: string;
  type?: { coding?: { system?: string; code?: string }[] };
}

interface Resource {
  resourceType?: string;
  id?: string;
  identifier?: unknown;
}

/** SMART App Launch 2.2, fhirContext: a reference, or an identifier with the type of what it is of. */
interface ContextEntry {
  reference?: string;
  type?: string;
  identifier?: unknown;
}

/** Rejects with launch/refused where no identifier of the patient is one of ours, or with launch/ehr-failed. */
export async function patientOf(ehr: Ehr, { accessToken, patient }: LaunchContext): Promise<PatientIdentifier[]> {
  const names = usable((await read(ehr, accessToken, 'Patient', patient)).identifier)
    .filter(({ use }) => use !== 'old')
    .flatMap(({ system = '', value }) => (ehr.identifiers.get(system) ?? []).map((issuer) => ({ id: value, issuer })));
  if (names.length > 0) return names;
  throw new Problem('launch/refused', { reason: `${ehr.name} knows the patient by no identifier that is known here` });
}

/** Studies and orders that the launch is about. Rejects with launch/ehr-failed. */
export async function askedStudiesOf(ehr: Ehr, { accessToken, fhirContext }: LaunchContext): Promise<AskedStudies> {
  const entries = fhirContext.slice(0, limits.contextEntries) as (ContextEntry | null)[];
  const identifiers = await Promise.all(entries.map((entry) => identifiersOf(ehr, accessToken, entry ?? {})));
  const all = identifiers.flat();
  return {
    studyUids: all.filter(({ system }) => system === 'urn:dicom:uid').flatMap(({ value }) => uidOf(value)),
    accessionNumbers: all.filter(isAccession).map(({ value }) => value),
  };
}

async function identifiersOf(ehr: Ehr, accessToken: string, entry: ContextEntry): Promise<Identifier[]> {
  if (entry.identifier !== undefined) return usable([entry.identifier]);
  // Absolute ones of this server are relative ones; what is elsewhere gets no token of it.
  const reference = String(entry.reference ?? '').replace(`${ehr.issuer}/`, '');
  const [, type, id] = /^(ImagingStudy|ServiceRequest)\/([A-Za-z0-9.-]{1,64})$/.exec(reference) ?? [];
  if (type === undefined || id === undefined) return [];
  return usable((await read(ehr, accessToken, type, id)).identifier);
}

async function read(ehr: Ehr, accessToken: string, type: string, id: string): Promise<Resource> {
  const url = new URL(`${ehr.issuer}/${type}/${encodeURIComponent(id)}`);
  const headers = new Headers({ Accept: 'application/fhir+json' });
  const asked = protectedResourceRequest(accessToken, 'GET', url, headers, undefined, requestOptions(ehr));
  const response = await asked.catch((cause: unknown) => {
    throw failed(ehr, `${type} cannot be read`, cause);
  });
  const resource = (await jsonOf(ehr, response)) as Resource | null;
  if (resource?.resourceType === type && resource.id === id) return resource;
  throw failed(ehr, `its ${type} is another one than was asked for`);
}

/** Those that have a value, whatever else the EHR sent. */
function usable(identifiers: unknown): Identifier[] {
  const all = (Array.isArray(identifiers) ? identifiers.slice(0, limits.identifiers) : []) as (Identifier | null)[];
  return all.flatMap((each) => {
    const value = typeof each?.value === 'string' ? each.value.trim() : '';
    return value === '' ? [] : [{ ...each, value }];
  });
}

/** R4 ImagingStudy.identifier: `urn:oid:` and the Study Instance UID. */
const uidOf = (value: string): string[] => /^(?:urn:oid:)?([0-9.]{1,64})$/.exec(value)?.slice(1) ?? [];

/** HL7 table 0203. */
const isAccession = ({ type }: Identifier): boolean => type?.coding?.some(({ code }) => code === 'ACSN') ?? false;
