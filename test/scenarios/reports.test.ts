// A whole node between a reading room, an archive and a RIS: reports come by HL7 v2, FHIR and SR, are one report each however
// often they are corrected, lie in their study, and are read in every form.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bundle, DiagnosticReport, ImagingStudy, Observation } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { readDicom } from '../../src/dicom/reader.ts';
import { readResource } from '../../src/fhir/resource.ts';
import { acknowledge } from '../../src/hl7v2/acknowledgement.ts';
import type { Message } from '../../src/hl7v2/message.ts';
import { listenMllp } from '../../src/hl7v2/mllp/listener.ts';
import { systemAnswering } from '../../src/hl7v2/mllp/served-connection.ts';
import { readMessage } from '../../src/hl7v2/reader.ts';
import { reportsOfMessage } from '../../src/translate/report/report-of-message.ts';
import { reportOfSr } from '../../src/translate/report/report-of-sr.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { stow } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';
import { srFile } from '../support/report-ways.ts';
import { reports } from '../support/reports.ts';

const start = (t: TestContext): Promise<NodeProcess> =>
  startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });

const bytes = (...segments: string[]) => new TextEncoder().encode(segments.join('\r'));
const oru = (id: string, at: string, status: string, ...results: string[]) =>
  bytes(
    `MSH|^~\\&|READX|RP7|PACS|HOSP|${at}+0000||ORU^R01^ORU_R01|${id}|P|2.5.1||||||UNICODE UTF-8`,
    'PID|1||R-7^^^NORTH^MR||Doe^Jane||19800102|F',
    `OBR|1|PL1|FN-90431^READX|30799-1^CT Head WO contrast^LN|||20261123090240${'|'.repeat(11)}ACC-7||||${at}||CT|${status}|||||||33&READER&ROBIN&&&DR`,
    ...results.map((result, at) => `OBX|${at + 1}|${result}`),
  );
const finding = (text: string) => `FT|18782-3^Findings^LN|1|${text}||||||F`;
const impression = (text: string) => `FT|19005-8^Impression^LN|1|${text}|||AA|||F`;

async function reportsOf({ url }: NodeProcess, query: string): Promise<DiagnosticReport[]> {
  const answer = await fetch(`${url}/fhir/R4/DiagnosticReport?${query}`);
  assert.equal(answer.status, 200);
  const { entry = [] } = readResource(await answer.text(), 'json') as Bundle<DiagnosticReport>;
  return entry.map(({ resource }) => resource!);
}

interface Found {
  sopInstanceUid: string;
  sopClassUid: string;
  bytes: Uint8Array;
}

/** Documents of a study, as soon as there are so many. */
async function documentsOnce({ url }: NodeProcess, study: string, modality: string, count: number): Promise<Found[]> {
  for (;;) {
    const answer = await fetch(
      `${url}/dicomweb/instances?StudyInstanceUID=${study}&Modality=${modality}&includefield=all`,
    );
    const found = answer.status === 200 ? ((await answer.json()) as Record<string, { Value?: string[] }>[]) : [];
    if (found.length >= count) {
      return Promise.all(
        found.map(async (each) => {
          const text = (tag: string) => String(each[tag]?.Value?.[0]);
          const path = `studies/${study}/series/${text('0020000E')}/instances/${text('00080018')}`;
          const file = await fetch(`${url}/dicomweb/${path}`, {
            headers: { Accept: 'application/dicom' },
          });
          return {
            sopInstanceUid: text('00080018'),
            sopClassUid: text('00080016'),
            bytes: new Uint8Array(await file.arrayBuffer()),
          };
        }),
      );
    }
    // Filing is announced to nobody outside the node.
    await pause(50);
  }
}

test('a report by ORU^R01 is one DiagnosticReport and one series of SR; P, F, addendum and X are its versions', async (t) => {
  const node = await start(t);
  const attributes = {
    PatientID: 'R-7',
    IssuerOfPatientID: 'NORTH',
    PatientName: 'Doe^Jane',
    AccessionNumber: 'ACC-7',
  };
  const [image] = makeStudy(1, 1, { attributes });
  const study = image!.studyInstanceUid;
  const tell = async (message: Uint8Array) => codesOf(await send(node.mllpPort, message));
  const text = 'Acute \\T\\ left \\H\\subdural\\N\\ haematoma\\.br\\Größe 9 mm, 中线移位';
  assert.deepEqual(await tell(oru('1', '20261123092405', 'P', finding(text))), ['AA']);
  await storeAll(node.dicomPort, [image!]);
  const [first] = await documentsOnce(node, study, 'SR', 1);
  const said = 'Acute & left subdural haematoma\nGröße 9 mm, 中线移位';
  const preliminary = reportOfSr(readDicom(first!.bytes).dataset);
  assert.deepEqual([preliminary.status, preliminary.sections[0]!.text], ['preliminary', said]);

  assert.deepEqual(await tell(oru('2', '20261123093000', 'F', finding(text), impression('Critical.'))), ['AA']);
  const addendum = `FT|55107-7^Addendum^LN|1|No fracture.||||||F|||20261123100000`;
  assert.deepEqual(await tell(oru('3', '20261123100000', 'C', finding(text), impression('Critical.'), addendum)), [
    'AA',
  ]);
  const documents = (await documentsOnce(node, study, 'SR', 3)).map((each) => readDicom(each.bytes).dataset);
  const statuses = documents.map((each) => reportOfSr(each).status).sort();
  assert.deepEqual(statuses, ['appended', 'final', 'preliminary']);
  const appended = documents.find((each) => reportOfSr(each).status === 'appended')!;
  const [predecessor] = appended.items('PredecessorDocumentsSequence');
  const final = documents.find((each) => reportOfSr(each).status === 'final')!;
  const [series] = predecessor!.items('ReferencedSeriesSequence');
  const named = series!.items('ReferencedSOPSequence')[0]!.text('ReferencedSOPInstanceUID');
  assert.equal(named, final.text('SOPInstanceUID'), 'each version names the one before');

  const [report, ...others] = await reportsOf(node, 'identifier=ACC-7');
  assert.deepEqual(others, []);
  assert.deepEqual([report!.status, report!.meta!.versionId], ['appended', '3']);
  assert.equal(report!.conclusion, 'Critical.');
  const presented = Buffer.from(report!.presentedForm![0]!.data!, 'base64').toString();
  assert.ok(presented.includes(said) && presented.includes('No fracture.'));

  // What was sent before comes late: it changes nothing.
  assert.deepEqual(await tell(oru('4', '20261123093000', 'F', finding('Old.'))), ['AA']);
  assert.equal((await reportsOf(node, 'identifier=ACC-7'))[0]!.meta!.versionId, '3');
  assert.deepEqual(await tell(oru('5', '20261123110000', 'X', finding(text))), ['AA']);
  const cancelled = (await documentsOnce(node, study, 'SR', 4)).map((each) =>
    reportOfSr(readDicom(each.bytes).dataset),
  );
  assert.ok(cancelled.some(({ status }) => status === 'cancelled'));
});

test('a report is about a person: found by who it is about, and never filed with somebody else’s study', async (t) => {
  const node = await start(t);
  const attributes = {
    PatientID: 'OTHER',
    IssuerOfPatientID: 'NORTH',
    PatientName: 'Roe^Richard',
    AccessionNumber: 'ACC-7',
  };
  const [image] = makeStudy(1, 1, { attributes });
  await storeAll(node.dicomPort, [image!]);
  assert.deepEqual(codesOf(await send(node.mllpPort, oru('1', '20261123092405', 'F', finding('Haematoma.')))), ['AA']);
  const [report] = await reportsOf(node, 'identifier=ACC-7');
  const subject = report!.subject!.reference!;
  assert.equal((await reportsOf(node, `patient=${subject}`)).length, 1);
  const patient = await fetch(`${node.url}/fhir/R4/${subject}`);
  assert.equal(patient.status, 200);
  const waiting = async () =>
    (await (await call(node, 'GET', '/reports/waiting')).json()) as { report: string; problem: string }[];
  while ((await waiting())[0]?.problem !== 'dicom/study-mismatch') await pause(50);
  assert.equal((await waiting())[0]!.report, report!.id);
  // A second study, of the right person, ends the wait: what was filed then is all that was.
  const right = makeStudy(1, 1, { attributes: { ...attributes, PatientID: 'R-7', PatientName: 'Doe^Jane' } });
  await storeAll(node.dicomPort, right);
  await documentsOnce(node, right[0]!.studyInstanceUid, 'SR', 1);
  while ((await waiting()).length > 0) await pause(50);
  const wrong = await fetch(`${node.url}/dicomweb/instances?StudyInstanceUID=${image!.studyInstanceUid}&Modality=SR`);
  assert.deepEqual(wrong.status === 204 ? [] : await wrong.json(), []);
});

test('each form of a report says the same: text, PDF, SR, ORU^R01 and document', async (t) => {
  const node = await start(t);
  const text = 'Größe 9 mm.\\.br\\Keine Fraktur.';
  assert.deepEqual(codesOf(await send(node.mllpPort, oru('1', '20261123092405', 'F', finding(text)))), ['AA']);
  const [report] = await reportsOf(node, 'identifier=ACC-7');
  const render = async (form: string) => {
    const answer = await fetch(`${node.url}/fhir/R4/DiagnosticReport/${report!.id}/$render?form=${form}`);
    assert.equal(answer.status, 200, form);
    return { mediaType: answer.headers.get('content-type'), bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
  const words = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  assert.match(words((await render('text')).bytes), /Größe 9 mm\.\nKeine Fraktur\./);
  const pdf = await render('pdf');
  assert.deepEqual([pdf.mediaType, words(pdf.bytes.subarray(0, 5))], ['application/pdf', '%PDF-']);
  const sr = reportOfSr(readDicom((await render('sr')).bytes).dataset);
  assert.deepEqual([sr.status, sr.sections[0]!.text], ['final', 'Größe 9 mm.\nKeine Fraktur.']);
  const [again] = reportsOfMessage(readMessage((await render('hl7')).bytes), {});
  assert.deepEqual([again!.status, again!.sections], ['final', sr.sections]);
  const document = readResource(words((await render('document')).bytes), 'json') as Bundle;
  assert.deepEqual(
    document.entry!.map(({ resource }) => resource!.resourceType),
    ['Composition', 'DiagnosticReport', 'Patient'],
  );
  const none = await fetch(`${node.url}/fhir/R4/DiagnosticReport/${report!.id}/$render?form=papyrus`);
  assert.equal(none.status, 400);
});

test('a rule sends reports on as results: P, F and C in their order; on paper where the character set has not all of it, and not at all where it has not the names', async (t) => {
  const node = await start(t);
  const told: Message[] = [];
  const handler = async (bytes: Uint8Array) => {
    told.push(readMessage(bytes));
    return [acknowledge(told.at(-1)!, 'AA', {}, systemAnswering).bytes];
  };
  const listener = await listenMllp({ host: '127.0.0.1', port: 0, handler });
  t.after(() => listener.close());
  const settings = { host: '127.0.0.1', port: listener.port, results: { characterSet: '8859/1' } };
  assert.equal((await call(node, 'PUT', '/destinations/RIS', { kind: 'hl7', settings })).status, 200);
  await putRules(node, [
    { name: 'results', after: 'instance', series: 'series.modality == "SR"', do: { send: 'RIS' } },
  ]);
  const attributes = {
    PatientID: 'R-7',
    IssuerOfPatientID: 'NORTH',
    PatientName: 'Doe^Jane',
    AccessionNumber: 'ACC-7',
  };
  await storeAll(node.dicomPort, makeStudy(1, 1, { attributes }));
  const tell = async (message: Uint8Array) => assert.deepEqual(codesOf(await send(node.mllpPort, message)), ['AA']);
  await tell(oru('1', '20261123092405', 'P', finding('Größe 9 mm.')));
  await tell(oru('2', '20261123093000', 'F', finding('Größe 10 mm.')));
  await ledgerOnce(node, (rows) => rows.filter(({ state }) => state === 'accepted').length === 2);
  const results = told.map((message) => reportsOfMessage(message, {})[0]!);
  assert.deepEqual(
    results.map(({ status, sections }) => [status, sections[0]!.text]),
    [
      ['preliminary', 'Größe 9 mm.'],
      ['final', 'Größe 10 mm.'],
    ],
  );
  assert.equal(told[0]!.header.versionId, '2.5.1');
  assert.ok(told.every(({ characterSet }) => characterSet === '8859/1'));

  await tell(oru('3', '20261123100000', 'C', finding('Размер 10 мм, 中线移位')));
  await ledgerOnce(node, (rows) => rows.filter(({ state }) => state === 'accepted').length === 3);
  const [onPaper] = reportsOfMessage(told.at(-1)!, {});
  assert.deepEqual(
    [onPaper!.status, onPaper!.sections, onPaper!.documents[0]!.mediaType],
    ['corrected', [], 'application/pdf'],
  );

  const greek = Buffer.from(oru('4', '20261123110000', 'C', finding('ok')))
    .toString()
    .replace('READER&ROBIN', 'Λέκτορας&Ρένα');
  await tell(Buffer.from(greek));
  const held = await ledgerOnce(node, (rows) => rows.some(({ state }) => state === 'failed'));
  assert.equal(held.find(({ state }) => state === 'failed')!.problem, 'delivery/not-carried');
  assert.equal(told.length, 3);
});

test('R4 http: a FHIR destination gets the DiagnosticReport of its number, each version in the place of the one before', async (t) => {
  const node = await start(t);
  const puts: { url: string; report: DiagnosticReport }[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString();
    puts.push({ url: decodeURIComponent(request.url!), report: readResource(body, 'json') as DiagnosticReport });
    response.writeHead(200, { 'Content-Location': 'DiagnosticReport/9/_history/1' }).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const settings = { url: `http://127.0.0.1:${port}/fhir` };
  assert.equal((await call(node, 'PUT', '/destinations/EHR', { kind: 'fhir', settings })).status, 200);
  await putRules(node, [
    { name: 'results', after: 'instance', series: 'series.modality == "SR"', do: { send: 'EHR' } },
  ]);
  const attributes = { PatientID: 'R-7', IssuerOfPatientID: 'NORTH', AccessionNumber: 'ACC-7' };
  await storeAll(node.dicomPort, makeStudy(1, 1, { attributes }));
  await send(node.mllpPort, oru('1', '20261123092405', 'P', finding('9 mm.')));
  await send(node.mllpPort, oru('2', '20261123093000', 'F', finding('10 mm.')));
  const rows = await ledgerOnce(node, (all) => all.filter(({ state }) => state === 'accepted').length === 2);
  assert.ok(rows.every(({ proof }) => proof === 'DiagnosticReport/9'));
  assert.deepEqual(
    puts.map(({ report }) => report.status),
    ['preliminary', 'final'],
  );
  assert.ok(puts.every(({ url }) => /^\/fhir\/DiagnosticReport\?identifier=.*\|FN-90431$/.test(url)));
  // Our resources are not there.
  assert.deepEqual(
    [puts[0]!.report.subject!.reference, puts[0]!.report.subject!.identifier!.value],
    [undefined, 'R-7'],
  );
});

test('R4: a DiagnosticReport that somebody writes is filed in the study that it names', async (t) => {
  const node = await start(t);
  const [image] = makeStudy(1, 1, { attributes: { PatientID: 'R-7', IssuerOfPatientID: 'NORTH' } });
  await storeAll(node.dicomPort, [image!]);
  const search = `ImagingStudy?identifier=urn:dicom:uid|urn:oid:${image!.studyInstanceUid}`;
  const study = (await (await fetch(`${node.url}/fhir/R4/${search}`)).json()) as Bundle<ImagingStudy>;
  const { id, subject } = study.entry![0]!.resource!;
  const report = {
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'CT head' },
    subject,
    imagingStudy: [{ reference: `ImagingStudy/${id}` }],
    conclusion: 'No haemorrhage.',
  };
  const answer = await fetch(`${node.url}/fhir/R4/DiagnosticReport`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify(report),
  });
  assert.equal(answer.status, 201);
  const [filed] = await documentsOnce(node, image!.studyInstanceUid, 'SR', 1);
  const { status, sections } = reportOfSr(readDicom(filed!.bytes).dataset);
  assert.deepEqual([status, sections], ['final', [{ kind: 'impression', text: 'No haemorrhage.' }]]);
});

test('IHE AIR: what an algorithm found is an Observation and a report of the study and of the person', async (t) => {
  const node = await start(t);
  const [image] = makeStudy(1, 1, { attributes: { PatientID: 'R-7', IssuerOfPatientID: 'NORTH' } });
  await storeAll(node.dicomPort, [image!]);
  const [one] = fc.sample(reports(), { numRuns: 50, seed: 3 }).filter(({ observations }) => observations.length > 0);
  const report = {
    ...one!,
    status: 'final' as const,
    studyInstanceUid: image!.studyInstanceUid,
    patient: { ...one!.patient, patientId: 'R-7', issuer: 'NORTH' },
  };
  await stow(node.url, [srFile(report)]);
  const study = (await (
    await fetch(`${node.url}/fhir/R4/ImagingStudy?identifier=urn:dicom:uid|urn:oid:${image!.studyInstanceUid}`)
  ).json()) as Bundle;
  const { id, subject } = study.entry![0]!.resource as unknown as { id: string; subject: { reference: string } };
  const found = async (query: string): Promise<Bundle> => {
    for (;;) {
      const bundle = (await (await fetch(`${node.url}/fhir/R4/${query}`)).json()) as Bundle;
      if ((bundle.entry ?? []).length > 0) return bundle;
      // Reading is announced to nobody outside the node.
      await pause(50);
    }
  };
  const observed = (await found(`Observation?derived-from=ImagingStudy/${id}`)).entry![0]!.resource as Observation;
  const measured = (report.observations[0]!.value as { number: string }).number;
  assert.equal(observed.component![0]!.valueQuantity!.value, Number(measured));
  await found(`Observation?patient=${subject.reference}`);
  const told = (await found(`DiagnosticReport?patient=${subject.reference}`)).entry!;
  assert.deepEqual([told.length, (told[0]!.resource as DiagnosticReport).status], [1, 'final']);
});
