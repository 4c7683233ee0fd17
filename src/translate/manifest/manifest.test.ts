import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, Composition, ImagingStudy, ServiceRequest } from '@medplum/fhirtypes';
import { DataSet } from '../../dicom/dataset.ts';
import { readResource, writeResource } from '../../fhir/resource.ts';
import { bundleOfManifest } from './bundle-of-manifest.ts';
import { kosOfManifest } from './kos-of-manifest.ts';
import { listedInBundle } from './listed-in-bundle.ts';
import { listedInKos } from './listed-in-kos.ts';
import { listedUids, type Manifest } from './manifest.ts';

const from = { url: 'https://north.example.org/dicomweb', locationUid: '1.2.826.1' };
const issuer = { universalId: '1.2.3.4', universalIdType: 'ISO' };

const manifest: Manifest = {
  sopInstanceUid: '2.25.1',
  documentSeriesUid: '2.25.2',
  createdAt: new Date('2026-11-23T22:30:00Z'),
  offset: '+0200',
  manufacturer: 'Fascia',
  institution: 'St. Ypres',
  patientAndStudy: new DataSet()
    .set('PatientName', 'Müller^Jürgen')
    .set('PatientID', 'P1')
    .set('StudyDescription', 'CT <Thorax> & Herz')
    .set('OtherPatientIDsSequence', [new DataSet().set('PatientID', 'N7')]),
  orders: [{ accession: { number: 'A1', ...issuer }, placer: { number: 'PL1', ...issuer } }],
  procedures: [{ value: 'CTTHX', scheme: '99LOC', meaning: 'CT Thorax' }],
  regions: [{ value: '816094009', scheme: 'SCT', meaning: 'Chest' }],
  studyInstanceUid: '1.2.3',
  series: [
    {
      seriesInstanceUid: '1.2.3.1',
      from,
      attributes: new DataSet().set('Modality', 'XA').set('SeriesNumber', '4').set('SeriesDescription', 'Runde'),
      region: { value: '816094009', scheme: 'SCT', meaning: 'Chest' },
      instances: [
        {
          sopInstanceUid: '1.2.3.1.1',
          sopClassUid: '1.2.840.10008.5.1.4.1.1.12.1',
          valueType: 'IMAGE',
          number: 1,
          frames: 30,
        },
      ],
    },
    {
      seriesInstanceUid: '1.2.3.2',
      from,
      attributes: new DataSet().set('Modality', 'KO'),
      instances: [
        {
          sopInstanceUid: '1.2.3.2.1',
          sopClassUid: '1.2.840.10008.5.1.4.1.1.88.59',
          valueType: 'COMPOSITE',
          title: { value: '113000', scheme: 'DCM', meaning: 'Of Interest' },
          description: 'see the left main',
        },
      ],
    },
  ],
};

const study: ImagingStudy = {
  resourceType: 'ImagingStudy',
  id: '1-x',
  status: 'available',
  identifier: [{ system: 'urn:dicom:uid', value: 'urn:oid:1.2.3' }],
  modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'XA' }],
  subject: { reference: 'Patient/p' },
  started: '2026-11-23T10:00:00+02:00',
  numberOfSeries: 2,
  numberOfInstances: 2,
  description: 'CT <Thorax> & Herz',
  series: [
    { uid: '1.2.3.1', modality: { code: 'XA' }, numberOfInstances: 1 },
    { uid: '1.2.3.2', modality: { code: 'KO' }, numberOfInstances: 1 },
  ],
};

const patient = { resourceType: 'Patient' as const, id: 'p', identifier: [{ system: 'urn:oid:1.2.3.4', value: 'P1' }] };

/** Concept names and values of the content tree, parents before what is below. */
function* told(items: readonly DataSet[]): Generator<string> {
  for (const item of items) {
    const [name] = item.items('ConceptNameCodeSequence');
    const [code] = item.items('ConceptCodeSequence');
    const [measured] = item.items('MeasuredValueSequence');
    const value =
      item.text('TextValue') ?? item.text('UID') ?? code?.text('CodeValue') ?? measured?.text('NumericValue');
    if (name) yield [item.text('ValueType'), name.text('CodeMeaning'), value].filter(Boolean).join(' ');
    yield* told(item.items('ContentSequence'));
  }
}

test('both forms list what the manifest lists, and where it is', () => {
  const listed = [
    {
      studyInstanceUid: '1.2.3',
      series: manifest.series.map(({ seriesInstanceUid, instances }) => ({
        seriesInstanceUid,
        from,
        instances: instances.map(({ sopInstanceUid, sopClassUid }) => ({ sopInstanceUid, sopClassUid })),
      })),
    },
  ];
  for (const isDescribed of [true, false]) assert.deepEqual(listedInKos(kosOfManifest(manifest, isDescribed)), listed);
  const bundle = bundleOfManifest({ manifest, study, patient });
  assert.deepEqual(listedInBundle(bundle), listed);
  // Read, and so checked against R4.
  for (const format of ['json', 'xml'] as const) {
    assert.deepEqual(listedInBundle(readResource(writeResource(bundle, format), format) as Bundle), listed);
  }
});

test('IHE MADO 6.X.2.9: the Image Library describes series and instances, key object documents by title and words', () => {
  const document = kosOfManifest(manifest, true);
  const [title] = document.items('ConceptNameCodeSequence');
  assert.equal(title!.text('CodeMeaning'), 'Manifest with Description');
  assert.deepEqual(
    [...told(document.items('ContentSequence'))],
    [
      'CODE Procedure Code CTTHX',
      'CONTAINER Image Library',
      'CODE Modality KO',
      'CODE Modality XA',
      'CODE Target Region 816094009',
      'NUM Number of Study Related Series 2',
      'CONTAINER Image Library Group',
      'CODE Modality XA',
      'TEXT Series Description Runde',
      'TEXT Series Number 4',
      'CODE Target Region 816094009',
      'UIDREF Series Instance UID 1.2.3.1',
      'NUM Number of Series Related Instances 1',
      'TEXT Instance Number 1',
      'NUM Number of Frames 30',
      'CONTAINER Image Library Group',
      'CODE Modality KO',
      'UIDREF Series Instance UID 1.2.3.2',
      'NUM Number of Series Related Instances 1',
      'CODE Document Title 113000',
      'TEXT Key Object Description see the left main',
    ],
  );
});

test('IHE MADO: who, whose and what for, in the zone of the study', () => {
  const document = kosOfManifest(manifest, true);
  const [request] = document.items('ReferencedRequestSequence');
  assert.deepEqual(
    ['ContentDate', 'ContentTime', 'TimezoneOffsetFromUTC', 'InstitutionName', 'AccessionNumber', 'PatientName'].map(
      (keyword) => document.text(keyword),
    ),
    ['20261124', '003000', '+0200', 'St. Ypres', 'A1', 'Müller^Jürgen'],
  );
  assert.equal(request!.text('PlacerOrderNumberImagingServiceRequest'), 'PL1');
  assert.equal(request!.items('OrderPlacerIdentifierSequence')[0]!.text('UniversalEntityID'), '1.2.3.4');
  assert.equal(document.items('OtherPatientIDsSequence')[0]!.text('PatientID'), 'N7');
  const bundle = bundleOfManifest({ manifest, study, patient });
  const of = <R>(type: string): R =>
    bundle.entry!.find(({ resource }) => resource!.resourceType === type)!.resource as R;
  assert.deepEqual(
    of<ServiceRequest>('ServiceRequest').identifier!.map(({ system, value }) => `${system}|${value}`),
    ['urn:oid:1.2.3.4|A1', 'urn:oid:1.2.3.4|PL1'],
  );
  assert.match(of<Composition>('Composition').text!.div!, /CT &lt;Thorax&gt; &amp; Herz/);
  assert.deepEqual(listedUids(manifest), ['1.2.3.1.1', '1.2.3.2.1']);
});

test('what others write: an address that is none, an Endpoint within the study, an AE title of each instance', () => {
  const endpoint = (more: object) => ({
    resourceType: 'Endpoint',
    id: 'e',
    status: 'active',
    connectionType: { code: 'dicom-wado-rs' },
    payloadType: [],
    ...more,
  });
  const imagingStudy = (more: object) => ({
    ...study,
    ...more,
    series: [{ uid: '1.9', instance: [{ uid: '1.9.1' }] }],
  });
  const absent = {
    address: 'http://notspecified',
    _address: {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
    },
    extension: [
      {
        url: 'https://profiles.ihe.net/RAD/MADO/StructureDefinition/MadoRetrieveLocationUIDExtension',
        valueString: '1.7',
      },
    ],
  };
  const fromOf = (resources: object[]) =>
    listedInBundle({
      resourceType: 'Bundle',
      type: 'document',
      entry: resources.map((resource) => ({ resource })),
    } as Bundle)[0]!.series[0]!.from;
  assert.deepEqual(fromOf([imagingStudy({ endpoint: [{ reference: 'Endpoint/e' }] }), endpoint(absent)]), {
    locationUid: '1.7',
  });
  const contained = { contained: [endpoint({ address: 'https://x.example.org' })], endpoint: [{ reference: '#e' }] };
  assert.deepEqual(fromOf([imagingStudy(contained)]), { url: 'https://x.example.org' });
  assert.deepEqual(fromOf([imagingStudy({})]), {});

  const document = kosOfManifest(manifest, false);
  for (const series of document
    .items('CurrentRequestedProcedureEvidenceSequence')[0]!
    .items('ReferencedSeriesSequence')) {
    for (const keyword of ['RetrieveURL', 'RetrieveLocationUID']) series.delete(keyword);
    for (const reference of series.items('ReferencedSOPSequence')) reference.set('RetrieveAETitle', 'NORTH');
  }
  assert.deepEqual(listedInKos(document)[0]!.series[0]!.from, { aeTitle: 'NORTH' });
  document.items('ConceptNameCodeSequence')[0]!.set('CodeValue', '113000');
  assert.deepEqual(listedInKos(document), [], 'key images are no manifest');
});
