import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { Authorities } from '../identity/authorities.ts';
import { sightingOfStudy } from './sighting-of-study.ts';

const authorities = new Authorities([
  { name: 'NORTH', universalId: '1.2.840.99999.1', universalIdType: 'ISO', sources: ['CT1'] },
]);
const base = { id: 'study:7', source: 'CT1', timestamp: '2026-01-02T03:04:05Z' };

const qualifiers = (universal: string, code?: string) => {
  const item = new DataSet().set('UniversalEntityID', universal).set('UniversalEntityIDType', 'ISO');
  return code === undefined ? item : item.set('IdentifierTypeCode', code);
};

test('a study says who its patient is, with every name and number of the patient module', () => {
  const dataset = new DataSet()
    .set('PatientName', 'Müller^Änne=繆^安=みゅらー^あんね')
    .set('PatientID', ' 4711 ')
    .set('IssuerOfPatientID', 'whatever')
    .set('IssuerOfPatientIDQualifiersSequence', [qualifiers('1.2.840.99999.1')])
    .set('PatientBirthDate', '19700102')
    .set('PatientSex', 'F')
    .set('OtherPatientNames', ['Schmidt^Änne', 'Mueller^Anne'])
    .set('PatientBirthName', 'Schmidt')
    .set('PatientTelephoneNumbers', '+49 30 1')
    .set('OtherPatientIDsSequence', [
      new DataSet().set('PatientID', 'S-9').set('IssuerOfPatientID', 'SOUTH'),
      new DataSet().set('PatientID', 'A123').set('IssuerOfPatientIDQualifiersSequence', [qualifiers('2.16.1', 'NI')]),
      new DataSet().set('IssuerOfPatientID', 'without an id'),
    ]);
  assert.deepEqual(sightingOfStudy({ ...base, dataset }, authorities), {
    id: 'study:7',
    site: 'CT1',
    issuer: 'NORTH',
    patientId: '4711',
    otherPatientIds: [{ issuer: 'SOUTH', id: 'S-9' }],
    name: 'Müller^Änne=繆^安=みゅらー^あんね',
    otherNames: ['Schmidt^Änne', 'Mueller^Anne'],
    birthName: 'Schmidt',
    birthDate: '19700102',
    sex: 'F',
    phone: '+49 30 1',
    nationalId: 'A123',
    timestamp: base.timestamp,
    medium: 'dicom',
  });
});

test('a modality that names no authority means that of its connection, and one that nobody knows means none', () => {
  const dataset = new DataSet().set('PatientID', '4711');
  assert.equal(sightingOfStudy({ ...base, dataset }, authorities).issuer, 'NORTH');
  assert.equal(sightingOfStudy({ ...base, dataset, source: 'MR9' }, authorities).issuer, '');
});
