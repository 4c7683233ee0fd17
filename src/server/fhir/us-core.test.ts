// US Core 6.1: elements that must be supported come back as they were written, and what has to be searched for is found.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, CapabilityStatement, OperationOutcome } from '@medplum/fhirtypes';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';

const core = (name: string): string => `http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`;
const LOINC = 'http://loinc.org';
const subject = { reference: 'Patient/uc-1' };

const patient = {
  resourceType: 'Patient',
  id: 'uc-1',
  meta: { profile: [core('patient')] },
  extension: [
    {
      url: core('race'),
      extension: [
        {
          url: 'ombCategory',
          valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code: '2028-9', display: 'Asian' },
        },
        { url: 'text', valueString: 'Asian' },
      ],
    },
    { url: core('birthsex'), valueCode: 'F' },
  ],
  identifier: [{ system: 'urn:oid:1.2.36.146.595.217.0.1', value: '12345' }],
  name: [{ use: 'official', family: 'Quimbley', given: ['Hermione', 'A'], suffix: ['PhD'] }],
  telecom: [{ system: 'phone', value: '555-0100', use: 'home' }],
  gender: 'female',
  birthDate: '1961-03-07',
  address: [{ line: ['1 Main St'], city: 'Springfield', state: 'MA', postalCode: '01101', country: 'US' }],
  communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en-US' }] } }],
};

const note = {
  resourceType: 'DiagnosticReport',
  id: 'uc-note',
  meta: { profile: [core('diagnosticreport-note')] },
  status: 'final',
  category: [{ coding: [{ system: LOINC, code: 'LP29684-5', display: 'Radiology' }] }],
  code: { coding: [{ system: LOINC, code: '24627-2', display: 'CT Chest' }] },
  subject,
  encounter: { reference: 'Encounter/uc-e' },
  effectiveDateTime: '2026-01-15T10:11:12+01:00',
  issued: '2026-01-15T12:00:00.000+01:00',
  performer: [{ reference: 'Practitioner/uc-p' }],
  resultsInterpreter: [{ reference: 'Practitioner/uc-p' }],
  imagingStudy: [{ identifier: { system: 'urn:dicom:uid', value: 'urn:oid:1.2.3' } }],
  media: [{ comment: 'key image', link: { reference: 'Media/uc-m' } }],
  conclusion: 'No acute finding.',
  presentedForm: [{ contentType: 'text/plain', data: 'Tm8gYWN1dGUgZmluZGluZy4=' }],
};

const document = {
  resourceType: 'DocumentReference',
  id: 'uc-doc',
  meta: { profile: [core('documentreference')] },
  identifier: [{ system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.3.4' }],
  status: 'current',
  type: { coding: [{ system: LOINC, code: '18748-4' }] },
  category: [{ coding: [{ system: core('documentreference-category'), code: 'clinical-note' }] }],
  subject,
  date: '2026-01-15T12:00:00Z',
  author: [{ reference: 'Practitioner/uc-p' }],
  custodian: { reference: 'Organization/uc-o' },
  content: [
    {
      attachment: { contentType: 'application/pdf', url: 'Binary/uc-b' },
      format: {
        system: 'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode',
        code: 'urn:ihe:iti:xds-sd:pdf:2008',
      },
    },
  ],
  context: {
    encounter: [{ reference: 'Encounter/uc-e' }],
    period: { start: '2026-01-15T10:00:00Z', end: '2026-01-15T10:30:00Z' },
  },
};

async function idsOf(server: FhirServer, path: string): Promise<(string | undefined)[]> {
  const { status, resource, issue } = await server.send<Bundle>('GET', path);
  assert.equal(status, 200, `${path}: ${issue}`);
  return (resource.entry ?? []).map((each) => each.resource!.id);
}

test('US Core: Patient, DiagnosticReport for notes and DocumentReference keep every element that must be supported', async (t) => {
  const server = await fhirServer(t);
  for (const resource of [patient, note, document]) {
    const path = `/${resource.resourceType}/${resource.id}`;
    assert.equal((await server.send('PUT', path, resource)).status, 201, path);
    const { meta, ...served } = (await server.send('GET', path)).resource;
    const { meta: written, ...rest } = resource;
    assert.deepEqual(served, rest, path);
    assert.deepEqual(meta!.profile, written.profile);
  }
});

test('US Core: the searches that a server shall have find them', async (t) => {
  const server = await fhirServer(t);
  for (const resource of [patient, note, document]) {
    await server.send('PUT', `/${resource.resourceType}/${resource.id}`, resource);
  }
  const searches: [path: string, id: string][] = [
    ['/Patient?_id=uc-1', 'uc-1'],
    ['/Patient?identifier=urn:oid:1.2.36.146.595.217.0.1|12345', 'uc-1'],
    ['/Patient?name=Quimbley', 'uc-1'],
    ['/Patient?birthdate=1961-03-07&name=Hermione', 'uc-1'],
    ['/Patient?gender=female&name=Quimbley', 'uc-1'],
    [`/DiagnosticReport?patient=uc-1&category=${LOINC}|LP29684-5`, 'uc-note'],
    [`/DiagnosticReport?patient=uc-1&code=${LOINC}|24627-2`, 'uc-note'],
    [`/DiagnosticReport?patient=uc-1&category=${LOINC}|LP29684-5&date=ge2026-01-15`, 'uc-note'],
    ['/DiagnosticReport?patient=uc-1&status=final', 'uc-note'],
    ['/DocumentReference?_id=uc-doc', 'uc-doc'],
    ['/DocumentReference?patient=uc-1', 'uc-doc'],
    [`/DocumentReference?patient=uc-1&category=${core('documentreference-category')}|clinical-note`, 'uc-doc'],
    ['/DocumentReference?patient=uc-1&category=clinical-note&date=ge2026-01-15', 'uc-doc'],
    [`/DocumentReference?patient=uc-1&type=${LOINC}|18748-4&period=ge2026-01-15`, 'uc-doc'],
    ['/DocumentReference?patient=uc-1&status=current', 'uc-doc'],
  ];
  for (const [path, id] of searches) assert.deepEqual(await idsOf(server, path), [id], path);
});

test('US Core: the CapabilityStatement says which profiles are supported', async (t) => {
  const server = await fhirServer(t);
  const { resource } = await server.send<CapabilityStatement>('GET', '/metadata');
  const supported = resource.rest![0]!.resource!.flatMap(({ supportedProfile = [] }) => supportedProfile);
  for (const name of ['patient', 'diagnosticreport-note', 'documentreference'])
    assert.ok(supported.includes(core(name)));
});

test('R4 $validate: by the profiles that a resource says it is of, and by the one that is asked for', async (t) => {
  const server = await fhirServer(t);
  const check = async (resource: object, query = ''): Promise<[number, string[]]> => {
    const { resourceType } = resource as { resourceType: string };
    const { status, resource: said } = await server.send<OperationOutcome>(
      'POST',
      `/${resourceType}/$validate${query}`,
      resource,
    );
    return [status, said.issue!.map(({ severity, expression }) => `${severity} ${expression?.[0] ?? ''}`)];
  };
  for (const resource of [patient, note, document]) {
    assert.deepEqual(await check(resource), [200, ['information ']], resource.resourceType);
  }
  const { gender: _, ...other } = patient;
  assert.deepEqual(await check(other), [200, ['error Patient.gender']]);
  const { meta: _meta, ...unclaimed } = other;
  assert.deepEqual(await check(unclaimed), [200, ['information ']]);
  assert.deepEqual(await check(unclaimed, `?profile=${core('patient')}`), [200, ['error Patient.gender']]);
  const asked = [
    { name: 'resource', resource: unclaimed },
    { name: 'profile', valueUri: core('patient') },
  ];
  const { issue } = await server.send('POST', '/Patient/$validate', { resourceType: 'Parameters', parameter: asked });
  assert.match(issue, /^error required/);
  // What is claimed and not known is told; what is asked for and not known is an error.
  const claims = { ...unclaimed, meta: { profile: ['urn:other'] } };
  assert.deepEqual(await check(claims), [200, ['warning Patient.meta.profile[0]']]);
  assert.deepEqual(await check(unclaimed, '?profile=urn:other'), [422, ['error ']]);
});
