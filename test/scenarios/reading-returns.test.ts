// A reading provider whose workstation, archive and RIS know nothing of pseudonyms: what they store in the provider's room by
// DICOMweb, DIMSE, HL7 v2 and FHIR comes home whole and under the patient's own name, and nothing else does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bundle, DiagnosticReport } from '@medplum/fhirtypes';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { isItems } from '../../src/dicom/element.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';
import { readResource } from '../../src/fhir/resource.ts';
import {
  type Away,
  keyObjects,
  presentationState,
  segmentation,
  structuredReport,
} from '../../src/reading/privacy/testing/case-away.ts';
import { readFurther } from '../../src/server/reading/further-reading.ts';
import { transact } from '../../src/storage/transaction.ts';
import { agreedWith, type CaseAway, caseAway } from '../support/away.ts';
import { getJson, retrieve, stow, value } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { freshUid, makeInstance } from '../support/instances.ts';
import { type NodeProcess, sharedNode } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';
import { type Bearer, bearer } from '../support/token.ts';

const node = sharedNode();

const patient = {
  PatientID: 'KNRY-7788123',
  IssuerOfPatientID: 'NORTH',
  PatientName: 'Kanarienvogel^Zwitscherine',
  PatientBirthDate: '19610504',
  AccessionNumber: 'ACCKNRY4711',
  StudyDate: '20260131',
  StudyTime: '101500',
  FrameOfReferenceUID: freshUid(),
};

const part10 = (dataset: DataSet): Uint8Array => {
  const identity = {
    sopClassUid: dataset.text('SOPClassUID')!,
    sopInstanceUid: dataset.text('SOPInstanceUID')!,
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
  };
  return Buffer.concat([fileMeta(identity), ...writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)]);
};

const sendable = (dataset: DataSet) => ({
  sopClassUid: dataset.text('SOPClassUID')!,
  sopInstanceUid: dataset.text('SOPInstanceUID')!,
  transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
  bytes: Buffer.concat(writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)),
});

interface Returned {
  id: string;
  name: string;
  state: string;
  findings: { code: string }[];
  home: string | null;
}

async function api<T>({ url }: NodeProcess, as: Bearer, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...as, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** What became of what was stored in the room, once it is so many. */
async function returnedOnce(running: NodeProcess, as: Bearer, count: number): Promise<Returned[]> {
  for (;;) {
    const rows = await api<Returned[]>(running, as, 'GET', '/reading/returns');
    if (rows.length >= count) return rows;
    // What comes home is told to nobody outside.
    await pause(50);
  }
}

const uidsIn = (dataset: DataSet): string[] =>
  [...dataset.elements.values()].flatMap(({ tag, vr, value }) =>
    isItems(value) ? value.flatMap(uidsIn) : vr === 'UI' ? dataset.texts(tag) : [],
  );

const day = (digits: string) => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;

async function readersCase(running: NodeProcess, later: (cleanUp: () => Promise<void>) => void) {
  const image = makeInstance({ attributes: patient });
  const series = makeInstance({
    studyInstanceUid: image.studyInstanceUid,
    seriesInstanceUid: image.seriesInstanceUid,
    attributes: { ...patient, InstanceNumber: 2 },
  });
  const { status } = await stow(running.url, [image.file, series.file], {
    headers: bearer(running, 'default', ['write']),
  });
  assert.equal(status, 200);
  return { image, one: await caseAway(running, image.studyInstanceUid, later) };
}

/** A workstation, an archive and a RIS of the provider, let into its room. */
async function letIn(running: NodeProcess, { reader }: CaseAway): Promise<void> {
  await api(running, reader, 'PUT', '/peers/FARPACS', { aeTitle: 'FARPACS', host: '127.0.0.1', port: 11112 });
  await api(running, reader, 'PUT', '/hl7/interfaces/farris', {
    name: 'farris',
    sendingApplication: 'FARRIS',
    sendingFacility: 'FAR',
    hosts: [],
    enabled: true,
    profile: {},
  });
}

const oru = ({ id, accession, study }: Away, text: string) =>
  new TextEncoder().encode(
    [
      'MSH|^~\\&|FARRIS|FAR|PACS|HOSP|20261123092405+0000||ORU^R01^ORU_R01|1|P|2.5.1||||||UNICODE UTF-8',
      `PID|1||${id}||${id}||`,
      `OBR|1||FN-77^FARRIS|24725-4^CT Head^LN|||20261123090240${'|'.repeat(11)}${accession}||||20261123092405||CT|F|||||||33&READER&ROBIN&&&DR`,
      `OBX|1|ST|113014^DICOM Study^DCM||${study}||||||O`,
      `OBX|2|FT|19005-8^Impression^LN|1|${text}||||||F`,
    ].join('\r'),
  );

test('what a reader made of copies comes home by every door, whole and under the patient’s own name', async (t) => {
  const running = await node();
  const { image, one } = await readersCase(running, (cleanUp) => t.after(cleanUp));
  const { away, reader, client } = one;
  await letIn(running, one);
  await agreedWith(running, one, { id: 'r1', name: 'READER^ROBIN' });
  assert.equal(JSON.stringify(away).includes('KNRY'), false);
  const text = `Stable since ${day(away.studyDate)}.`;
  const made = [structuredReport(text, away), presentationState(away), keyObjects(away), segmentation(away)];
  made[1]!.items('GraphicAnnotationSequence')[0]!.items('TextObjectSequence')[0]!.set('UnformattedTextValue', away.id);
  const [report, state, keys, segments] = made as [DataSet, DataSet, DataSet, DataSet];
  // The report itself is the RIS's; this is what a workstation has measured.
  report.set('VerificationFlag', 'UNVERIFIED');
  report.items('ContentSequence').at(-1)!.set('TextValue', `${text} ${away.id}`);
  // The key objects name the presentation state, which comes after them.
  const { status } = await stow(running.url, [keys, report].map(part10), { headers: reader });
  assert.equal(status, 200);
  const statuses = await storeAll(running.dicomPort, [state, segments].map(sendable), { callingAeTitle: 'FARPACS' });
  assert.deepEqual([...new Set(statuses.values())], [0]);
  assert.deepEqual(codesOf(await send(running.mllpPort, oru(away, `No change since ${day(away.studyDate)}.`))), ['AA']);

  for (;;) {
    const rows = await returnedOnce(running, client, 5);
    if (rows.every((row) => row.state === 'home')) break;
    assert.deepEqual(
      rows.flatMap(({ findings }) => findings.map(({ code }) => code)).filter((code) => code !== 'foreign-uid'),
      [],
    );
    await pause(50);
  }
  const modalities = ['SR', 'PR', 'KO', 'SEG'];
  const known = new Set<string>();
  const homes: { modality: string; dataset: DataSet; bytes: Buffer }[] = [];
  for (const modality of modalities) {
    for (const found of await getJson(
      running.url,
      `/instances?StudyInstanceUID=${image.studyInstanceUid}&Modality=${modality}`,
      client,
    )) {
      const path = `/studies/${image.studyInstanceUid}/series/${value(found, '0020000E')}/instances/${value(found, '00080018')}`;
      const [file] = await retrieve(running.url, path, client);
      const { dataset } = readDicom(file!);
      homes.push({ modality, dataset, bytes: Buffer.from(file!) });
      known.add(dataset.text('SOPInstanceUID')!).add(dataset.text('SeriesInstanceUID')!);
    }
  }
  assert.deepEqual(new Set(homes.map(({ modality }) => modality)), new Set(modalities));
  const original = await getJson(running.url, `/studies/${image.studyInstanceUid}/metadata`, client);
  for (const uid of JSON.stringify(original).matchAll(/[0-9]+(?:\.[0-9]+){2,}/g)) known.add(uid[0]);
  const pseudonyms = [away.study, away.series, away.image, away.frameOfReference, away.id, away.accession];
  for (const { modality, dataset, bytes } of homes) {
    for (const pseudonym of pseudonyms) assert.ok(!bytes.includes(pseudonym), `${modality} has ${pseudonym}`);
    const foreign = made.flatMap((each) => [each.text('SOPInstanceUID')!, each.text('SeriesInstanceUID')!]);
    for (const uid of uidsIn(dataset)) assert.ok(!foreign.includes(uid), `${modality} has ${uid}`);
    assert.deepEqual(
      [
        dataset.text('PatientID'),
        dataset.text('PatientName'),
        dataset.text('AccessionNumber'),
        dataset.text('StudyDate'),
      ],
      [patient.PatientID, patient.PatientName, patient.AccessionNumber, patient.StudyDate],
    );
  }
  const read = homes.find(({ dataset }) =>
    dataset.items('ContentSequence').some((item) => item.text('TextValue')?.includes('Stable')),
  );
  assert.match(
    read!.dataset.items('ContentSequence').at(-1)!.text('TextValue')!,
    /^Stable since 2026-01-31\. KNRY-7788123$/,
  );

  const answer = await fetch(`${running.url}/fhir/R4/DiagnosticReport?identifier=FN-77`, { headers: client });
  const { entry = [] } = readResource(await answer.text(), 'json') as Bundle<DiagnosticReport>;
  assert.equal(entry.length, 1);
  const told = JSON.stringify(entry[0]!.resource);
  assert.match(told, /No change since 2026-01-31\./);
  for (const pseudonym of pseudonyms) assert.ok(!told.includes(pseudonym), pseudonym);
  assert.ok(told.includes(image.studyInstanceUid) || told.includes('ImagingStudy/'));
});

test('what names somebody else, another study or a doubtful date waits, and its client alone says what becomes of it', async (t) => {
  const running = await node();
  const { one } = await readersCase(running, (cleanUp) => t.after(cleanUp));
  const { away, reader, client } = one;
  await agreedWith(running, one, { id: 'r1', name: 'READER^ROBIN' });
  const before = (await api<Returned[]>(running, client, 'GET', '/reading/returns')).length;
  const foreign = structuredReport('x', away).set('SOPInstanceUID', freshUid());
  foreign.items('ContentSequence').at(-1)!.set('TextValue', 'see image').set('ReferencedSOPInstanceUID', freshUid());
  const stranger = structuredReport('x', away).set('SOPInstanceUID', freshUid());
  stranger.items('ContentSequence')[1]!.set('TextValue', 'SOMEBODY-ELSE');
  stranger.items('ContentSequence').at(-1)!.set('TextValue', 'Nothing.');
  const doubtful = structuredReport('x', away).set('SOPInstanceUID', freshUid());
  doubtful.items('ContentSequence').at(-1)!.set('TextValue', 'Operated in 2019.');
  await stow(running.url, [foreign, stranger, doubtful].map(part10), { headers: reader });
  const rows = (await returnedOnce(running, client, before + 3)).slice(0, 3);
  const codes = new Map(rows.map(({ name, findings }) => [name, findings.map(({ code }) => code)]));
  assert.deepEqual(codes.get(foreign.text('SOPInstanceUID')!), ['foreign-uid']);
  assert.deepEqual(codes.get(stranger.text('SOPInstanceUID')!), ['foreign-patient']);
  assert.deepEqual(codes.get(doubtful.text('SOPInstanceUID')!), ['date-not-reversible']);

  const waiting = (name: DataSet) => rows.find((row) => row.name === name.text('SOPInstanceUID'))!;
  const post = (as: Bearer, path: string, body: object) =>
    fetch(`${running.url}/api/v1/reading/returns/${path}`, {
      method: 'POST',
      headers: { ...as, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const said = { reason: 'asked the reader', dates: ['2019'] };
  assert.equal((await post(reader, `${waiting(doubtful).id}/release`, said)).status, 403);
  const released = await post(client, `${waiting(doubtful).id}/release`, said);
  assert.equal(released.status, 200);
  assert.equal(((await released.json()) as Returned).state, 'home');
  assert.equal((await post(client, `${waiting(foreign).id}/release`, said)).status, 409, 'nobody can confirm a UID');
  assert.equal((await post(client, `${waiting(foreign).id}/discard`, { reason: 'not ours' })).status, 200);
  assert.equal((await post(client, `${waiting(foreign).id}/release`, said)).status, 404);
});

test('what comes while a study is read again for a review waits, and never goes home as a report by itself', async (t) => {
  const running = await node();
  const { image, one } = await readersCase(running, (cleanUp) => t.after(cleanUp));
  const { away, reader, client, log, core, id } = one;
  const by = { kind: 'exchange', id: 'test' } as const;
  const entitlement = { licences: ['l'], privilege: 'p', checkedAt: 0 };
  const report = { version: 1, reader: 'r1', textHash: 'x', entitlement, overridden: [] };
  await log.append(id, (await log.read(id)).sequence, by, [{ kind: 'final-signed', report }]);
  const stored = await log.stored(id);
  const again = await transact(core.database, (transaction) =>
    readFurther(log, stored, { readType: 'second', readBy: [] }, { actor: by, transaction }),
  );
  const [map, first] = await Promise.all([again, id].map((each) => core.vault.mapOf(each)));
  assert.deepEqual([map!.case, map!.studyUid, map!.patient], [again, first!.studyUid, first!.patient]);
  assert.equal(map!.originalUid(away.image), image.sopInstanceUid);

  const before = (await api<Returned[]>(running, client, 'GET', '/reading/returns')).length;
  const claim = { reader: 'r2', transactionUid: '2.25.2', leaseUntil: Date.now() + 600_000 };
  await log.change(again, by, () => [{ kind: 'claimed', ...claim }]);
  await letIn(running, one);
  const second = structuredReport('Nothing of note.', away).set('SOPInstanceUID', freshUid());
  second.items('ContentSequence').at(-1)!.set('TextValue', 'Nothing of note.');
  await stow(running.url, [part10(second)], { headers: reader });
  assert.deepEqual(codesOf(await send(running.mllpPort, oru(away, 'Nothing of note.'))), ['AA']);
  const rows = (await returnedOnce(running, client, before + 2)).slice(0, 2);
  for (const { state, findings } of rows) {
    assert.deepEqual([state, findings.map(({ code }) => code)], ['quarantined', ['further-reading']]);
  }
  const atHome = () =>
    getJson(running.url, `/instances?StudyInstanceUID=${image.studyInstanceUid}&Modality=SR`, client);
  assert.deepEqual(await atHome(), []);
  // An addendum by the first reader looks the same: only the client can say so.
  const { id: waiting } = rows.find(({ name }) => name === second.text('SOPInstanceUID'))!;
  const released = await fetch(`${running.url}/api/v1/reading/returns/${waiting}/release`, {
    method: 'POST',
    headers: { ...client, 'Content-Type': 'application/json' },
    body: JSON.stringify({ reason: 'an addendum, by the first reader' }),
  });
  assert.equal(released.status, 200, await released.text());
  assert.equal((await atHome()).length, 1);
});
