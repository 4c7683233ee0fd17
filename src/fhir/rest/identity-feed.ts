// IHE PIXm Patient Identity Feed FHIR (ITI-104): a source adds or revises, resolves a duplicate, or removes one of its
// registrations, by conditional update and delete on its identifier. A registration is not a person: the answer shows the
// person that it belongs to.

import type { Patient, PatientLink, Reference } from '@medplum/fhirtypes';
import { parseQueryString, type QueryParameter, valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { InvalidResource } from '../issue.ts';
import { type Answer, type Exchange, etagOf } from './exchange.ts';
import type { FeedAnswer, PatientFeed, PatientIdentifier } from './handlers.ts';

/** PUT Patient?identifier=system|value. */
export async function revisePatient(exchange: Exchange): Promise<Answer> {
  const identifier = identifierOf(exchange.query);
  const patient = identifiedBy(await patientOf(exchange), identifier);
  return feed(exchange, feedOf(identifier, patient));
}

/** DELETE Patient?identifier=system|value; also where there is none, which is then true already. */
export async function removePatient(exchange: Exchange): Promise<Answer> {
  const { handlers, request, query } = exchange;
  await handlers.identity.feed(request, { kind: 'remove', identifier: identifierOf(query) });
  return { status: 204 };
}

async function feed({ handlers, request, headers }: Exchange, what: PatientFeed): Promise<Answer> {
  return answerOf(await handlers.identity.feed(request, what), request.baseUrl, headers.prefer as string | undefined);
}

function answerOf({ created, person }: FeedAnswer, baseUrl: string, prefer: string | undefined): Answer {
  const status = created ? 201 : 200;
  if (person === undefined) return { status };
  const location: Record<string, string> = created ? { Location: `${baseUrl}/Patient/${person.id}` } : {};
  // R4 http.html#return
  const isMinimal = /\breturn\s*=\s*minimal\b/.test(prefer ?? '');
  return { status, headers: { ...etagOf(person), ...location }, resource: isMinimal ? undefined : person };
}

async function patientOf({ resource }: Exchange): Promise<Patient> {
  const patient = await resource();
  if (patient.resourceType === 'Patient') return patient;
  throw new InvalidResource([
    { severity: 'error', code: 'structure', expression: patient.resourceType, diagnostics: 'the body is no Patient' },
  ]);
}

/** The only criterion that a feed has. */
function identifierOf(query: readonly QueryParameter[]): PatientIdentifier {
  const other = query.find(({ name }) => name !== 'identifier' && name !== '_format' && name !== '_pretty');
  if (other !== undefined) throw new Problem('fhir/unknown-parameter', { parameter: 'besides identifier' });
  const [token, ...others] = valuesOf(query, 'identifier');
  const identifier = token === undefined || others.length > 0 ? undefined : identifierOfToken(token);
  if (identifier === undefined)
    throw new Problem('request/malformed', { reason: 'identifier is given once, as system|value' });
  return identifier;
}

function identifierOfToken(token: string): PatientIdentifier | undefined {
  const bar = token.indexOf('|');
  const [system, value] = [token.slice(0, Math.max(bar, 0)), token.slice(bar + 1)];
  return system === '' || value === '' || token.includes('\0') ? undefined : { system, value };
}

/** The registration's own identifier is among those of the patient, and no other of its domain stands in its place. */
function identifiedBy(patient: Patient, { system, value }: PatientIdentifier): Patient {
  const ofDomain = (patient.identifier ?? []).filter((each) => each.system === system);
  if (ofDomain.some((each) => each.value === value)) return patient;
  if (ofDomain.length > 0) throw unprocessable('the identifier of the patient is not the one of the URL');
  return { ...patient, identifier: [{ system, value }, ...(patient.identifier ?? [])] };
}

/** 2:3.104.4.2.2: a registration that was resolved as a duplicate is not active and names its survivor. */
function feedOf(identifier: PatientIdentifier, patient: Patient): PatientFeed {
  const links = (patient.link ?? []).filter(({ type }) => type === 'replaced-by');
  const [link, ...others] = links;
  if (link === undefined) return { kind: 'revise', identifier, patient };
  if (others.length > 0) throw unprocessable('a patient is replaced by one other');
  if (patient.active !== false) throw unprocessable('a patient that is replaced is not active');
  const survivor = survivorOf(link);
  if (survivor.system !== identifier.system) throw unprocessable('a source resolves duplicates within its own domain');
  if (survivor.value === identifier.value) throw unprocessable('a patient does not replace itself');
  return { kind: 'merge', identifier, survivor, patient };
}

/** By identifier, as the profile says, or by a conditional reference: `Patient?identifier=system|value`. */
function survivorOf({ other }: PatientLink): PatientIdentifier {
  const { identifier, reference }: Reference = other!;
  if (identifier?.system !== undefined && identifier.value !== undefined) {
    return { system: identifier.system, value: identifier.value };
  }
  const query = /^Patient\?(.+)$/.exec(reference ?? '')?.[1];
  const [token] = query === undefined ? [] : valuesOf(parseQueryString(query), 'identifier');
  const survivor = token === undefined ? undefined : identifierOfToken(token);
  if (survivor === undefined) throw unprocessable('the link replaced-by names no identifier');
  return survivor;
}

const unprocessable = (reason: string): Problem => new Problem('fhir/unprocessable', { reason });
