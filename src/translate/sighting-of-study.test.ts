import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { sightingOfStudy } from './sighting-of-study.ts';

const base = { id: 'study:7', source: 'CT1', timestamp: '2026-01-02T03:04:05Z' };

const qualifiers = (universal: string, code?: string) => {
  const item = new DataSet().set('UniversalEntityID', universal).set('UniversalEntityIDType', 'ISO');
  return code === undefined ? item : item.set('IdentifierTypeCode', code);
};

test('a study says who its patient is, with every name and number of the patient module', () => {
  const dataset = new DataSet()
    .set('PatientName', 'Müller^Änne=繆^安=みゅらー^あんね')
    .set('PatientID', ' 4711 ')
    .set('IssuerOfPatientID', 'NORTH')
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
  assert.deepEqual(sightingOfStudy({ ...base, dataset }), {
    id: 'study:7',
    site: 'CT1',
    issuer: 'NORTH&1.2.840.99999.1&ISO',
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

test('a modality that names no authority says none', () => {
  const dataset = new DataSet().set('PatientID', '4711');
  assert.equal(sightingOfStudy({ ...base, dataset }).issuer, '');
  assert.equal(sightingOfStudy({ ...base, dataset: dataset.set('IssuerOfPatientID', 'NORTH') }).issuer, 'NORTH');
});
