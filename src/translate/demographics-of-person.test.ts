import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoldenField, GoldenRecord } from '../identity/golden-record.ts';
import { demographicsOf } from './demographics-of-person.ts';

const field = (value: string): GoldenField => ({
  value,
  count: 1,
  timestamp: '2026-01-01T00:00:00Z',
  site: 'NORTH',
  medium: 'hl7',
  others: [],
});
const registered = (issuer: string, id: string) => ({ issuer, id, sites: [], firstSeen: '', lastSeen: '' });
const person = (fields: GoldenRecord['fields'], ...identifiers: GoldenRecord['identifiers']) => ({
  id: 'P1',
  record: { fields, identifiers },
});

test('PS3.3 C.7.1.1: the person’s own id in our domain, and the numbers of all registrations with their issuers', () => {
  const known = [registered('NORTH', '4711'), registered('1.2.3&ISO', 'S-77'), registered('', '9')];
  const { PatientID, IssuerOfPatientID, OtherPatientIDsSequence } = demographicsOf(person({}, ...known), 'OURS');
  assert.deepEqual([PatientID, IssuerOfPatientID], ['P1', 'OURS']);
  assert.deepEqual(OtherPatientIDsSequence, [
    { PatientID: '4711', IssuerOfPatientID: 'NORTH', TypeOfPatientID: 'TEXT' },
    {
      PatientID: 'S-77',
      TypeOfPatientID: 'TEXT',
      IssuerOfPatientIDQualifiersSequence: [{ UniversalEntityID: '1.2.3', UniversalEntityIDType: 'ISO' }],
    },
    { PatientID: '9', TypeOfPatientID: 'TEXT' },
  ]);
});

test('what is not known of a person, or is no value of DICOM, is not set: it stays as it came', () => {
  const unknown = demographicsOf(person({ birthDate: field('1961'), sex: field('U') }), 'OURS');
  for (const keyword of ['PatientName', 'PatientBirthDate', 'PatientSex', 'OtherPatientIDsSequence']) {
    assert.equal(keyword in unknown, false, keyword);
  }
  const known = demographicsOf(person({ birthDate: field('19610307'), sex: field('F'), name: field('Q^H') }), 'OURS');
  assert.deepEqual([known.PatientBirthDate, known.PatientSex, known.PatientName], ['19610307', 'F', 'Q^H']);
});
