// Pictures and documents that an application writes as DocumentReference and Media are images too, where that is configured: of
// the patient by identity, of the order and encounter that they name. What cannot be one is told, and lost nowhere.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentReference, Media, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { tinyPng } from '../../src/translate/testing/files.ts';
import { call } from '../support/delivery.ts';
import { getJson, value } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

const start = (t: TestContext, documents: string, data?: string): Promise<NodeProcess> =>
  startNodeProcess((cleanUp) => t.after(cleanUp), {
    ...(data && { data }),
    environment: { ...openDoors, FASCIA_DOCUMENTS: documents },
  });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

async function written<R extends Resource>(node: NodeProcess, resource: R): Promise<R & { id: string }> {
  const answer = await fetch(`${node.url}/fhir/R4/${resource.resourceType}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()) as R & { id: string };
}

const read = async <R>(node: NodeProcess, path: string): Promise<R> =>
  (await (await fetch(`${node.url}/fhir/R4/${path}`)).json()) as R;

interface Row {
  resource: string;
  state: string;
  studyInstanceUid: string;
  sopInstanceUids: string[];
  outcome: OperationOutcome | null;
}

async function documentsOnce(node: NodeProcess, count: number): Promise<Map<string, Row>> {
  for (;;) {
    const rows = (await (await call(node, 'GET', '/documents')).json()) as Row[];
    if (rows.length >= count) return new Map(rows.map((row) => [row.resource, row]));
    // What becomes of them is announced to nobody outside.
    await pause(50);
  }
}

const patient = {
  resourceType: 'Patient',
  identifier: [{ system: 'urn:oid:1.2.3', value: '7' }],
  name: [{ family: 'Wound', given: ['Wanda'] }],
  birthDate: '1970-02-03',
  gender: 'female',
} as const;

const reference = (type: string, { id }: { id: string }) => ({ reference: `${type}/${id}` });

test('what an application attaches becomes instances of its patient, order and encounter, once, and is named by them', async (t) => {
  const data = emptyFolder((cleanUp) => t.after(cleanUp));
  let node = await start(t, 'instances', data);
  const subject = reference('Patient', await written(node, patient as never));
  const order = await written(node, {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    subject,
    identifier: [{ type: { coding: [{ code: 'ACSN' }] }, value: 'A1' }],
    code: { text: 'XC Wound of the leg' },
  } as never);
  const encounter = await written(node, {
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { code: 'AMB' },
    identifier: [{ value: 'V1' }],
    subject,
  } as never);
  const binary = await written(node, {
    resourceType: 'Binary',
    contentType: 'application/pdf',
    data: base64(new TextEncoder().encode('%PDF-1.7')),
  });
  const report: DocumentReference = {
    resourceType: 'DocumentReference',
    status: 'current',
    subject,
    description: 'Letter',
    content: [
      { attachment: { contentType: 'application/pdf', url: `Binary/${binary.id}`, title: 'Letter of the GP' } },
    ],
    context: { encounter: [reference('Encounter', encounter)], related: [reference('ServiceRequest', order)] },
  };
  const photo: Media = {
    resourceType: 'Media',
    status: 'completed',
    subject,
    encounter: reference('Encounter', encounter),
    createdDateTime: '2026-11-23T10:15:00+01:00',
    content: { contentType: 'image/png', data: base64(tinyPng()), title: 'Leg' },
  };
  const [letter, picture] = [await written(node, report), await written(node, photo)];
  const broken = await written(node, {
    ...report,
    context: undefined,
    content: [{ attachment: { contentType: 'image/jpeg', data: base64(new Uint8Array([0xff, 0xd8, 1])) } }],
  } as never);
  const elsewhere = await written(node, {
    ...report,
    content: [{ attachment: { contentType: 'image/jpeg', url: 'https://example.org/leg.jpg' } }],
  });
  const text = await written(node, {
    ...report,
    content: [{ attachment: { contentType: 'text/plain', data: base64(new TextEncoder().encode('well')) } }],
  });

  const rows = await documentsOnce(node, 5);
  const of = (type: string, { id }: { id: string }) => rows.get(`${type}/${id}`)!;
  const [ofLetter, ofPicture] = [of('DocumentReference', letter), of('Media', picture)];
  assert.deepEqual([ofLetter.state, ofPicture.state], ['instances', 'instances']);
  assert.deepEqual(
    [broken, elsewhere].map((one) => of('DocumentReference', one).state),
    ['refused', 'refused'],
  );
  assert.equal(of('DocumentReference', text).state, 'kept');
  assert.equal(of('DocumentReference', elsewhere).outcome?.issue[0]?.code, 'not-supported');

  const includes = '00100020,00100010,00080050,00380010,00420010,0018A001';
  const shown = async (row: Row) => {
    const found = await getJson(
      node.url,
      `/instances?SOPInstanceUID=${row.sopInstanceUids[0]}&includefield=${includes}`,
    );
    assert.equal(found.length, 1);
    return found[0]!;
  };
  const [pdf, png] = [await shown(ofLetter), await shown(ofPicture)];
  assert.deepEqual(
    ['00100020', '00080050', '00380010', '00420010'].map((tag) => value(pdf, tag)),
    ['7', 'A1', 'V1', 'Letter of the GP'],
  );
  assert.deepEqual(
    ['00100020', '00380010'].map((tag) => value(png, tag)),
    ['7', 'V1'],
  );
  assert.match(JSON.stringify(pdf['0018A001']), new RegExp(`made of FHIR DocumentReference/${letter.id}`));

  const named = await read<DocumentReference>(node, `DocumentReference/${letter.id}`);
  assert.deepEqual(named.identifier, [{ system: 'urn:dicom:uid', value: `urn:oid:${ofLetter.sopInstanceUids[0]}` }]);
  const study = named.context?.related?.at(-1)?.reference;
  assert.match(String(study), /^ImagingStudy\//);
  const imagingStudy = await read<{ numberOfInstances: number }>(node, String(study));
  assert.equal(imagingStudy.numberOfInstances, 1);
  assert.equal((await read<Media>(node, `Media/${picture.id}`)).partOf?.length, 1);

  await written(node, { ...photo, content: { ...photo.content, title: 'Other leg' } });
  node.process.kill('SIGKILL');
  await node.ended;
  node = await start(t, 'instances', data);
  await documentsOnce(node, 6);
  const all = await getJson(node.url, '/instances?limit=100');
  assert.equal(all.length, 3);
});
