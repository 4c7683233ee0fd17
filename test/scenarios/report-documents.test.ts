// A whole node that is sent documents: a report as a document Bundle of FHIR, a CDA within DICOM, and what algorithms made (IHE AIR).

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bundle, DiagnosticReport, DocumentReference, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { concatenated } from '../../src/dicom/bytes.ts';
import { DataSet, type NewValue } from '../../src/dicom/dataset.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';
import { reportOfSr } from '../../src/translate/report/report-of-sr.ts';
import { stow } from '../support/dicomweb.ts';
import { makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

const NORTH = 'urn:fascia:namespace:NORTH';
const PATIENT = { PatientID: 'R-7', IssuerOfPatientID: 'NORTH', PatientName: 'Doe^Jane' };

const start = (t: TestContext): Promise<NodeProcess> =>
  startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });

async function ask<R extends Resource>({ url }: NodeProcess, path: string, body?: object) {
  const answer = await fetch(`${url}/fhir/R4${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'Content-Type': 'application/fhir+json' },
  });
  return { status: answer.status, location: answer.headers.get('location'), resource: (await answer.json()) as R };
}

/** What a search finds and brings along, once `isThere`. */
async function foundOnce(node: NodeProcess, path: string, isThere: (all: Resource[]) => boolean): Promise<Resource[]> {
  for (;;) {
    const { entry = [] } = (await ask<Bundle>(node, path)).resource;
    const all = entry.map(({ resource }) => resource!);
    if (isThere(all)) return all;
    // Reading is announced to nobody outside the node.
    await pause(50);
  }
}

/** Part 10 of an instance of this study. */
function instance(study: string, sopClassUid: string, attributes: Record<string, NewValue>): Uint8Array {
  const sopInstanceUid = `${study}.9.${sopClassUid.replaceAll('.', '').slice(-6)}`;
  const dataset = new DataSet();
  const all = {
    ...PATIENT,
    SOPClassUID: sopClassUid,
    SOPInstanceUID: sopInstanceUid,
    StudyInstanceUID: study,
    SeriesInstanceUID: `${sopInstanceUid}.1`,
    InstanceNumber: 1,
    ...attributes,
  };
  for (const [keyword, value] of Object.entries(all)) dataset.set(keyword, value);
  const meta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
  return concatenated([meta, ...writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)]);
}

const section = (code: string, text: string) => ({
  title: code,
  code: { coding: [{ system: 'http://loinc.org', code }] },
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>` },
});

const document = (study: string, status: string, impression: string, at: string) => ({
  resourceType: 'Bundle',
  type: 'document',
  identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${status}` },
  timestamp: at,
  entry: [
    {
      fullUrl: 'urn:uuid:c',
      resource: {
        resourceType: 'Composition',
        status,
        identifier: { system: 'urn:oid:2.999.1', value: 'R-9' },
        type: { coding: [{ system: 'http://loinc.org', code: '85430-7' }] },
        subject: { reference: 'urn:uuid:p' },
        date: at,
        title: 'CT',
        author: [{ display: 'Anna Bos' }],
        section: [section('59776-5', 'Geen &#x26; niets.'), section('19005-8', impression)],
      },
    },
    {
      fullUrl: 'urn:uuid:p',
      resource: {
        resourceType: 'Patient',
        identifier: [{ system: NORTH, value: 'R-7' }],
        name: [{ family: 'Doe', given: ['Jane'] }],
      },
    },
    {
      fullUrl: 'urn:uuid:s',
      resource: {
        resourceType: 'ImagingStudy',
        status: 'available',
        subject: { reference: 'urn:uuid:p' },
        identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${study}` }],
      },
    },
  ],
});

test('HL7 Europe imaging report: a document is a report of its study and person, each later one its next version, and out again the same', async (t) => {
  const node = await start(t);
  const [image] = makeStudy(1, 1, { attributes: PATIENT });
  const { studyInstanceUid } = image!;
  await stow(node.url, [image!.file]);
  const early = document(studyInstanceUid, 'preliminary', 'Normaal.', '2026-11-22T10:00:00Z');
  const first = await ask<DiagnosticReport>(node, '/', early);
  assert.deepEqual([first.status, first.resource.status], [201, 'preliminary']);
  assert.match(first.location!, /\/DiagnosticReport\/.+\/_history\/1$/);
  assert.equal(
    (await ask<DiagnosticReport>(node, '/', early)).resource.meta!.versionId,
    '1',
    'the same again is no version',
  );
  const late = document(studyInstanceUid, 'final', 'Normaal beeld.', '2026-11-22T11:00:00Z');
  const second = await ask<DiagnosticReport>(node, '/', late);
  const { id, status, meta, subject, imagingStudy } = second.resource;
  assert.deepEqual([id, status, meta!.versionId], [first.resource.id, 'final', '2']);
  const [study] = await foundOnce(
    node,
    `/ImagingStudy?identifier=urn:oid:${studyInstanceUid}`,
    (all) => all.length === 1,
  );
  assert.equal(imagingStudy![0]!.reference, `ImagingStudy/${study!.id}`);
  assert.deepEqual(
    (study as { subject?: unknown } & Resource as never as DiagnosticReport).subject!.reference,
    subject!.reference,
  );
  // What it came as is there, as it came.
  const { resource: kept } = await ask<Bundle>(node, `/${meta!.source}`);
  assert.equal((kept.entry![0]!.resource as { title?: string }).title, 'CT');
  // And in the study, for whoever asks in DICOM.
  const sr = await fetch(`${node.url}/fhir/R4/DiagnosticReport/${id}/$render?form=sr`);
  const report = reportOfSr(readDicom(new Uint8Array(await sr.arrayBuffer())).dataset);
  assert.deepEqual(
    [report.status, report.sections.map(({ kind, text }) => [kind, text])],
    [
      'final',
      [
        ['findings', 'Geen & niets.'],
        ['impression', 'Normaal beeld.'],
      ],
    ],
  );
  // Out, and into another hospital: the same report.
  const other = await start(t);
  const { resource: out } = await ask<Bundle>(node, `/DiagnosticReport/${id}/$render?form=document`);
  const there = await ask<DiagnosticReport>(other, '/', out);
  assert.deepEqual([there.status, there.resource.status], [201, 'final']);
  const text = async (at: NodeProcess, which: string) =>
    (await fetch(`${at.url}/fhir/R4/DiagnosticReport/${which}/$render?form=text`)).text();
  assert.equal(await text(other, there.resource.id!), await text(node, id!));
  const nobody = { ...early, entry: early.entry.slice(0, 1) };
  const refused = await ask<OperationOutcome>(node, '/', nobody);
  assert.deepEqual([refused.status, refused.resource.issue![0]!.code], [422, 'business-rule']);
});

const cda = (impression: string, related = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3">
  <id root="2.999.5.${impression.length}"/><code code="18748-4" codeSystem="2.16.840.1.113883.6.1"/>
  <effectiveTime value="2026112${impression.length % 10}100000+0000"/><languageCode code="en-US"/>
  <setId root="2.999.5" extension="SET-1"/>
  <legalAuthenticator><time value="2026112${impression.length % 10}110000+0000"/><signatureCode code="S"/><assignedEntity><id root="2.999.6" extension="33"/>
  <assignedPerson><name><prefix>Dr</prefix><given>Robin</given><family>Reader</family></name></assignedPerson></assignedEntity></legalAuthenticator>${related}
  <component><structuredBody><component><section><code code="59776-5" codeSystem="2.16.840.1.113883.6.1"/><title>Findings</title>
  <text><paragraph>No <content>fracture</content>.</paragraph></text></section></component><component><section><title>Impression</title>
  <text>${impression}</text></section></component></structuredBody></component></ClinicalDocument>`;

test('PS3.20: a CDA within DICOM is a report with its sections, and stays a document; one that replaces it is its next version', async (t) => {
  const node = await start(t);
  const [image] = makeStudy(1, 1, { attributes: PATIENT });
  const study = image!.studyInstanceUid;
  await stow(node.url, [image!.file]);
  const encapsulated = (name: string, source: string) => {
    const bytes = Buffer.from(source);
    return instance(study, '1.2.840.10008.5.1.4.1.1.104.2', {
      SOPInstanceUID: `${study}.8.${name}`,
      SeriesInstanceUID: `${study}.7.${name}`,
      Modality: 'DOC',
      MIMETypeOfEncapsulatedDocument: 'text/xml',
      EncapsulatedDocument: bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(0)]),
    });
  };
  await stow(node.url, [encapsulated('1', cda('Nil.'))]);
  const ofStudy = (status: string) => (all: Resource[]) =>
    all.some((each) => (each as DiagnosticReport).status === status);
  const [first] = await foundOnce(node, '/DiagnosticReport', ofStudy('final'));
  const said = async () => (await fetch(`${node.url}/fhir/R4/DiagnosticReport/${first!.id}/$render?form=text`)).text();
  assert.match(await said(), /No fracture\.[\s\S]*Nil\./);
  await stow(node.url, [
    encapsulated('2', cda('Healed.', '<relatedDocument typeCode="RPLC"><parentDocument/></relatedDocument>')),
  ]);
  const [second, ...none] = await foundOnce(node, '/DiagnosticReport', ofStudy('corrected'));
  assert.deepEqual([second!.id, second!.meta!.versionId, none.length], [first!.id, '2', 0]);
  assert.match(await said(), /Healed\./);
  const documents = await foundOnce(node, '/DocumentReference', (all) => all.length === 2);
  assert.equal((documents[0] as DocumentReference).type!.text, 'Encapsulated CDA');
});

test('IHE AIR: segmentations, presentation states and documents of algorithms are found beside the reports of study and person', async (t) => {
  const node = await start(t);
  const [image] = makeStudy(1, 1, { attributes: PATIENT });
  const study = image!.studyInstanceUid;
  const made = [
    instance(study, '1.2.840.10008.5.1.4.1.1.66.4', {
      Modality: 'SEG',
      ContentLabel: 'NODULES',
      ContentDescription: 'Lung nodules',
      Manufacturer: 'Algorithm',
      Rows: 8,
      Columns: 8,
      NumberOfFrames: 1,
      SamplesPerPixel: 1,
      BitsAllocated: 1,
      BitsStored: 1,
      HighBit: 0,
      PixelRepresentation: 0,
      PhotometricInterpretation: 'MONOCHROME2',
      PixelData: new Uint8Array(8),
    }),
    instance(study, '1.2.840.10008.5.1.4.1.1.11.1', { Modality: 'PR', ContentLabel: 'MARKED' }),
    instance(study, '1.2.840.10008.5.1.4.1.1.104.1', {
      Modality: 'DOC',
      DocumentTitle: 'Nodule summary',
      MIMETypeOfEncapsulatedDocument: 'application/pdf',
      EncapsulatedDocument: Buffer.from('%PDF-1.4 '),
    }),
  ];
  await stow(node.url, [image!.file, ...made]);
  const all =
    '_revinclude=DocumentReference:related&_revinclude=DiagnosticReport:study&_revinclude=Observation:derived-from';
  const asked = `/ImagingStudy?identifier=urn:oid:${study}&${all}`;
  const [found, ...beside] = await foundOnce(node, asked, (each) => each.length === 4);
  const { subject } = found as unknown as { subject: { reference: string } };
  const documents = beside as DocumentReference[];
  assert.deepEqual(documents.map(({ description }) => description).sort(), [
    'Grayscale Softcopy Presentation State',
    'Lung nodules',
    'Nodule summary',
  ]);
  for (const { subject: whose, context, content } of documents) {
    assert.deepEqual(
      [whose!.reference, context!.related![0]!.reference],
      [subject.reference, `ImagingStudy/${found!.id}`],
    );
    const retrieved = await fetch(`${node.url}${content![0]!.attachment!.url}`, {
      headers: { Accept: 'application/dicom' },
    });
    assert.equal(retrieved.status, 200);
  }
  await foundOnce(node, `/DocumentReference?patient=${subject.reference}`, (each) => each.length === 3);
});
