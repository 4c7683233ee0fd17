import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImagingStudy } from '@medplum/fhirtypes';
import { all, one, readXml, type Xml } from '../../../test/support/soap-peer.ts';
import { DataSet } from '../../dicom/dataset.ts';
import type { Manifest } from './manifest.ts';
import { oidOf, submitObjects, usualCodes, type XdsSubmission } from './xds-submission.ts';

const number = { number: 'N^1', universalId: '1.2.3', universalIdType: 'ISO' };

const manifest: Manifest = {
  ...{ sopInstanceUid: '2.25.1', documentSeriesUid: '2.25.2', studyInstanceUid: '1.2.3.4' },
  ...{ createdAt: new Date('2026-11-23T22:30:00Z'), offset: '+0200', manufacturer: 'Fascia' },
  institution: 'St. Ypres & Sons | North',
  patientAndStudy: new DataSet().set('PatientName', 'O"Hara^Ann|e^^^=阿^安').set('PatientBirthDate', '19610307'),
  orders: [{ accession: { ...number, number: 'A1' }, placer: { ...number, number: 'P1', universalIdType: 'URI' } }],
  procedures: [{ value: 'CTTHX', scheme: '99LOC', meaning: 'CT <Thorax>' }],
  regions: [{ value: '816094009', scheme: 'SCT', meaning: 'Chest' }],
  series: [],
};
const study: ImagingStudy = {
  ...{ resourceType: 'ImagingStudy', status: 'available', subject: {}, started: '2026-11-23T10:00:00+02:00' },
  modality: [{ code: 'XA' }],
};
const submission: XdsSubmission = {
  ...{ manifest, study, patientId: number, codes: usualCodes, language: 'en', sizeBytes: 10, hash: 'ab' },
  ...{ entryUuid: 'urn:uuid:1', uniqueId: '2.25.3', sourceId: '2.25.4', at: new Date('2026-11-24T01:02:03.9Z') },
};

const slot = (xml: Xml, name: string): string[] | undefined => {
  const found = xml.children.find((child) => child.attributes.name === name);
  return found && all(found, 'Value').map(({ text }) => text);
};

const entryOf = (told: Partial<XdsSubmission> = {}): Xml =>
  one(readXml(submitObjects({ ...submission, ...told })), 'ExtrinsicObject');

test('ITI TF-3 4.2.3.1.7: times are UTC, and delimiters of HL7 are written so that they end nothing', () => {
  const entry = entryOf({ sourcePatientId: number });
  assert.deepEqual(slot(entry, 'creationTime'), ['20261123223000']);
  assert.deepEqual(slot(entry, 'serviceStartTime'), ['20261123080000']);
  assert.deepEqual(slot(entry, 'sourcePatientId'), ['N\\S\\1^^^&1.2.3&ISO']);
  assert.equal(slot(entry, 'sourcePatientInfo')![1], 'PID-5|O"Hara^Ann\\F\\e^^^');
  const author = all(entry, 'Classification').find((each) => slot(each, 'authorInstitution'));
  assert.deepEqual(slot(author!, 'authorInstitution'), ['St. Ypres \\T\\ Sons \\F\\ North']);
});

test('an assigning authority that has no OID is not said; a UUID has one (ITU-T X.667)', () => {
  const references = slot(entryOf(), 'urn:ihe:iti:xds:2013:referenceIdList');
  assert.deepEqual(references, [
    'A1^^^&1.2.3&ISO^urn:ihe:iti:xds:2013:accession',
    'P1^^^^urn:ihe:iti:xds:2013:order',
    '1.2.3.4^^^^urn:ihe:iti:xds:2016:studyInstanceUID',
  ]);
  const uuid = { universalId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', universalIdType: 'UUID' };
  assert.equal(oidOf(uuid), '2.25.329800735698586629295641978511506172918');
  const elsewhere = { number: 'N1', universalId: 'urn:here', universalIdType: 'URI' };
  assert.equal(slot(entryOf({ sourcePatientId: elsewhere }), 'sourcePatientId'), undefined);
});

test('typeCode is the procedure of the study where the domain says none, else the class', () => {
  const typeOf = (told: Partial<XdsSubmission>) =>
    all(entryOf(told), 'Classification').find(
      ({ attributes }) => attributes.classificationScheme === 'urn:uuid:f0306f51-975f-434e-a61c-c59651d33983',
    )!.attributes.nodeRepresentation;
  assert.equal(typeOf({}), 'CTTHX');
  assert.equal(typeOf({ manifest: { ...manifest, procedures: [] } }), '18748-4');
  assert.equal(typeOf({ codes: { ...usualCodes, type: { code: 'T', scheme: '1.2', display: 'T' } } }), 'T');
});

test('the ids within a submission differ, and every association leads to something', () => {
  const objects = readXml(submitObjects({ ...submission, replaces: 'urn:uuid:0' }));
  const ids = idsIn(objects);
  assert.equal(new Set(ids).size, ids.length);
  for (const { attributes } of all(objects, 'Association')) {
    assert.ok(ids.includes(attributes.sourceObject!));
    assert.ok([...ids, 'urn:uuid:0'].includes(attributes.targetObject!));
  }
  assert.equal(all(objects, 'Association').length, 2);
});

const idsIn = ({ attributes, children }: Xml): string[] => [
  ...(attributes.id === undefined ? [] : [attributes.id]),
  ...children.flatMap(idsIn),
];
