import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Patient } from '@medplum/fhirtypes';
import fc from 'fast-check';
import type { JsonObject } from '../fhir/json.ts';
import { validate } from '../fhir/validate.ts';
import { fhirSystems } from './fhir-systems.ts';
import { sightedPatient } from './patient-sighting.ts';
import { identifiersOf, patientOfMergedPerson, patientOfPerson } from './person-patient.ts';

const systems = fhirSystems(
  new Map([
    ['SITEA', 'https://a.example.org/mrn'],
    ['1.2.3&ISO', 'http://hl7.org/fhir/sid/us-ssn'],
  ]),
);
const issues = (patient: Patient) => validate(patient as unknown as JsonObject);

test('ITI TF-2 E.3: an authority with an OID, a UUID or a URL has that as its system, and one that is configured has its own', () => {
  const cases: [string, string, string][] = [
    ['1.2.840.1&ISO', 'urn:oid:1.2.840.1', '1.2.840.1&ISO'],
    ['&1.2.840.1&ISO', 'urn:oid:1.2.840.1', '1.2.840.1&ISO'],
    ['HOSP&1.2.840.1&ISO', 'urn:oid:1.2.840.1', '1.2.840.1&ISO'],
    [
      '&C757873D-EC9A-4326-A141-556F43239520&UUID',
      'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
      'c757873d-ec9a-4326-a141-556f43239520&UUID',
    ],
    ['https://b.example.org/id&URI', 'https://b.example.org/id', 'https://b.example.org/id&URI'],
    ['SITEA', 'https://a.example.org/mrn', 'SITEA'],
    ['SITEA&9.9&ISO', 'https://a.example.org/mrn', 'SITEA'],
    ['1.2.3&ISO', 'http://hl7.org/fhir/sid/us-ssn', '1.2.3&ISO'],
    ['SITE B', 'urn:fascia:issuer:SITE%20B', 'SITE B'],
    ['lab&lab.example.org&DNS', 'urn:fascia:issuer:lab%26lab.example.org%26DNS', 'lab&lab.example.org&DNS'],
  ];
  for (const [issuer, system, back] of cases) {
    assert.equal(systems.systemOf(issuer), system, issuer);
    assert.equal(systems.issuerOf(system), back, issuer);
  }
  assert.equal(systems.systemOf(''), undefined);
});

test('law: a system comes back from its authority unchanged', () => {
  const system = fc.oneof(
    fc.webUrl(),
    fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
    fc.array(fc.nat(999), { minLength: 2, maxLength: 8 }).map((arcs) => `urn:oid:${arcs.join('.')}`),
  );
  fc.assert(fc.property(system, (each) => assert.equal(systems.systemOf(systems.issuerOf(each)), each)));
  const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => !text.includes('&'));
  fc.assert(fc.property(name, (each) => assert.equal(systems.issuerOf(systems.systemOf(each)!), each)));
});

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
    otherPatientIds: [
      { issuer: 'SITEA', id: 'a1' },
      { issuer: '2.16.756.5.30&ISO', id: '756.1' },
    ],
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
    issuer: 'urn:x&URI',
    patientId: '1',
    name: 'A B C D',
    birthDate: '1958',
  });
  const nameless = sightedPatient({ resourceType: 'Patient' }, { system: 'urn:x', value: '1' }, systems);
  assert.equal(nameless.name, '');
});

const person = {
  id: 'p1',
  version: '7',
  changedAt: '2026-11-23T03:06:00Z',
  registrations: [
    { issuer: 'SITEA', id: 'a1' },
    { issuer: '&1.2.840.1&ISO', id: 'r1' },
    { issuer: '1.2.840.1&ISO', id: 'r1' },
    { issuer: '', id: 'x' },
  ],
  name: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
  otherNames: ['Yamada^T'],
  birthName: 'Sato^Tarou',
  birthDate: '19580130',
  sex: 'M',
  address: '10 Main St, Bristol, 06049',
  phone: '555 0199',
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
  const { name, otherNames, birthName, birthDate, sex, address, phone } = person;
  assert.deepEqual(sighted, {
    issuer: '1.2.840.1&ISO',
    patientId: 'r1',
    otherPatientIds: [{ issuer: 'SITEA', id: 'a1' }],
    name,
    otherNames,
    birthName,
    birthDate,
    sex,
    address,
    phone,
  });
});

test('a person of whom little or nonsense is known is a valid Patient too', () => {
  const nothing = { id: 'p2', version: '1', changedAt: '2026-11-23T03:06:00Z', registrations: [] };
  assert.deepEqual(issues(patientOfPerson(nothing, systems)), []);
  for (const birthDate of ['', '00000000', '19580230', '19581301', 'unknown', '1958']) {
    const patient = patientOfPerson({ ...nothing, birthDate, sex: '?', name: '^' }, systems);
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
