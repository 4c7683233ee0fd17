import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Patient } from '@medplum/fhirtypes';
import type { JsonObject } from '../fhir/json.ts';
import { validate } from '../fhir/validate.ts';
import type { IdentifierSystems } from './identifier-systems.ts';
import { identifiersOf, type PersonRecord, patientOfMergedPerson, patientOfPerson } from './patient-of-person.ts';
import { sightedPatient } from './sighting-of-patient.ts';

/** Authorities with an OID, and one that has a system of its own. */
const systems: IdentifierSystems = {
  issuerOfSystem: (system) =>
    system === 'https://a.example.org/mrn' ? 'SITEA' : system.replace(/^urn:oid:(.+)$/, '$1&ISO'),
  systemOf: (issuer) => (issuer === 'SITEA' ? 'https://a.example.org/mrn' : issuer.replace(/^(.+)&ISO$/, 'urn:oid:$1')),
};
const issues = (patient: Patient) => validate(patient as unknown as JsonObject);

const alice: Patient = {
  resourceType: 'Patient',
  identifier: [
    { system: 'urn:oid:1.2.840.1', value: 'r1' },
    { system: 'https://a.example.org/mrn', value: 'a1' },
    { type: { coding: [{ code: 'NI' }] }, system: 'urn:oid:2.16.756.5.30', value: '756.1' },
    { value: 'nobody knows whose' },
  ],
  name: [
    { use: 'maiden', family: 'Maiden', given: ['Alice'] },
    { use: 'nickname', given: ['Ally'] },
    { use: 'official', family: 'Mohr', given: ['Alice', 'Beth', 'Ann'], prefix: ['Dr.'], suffix: ['III'] },
  ],
  gender: 'female',
  birthDate: '1958-01-30',
  address: [
    { use: 'work', line: ['1 Office'] },
    { use: 'home', line: ['10 Main St', 'Apt 2'], city: 'Bristol', postalCode: '06049', country: 'US' },
  ],
  telecom: [
    { system: 'email', value: 'a@example.org' },
    { system: 'phone', use: 'mobile', value: '555 0199' },
  ],
};

test('a Patient is sighted under its registration, with its other identifiers, names and contacts', () => {
  assert.deepEqual(sightedPatient(alice, { system: 'urn:oid:1.2.840.1', value: 'r1' }, systems), {
    issuer: '1.2.840.1&ISO',
    patientId: 'r1',
    otherPatientIds: [{ issuer: 'SITEA', id: 'a1' }],
    name: 'Mohr^Alice^Beth Ann^Dr.^III',
    otherNames: ['^Ally'],
    birthName: 'Maiden^Alice',
    birthDate: '19580130',
    sex: 'F',
    address: '10 Main St Apt 2, Bristol, 06049',
    phone: '555 0199',
    nationalId: '756.1',
  });
});

test('what a Patient does not say is not sighted; the delimiters of DICOM are no part of a name', () => {
  const bare: Patient = {
    resourceType: 'Patient',
    gender: 'unknown',
    name: [{ family: 'A^B=C\\D' }],
    birthDate: '1958',
  };
  assert.deepEqual(sightedPatient(bare, { system: 'urn:x', value: '1' }, systems), {
    issuer: 'urn:x',
    patientId: '1',
    name: 'A B C D',
    birthDate: '1958',
  });
  const nameless = sightedPatient({ resourceType: 'Patient' }, { system: 'urn:x', value: '1' }, systems);
  assert.equal(nameless.name, '');
});

const person: PersonRecord = {
  id: 'p1',
  version: '7',
  changedAt: '2026-11-23T03:06:00Z',
  identifiers: [
    { issuer: 'SITEA', id: 'a1' },
    { issuer: '1.2.840.1&ISO', id: 'r1' },
    { issuer: '1.2.840.1&ISO', id: 'r1' },
    { issuer: '', id: 'x' },
  ],
  fields: {
    name: { value: 'Yamada^Tarou=山田^太郎=やまだ^たろう', others: [{ value: 'Yamada^T' }] },
    birthName: { value: 'Sato^Tarou' },
    birthDate: { value: '19580130', others: [{ value: '19580131' }] },
    sex: { value: 'M' },
    address: { value: '10 Main St, Bristol, 06049', others: [{ value: '1 Old Rd' }] },
    phone: { value: '555 0199' },
  },
};

test('a person is a Patient with every identifier once, and every group of its name', () => {
  const patient = patientOfPerson(person, systems);
  assert.deepEqual(issues(patient), []);
  assert.deepEqual(patient.identifier, [
    { system: 'https://a.example.org/mrn', value: 'a1' },
    { system: 'urn:oid:1.2.840.1', value: 'r1' },
    { value: 'x' },
  ]);
  assert.deepEqual(
    patient.name?.map(({ use, family, given }) => `${use} ${family} ${given}`),
    ['official Yamada Tarou', 'official 山田 太郎', 'official やまだ たろう', 'old Yamada T', 'maiden Sato Tarou'],
  );
  assert.equal(patient.birthDate, '1958-01-30');
  const sighted = sightedPatient(patient, { system: 'urn:oid:1.2.840.1', value: 'r1' }, systems);
  assert.deepEqual(sighted, {
    issuer: '1.2.840.1&ISO',
    patientId: 'r1',
    otherPatientIds: [{ issuer: 'SITEA', id: 'a1' }],
    name: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
    otherNames: ['Yamada^T'],
    birthName: 'Sato^Tarou',
    birthDate: '19580130',
    sex: 'M',
    address: '10 Main St, Bristol, 06049',
    phone: '555 0199',
  });
});

test('a person of whom little or nonsense is known is a valid Patient too', () => {
  const nothing = { id: 'p2', version: '1', changedAt: '2026-11-23T03:06:00Z', identifiers: [], fields: {} };
  assert.deepEqual(issues(patientOfPerson(nothing, systems)), []);
  for (const birthDate of ['', '00000000', '19580230', '19581301', 'unknown', '1958']) {
    const patient = patientOfPerson(
      { ...nothing, fields: { birthDate: { value: birthDate }, sex: { value: '?' }, name: { value: '^' } } },
      systems,
    );
    assert.deepEqual(issues(patient), [], birthDate);
    assert.equal(patient.birthDate, birthDate === '1958' ? '1958' : undefined);
  }
  assert.deepEqual(identifiersOf(nothing, systems), []);
});

test('R4 patient.html#links: a person that was merged names its survivor', () => {
  const merged = patientOfMergedPerson(person, 'p9');
  assert.deepEqual(issues(merged), []);
  assert.equal(merged.active, false);
  assert.deepEqual(merged.link, [{ other: { reference: 'Patient/p9' }, type: 'replaced-by' }]);
  assert.equal(merged.name, undefined);
});
