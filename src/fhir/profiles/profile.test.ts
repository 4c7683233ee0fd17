import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../json.ts';
import { validateProfile } from './profile.ts';
import { profileNamed, profilesOf } from './profiles.ts';

const core = (name: string): string => `http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`;

/** `code expression` of what is wrong. */
const wrong = (resource: JsonObject, canonical: string): string[] =>
  validateProfile(resource, profileNamed(canonical)!).map(({ code, expression }) => `${code} ${expression}`);

const patient = (more: JsonObject = {}): JsonObject => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:oid:1.2.3', value: '1' }],
  name: [{ family: 'Quimbley' }],
  gender: 'female',
  ...more,
});

test('US Core Patient: identifier with system and value, name, gender; contacts that say what they are', () => {
  assert.deepEqual(wrong(patient(), core('patient')), []);
  assert.deepEqual(wrong({ resourceType: 'Patient' }, core('patient')), [
    'required Patient.identifier',
    'required Patient.name',
    'required Patient.gender',
  ]);
  const half = patient({ identifier: [{ value: '1' }, { system: 'urn:oid:1' }], telecom: [{ value: '555' }] });
  assert.deepEqual(wrong(half, core('patient')), [
    'required Patient.identifier[0].system',
    'required Patient.identifier[1].value',
    'required Patient.telecom[0].system',
  ]);
});

test('US Core Patient, us-core-6: a name is said, or why it is not, and never both', () => {
  const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }];
  assert.deepEqual(wrong(patient({ name: [{ text: 'x' }] }), core('patient')), ['invariant Patient.name[0]']);
  assert.deepEqual(wrong(patient({ name: [{ extension }] }), core('patient')), []);
  assert.deepEqual(wrong(patient({ name: [{ family: 'x', extension }] }), core('patient')), [
    'invariant Patient.name[0]',
  ]);
});

test('US Core Patient: race and ethnicity have their text, and categories of their value sets', () => {
  const race = (code: string, ...more: JsonObject[]): JsonObject => ({
    url: core('race'),
    extension: [{ url: 'ombCategory', valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code } }, ...more],
  });
  const text = { url: 'text', valueString: 'Asian' };
  assert.deepEqual(wrong(patient({ extension: [race('2028-9', text)] }), core('patient')), []);
  assert.deepEqual(wrong(patient({ extension: [race('2186-5')] }), core('patient')), [
    'code-invalid Patient.extension[0].extension[0]',
    `required Patient.extension[0].extension('text')`,
  ]);
  const birthSex = patient({ extension: [{ url: core('birthsex'), valueCode: 'X' }] });
  assert.deepEqual(wrong(birthSex, core('patient')), ['code-invalid Patient.extension[0]']);
});

test('US Core DiagnosticReport note exchange: category, whose it is, and of when where it is reported', () => {
  const report = {
    resourceType: 'DiagnosticReport',
    status: 'final',
    category: [{ coding: [{ system: 'http://loinc.org', code: 'LP29684-5' }] }],
    code: { text: 'CT' },
    subject: { reference: 'Patient/1' },
    effectiveDateTime: '2026-01-15',
  };
  const { effectiveDateTime: _, ...undated } = report;
  const { category: _category, ...unsorted } = report;
  assert.deepEqual(wrong(report, core('diagnosticreport-note')), []);
  assert.deepEqual(wrong(undated, core('diagnosticreport-note')), ['invariant DiagnosticReport']);
  assert.deepEqual(wrong({ ...undated, status: 'registered' }, core('diagnosticreport-note')), []);
  assert.deepEqual(wrong(unsorted, core('diagnosticreport-note')), ['required DiagnosticReport.category']);
  assert.deepEqual(wrong({ ...report, subject: { reference: 'Group/1' } }, core('diagnosticreport-note')), [
    'value DiagnosticReport.subject',
  ]);
});

test('US Core DocumentReference: an attachment has its type and its content, or where that is', () => {
  const document = (attachment: JsonObject): JsonObject => ({
    resourceType: 'DocumentReference',
    status: 'current',
    type: { coding: [{ system: 'http://loinc.org', code: '18748-4' }] },
    category: [{ coding: [{ code: 'clinical-note' }] }],
    subject: { reference: 'https://other.example.org/fhir/Patient/1' },
    content: [{ attachment }],
  });
  assert.deepEqual(wrong(document({ contentType: 'application/pdf', url: 'Binary/1' }), core('documentreference')), []);
  assert.deepEqual(wrong(document({ contentType: 'application/pdf' }), `${core('documentreference')}|6.1.0`), [
    'invariant DocumentReference.content[0].attachment',
  ]);
  assert.deepEqual(wrong(document({ data: 'eA==' }), core('documentreference')), [
    'required DocumentReference.content[0].attachment.contentType',
  ]);
});

test('a resource of another type is none of the profile; each type says which profiles it has', () => {
  assert.deepEqual(wrong({ resourceType: 'Observation' }, core('patient')), ['structure Patient']);
  assert.deepEqual(profilesOf('Patient'), [core('patient')]);
  assert.equal(profilesOf('DocumentReference').length, 2);
  assert.deepEqual(profilesOf('Observation'), []);
});
