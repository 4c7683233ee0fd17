// Demographics reconciled with what is known of the person, on a whole node: every door serves the same of a study, with what
// was received in the Original Attributes Sequence; a merge and its undoing show at once; the archive keeps what came.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { unzipSync } from 'fflate';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import * as scu from '../../src/dimse/scu.ts';
import { getJson, type Json, retrieve, stow, value } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { freshUid, type MadeInstance, makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { associate, find, identifier, UNCOMPRESSED } from '../support/peer.ts';

const PATIENT_ROOT_FIND = '1.2.840.10008.5.1.4.1.2.1.1';
const PATIENT_ROOT_GET = '1.2.840.10008.5.1.4.1.2.1.3';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const IMPLICIT = '1.2.840.10008.1.2';

const start = (t: TestContext, data?: string, demographics = 'reconciled') =>
  startNodeProcess((cleanUp) => t.after(cleanUp), {
    ...(data && { data }),
    environment: { ...openDoors, FASCIA_DEMOGRAPHICS: demographics },
  });

let messages = 0;
async function adt(node: NodeProcess, event: string, ...segments: string[]): Promise<void> {
  messages += 1;
  const head = `MSH|^~\\&|RIS|NORTH|||20260101||ADT^${event}|M${messages}|P|2.5.1\rEVN|${event}\r`;
  const codes = codesOf(await send(node.mllpPort, new TextEncoder().encode(`${head}${segments.join('\r')}\r`)));
  assert.deepEqual(codes, ['AA']);
}

interface Person {
  id: string;
}
async function persons({ url }: NodeProcess, query: Record<string, string>): Promise<Person[]> {
  return (await (await fetch(`${url}/api/v1/identity/persons?${new URLSearchParams(query)}`)).json()) as Person[];
}
async function personOf(node: NodeProcess, issuer: string, id: string): Promise<string> {
  const [person] = await persons(node, { issuer, id });
  assert.ok(person, `${issuer} ${id}`);
  return person.id;
}

async function kept(node: NodeProcess, attributes: Record<string, string>): Promise<MadeInstance> {
  const made = makeInstance({ studyInstanceUid: freshUid(), attributes });
  assert.equal((await stow(node.url, [made.file])).status, 200);
  while ((await persons(node, { study: made.studyInstanceUid })).length === 0) await new Promise(setImmediate);
  return made;
}

/** As registered; modalities write her name in other ways. */
const HERMIONE = 'QUIMBLEY^HERMIONE^A||19610307|F|||12 Rookery Lane^^Tamworth^^40210||0208 555 7319';
const SERVED = { name: 'QUIMBLEY^HERMIONE^A', birthDate: '19610307', sex: 'F' };

async function oneWomanOfTwoSites(node: NodeProcess) {
  await adt(node, 'A04', `PID|1||4711^^^NORTH||${HERMIONE}`);
  await adt(node, 'A04', `PID|1||S-77^^^SOUTH||${HERMIONE}`);
  const common = { PatientBirthDate: '19610307', PatientSex: 'F' };
  const north = await kept(node, {
    ...common,
    PatientID: '4711',
    IssuerOfPatientID: 'NORTH',
    PatientName: 'QUIMBLEY^HERMIONE',
  });
  const south = await kept(node, {
    ...common,
    PatientID: 'S-77',
    IssuerOfPatientID: 'SOUTH',
    PatientName: 'Quimbley^Hermione^A.',
    SpecificCharacterSet: 'ISO_IR 100',
    StudyDescription: 'Schädel',
  });
  return { north, south, person: await personOf(node, 'NORTH', '4711') };
}

/** What a data set says of its patient, and what it said when it was received. */
function toldBy(dataset: DataSet) {
  const [item] = dataset.items('OriginalAttributesSequence');
  const [original] = item?.items('ModifiedAttributesSequence') ?? [];
  return {
    id: dataset.text('PatientID'),
    issuer: dataset.text('IssuerOfPatientID'),
    name: dataset.text('PatientName'),
    birthDate: dataset.text('PatientBirthDate'),
    sex: dataset.text('PatientSex'),
    others: dataset.items('OtherPatientIDsSequence').map((each) => each.text('PatientID')),
    original: original && `${original.text('IssuerOfPatientID')} ${original.text('PatientID')}`,
    reason: item?.text('ReasonForTheAttributeModification'),
  };
}

function toldByJson(object: Json) {
  const items = (tag: string) => (object[tag]?.Value ?? []) as Json[];
  const [item] = items('04000561');
  const [original] = (item?.['04000550']?.Value ?? []) as Json[];
  return {
    id: value(object, '00100020'),
    issuer: value(object, '00100021'),
    name: value(object, '00100010'),
    birthDate: value(object, '00100030'),
    sex: value(object, '00100040'),
    others: items('00101002').map((each) => value(each, '00100020')),
    original: original && `${value(original, '00100021')} ${value(original, '00100020')}`,
    reason: item && value(item, '04000565'),
  };
}

const expected = (person: string, original: string) => ({
  ...SERVED,
  id: person,
  issuer: 'FASCIA',
  others: ['4711', 'S-77'],
  original,
  reason: 'COERCE',
});
const sorted = <T extends { others: unknown[] }>(told: T): T => ({ ...told, others: told.others.toSorted() });

test('PS3.3 C.12.1.1.9: every web door serves the person, with what was received beside it', async (t) => {
  const node = await start(t);
  const { north, south, person } = await oneWomanOfTwoSites(node);
  const wanted = new Map([
    [north.studyInstanceUid, expected(person, 'NORTH 4711')],
    [south.studyInstanceUid, expected(person, 'SOUTH S-77')],
  ]);
  for (const level of ['studies', 'series', 'instances']) {
    const answers = await getJson(node.url, `/${level}?PatientName=quimbley*&includefield=all`);
    assert.equal(answers.length, 2, level);
    for (const answer of answers) {
      assert.deepEqual(sorted(toldByJson(answer)), wanted.get(value(answer, '0020000D') as string), level);
    }
  }
  const [ordinary] = await getJson(node.url, `/studies?StudyInstanceUID=${south.studyInstanceUid}`);
  assert.deepEqual([value(ordinary!, '00100020'), ordinary!['04000561']], [person, undefined]);

  for (const made of [north, south]) {
    const study = `/studies/${made.studyInstanceUid}`;
    const want = wanted.get(made.studyInstanceUid);
    const [metadata] = await getJson(node.url, `${study}/metadata`, { 'Accept-Encoding': 'identity' });
    assert.deepEqual(sorted(toldByJson(metadata!)), want);
    const zipped = await fetch(`${node.url}/dicomweb${study}/metadata`, { headers: { 'Accept-Encoding': 'gzip' } });
    assert.equal(zipped.headers.get('content-encoding'), 'gzip');
    assert.deepEqual(((await zipped.json()) as Json[])[0], metadata);
    const xml = await fetch(`${node.url}/dicomweb${study}/metadata`, {
      headers: { Accept: 'multipart/related; type="application/dicom+xml"' },
    });
    assert.match(await xml.text(), new RegExp(`${person}[^]*OriginalAttributesSequence`));

    const [stored] = await retrieve(node.url, study);
    const read = readDicom(stored!, { strict: true }).dataset;
    assert.deepEqual(sorted(toldBy(read)), want);
    assert.deepEqual(read.bytes('PixelData'), readDicom(made.file).dataset.bytes('PixelData'));
    for (const syntax of [IMPLICIT, DEFLATED, '1.2.840.10008.1.2.5']) {
      const accept = `multipart/related; type="application/dicom"; transfer-syntax=${syntax}`;
      const [file] = await retrieve(node.url, study, { Accept: accept });
      const other = readDicom(file!, { strict: true });
      assert.equal(other.transferSyntax.uid, syntax);
      assert.deepEqual(sorted(toldBy(other.dataset)), want, syntax);
    }
    const uri = new URLSearchParams({
      requestType: 'WADO',
      studyUID: made.studyInstanceUid,
      seriesUID: made.seriesInstanceUid,
      objectUID: made.sopInstanceUid,
      contentType: 'application/dicom',
    });
    const single = await fetch(`${node.url}/dicomweb/wado?${uri}`);
    assert.deepEqual(sorted(toldBy(readDicom(new Uint8Array(await single.arrayBuffer())).dataset)), want);
    const zip = await fetch(`${node.url}/dicomweb${study}`, { headers: { Accept: 'application/zip' } });
    const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
    const { DICOMDIR, ...images } = files;
    const [patient] = readDicom(DICOMDIR!).dataset.items('DirectoryRecordSequence');
    assert.deepEqual([patient!.text('PatientID'), patient!.text('PatientName')], [person, SERVED.name]);
    assert.deepEqual(sorted(toldBy(readDicom(Object.values(images)[0]!).dataset)), want);
    const look = (await (await fetch(`${node.url}/look/${made.studyInstanceUid}/study.json`)).json()) as {
      patients: { id: string }[];
    };
    assert.deepEqual(look.patients[0]?.id, person);
    const frame = await fetch(
      `${node.url}/dicomweb${study}/series/${made.seriesInstanceUid}/instances/${made.sopInstanceUid}/rendered`,
    );
    assert.equal(frame.status, 200);
  }
  const choice = await fetch(`${node.url}/look?requestType=PATIENT&patientID=${person}`);
  const page = await choice.text();
  for (const uid of wanted.keys()) assert.ok(page.includes(`/look/${uid}`), 'IHE RAD-106 by the id that is served');
});

test('PS3.4 C.4.1, C.4.3: C-FIND names the person at every level, once as a patient, and C-GET brings what it named', async (t) => {
  const node = await start(t);
  const { north, south, person } = await oneWomanOfTwoSites(node);
  const keys = {
    PatientID: null,
    IssuerOfPatientID: null,
    PatientName: 'QUIMBLEY*',
    PatientBirthDate: null,
    PatientSex: null,
    OtherPatientIDsSequence: [],
    StudyInstanceUID: null,
    NumberOfPatientRelatedStudies: null,
  };
  const studies = await find(node.dicomPort, 'STUDY', keys);
  assert.deepEqual(studies.map((answer) => answer.text('StudyInstanceUID')).sort(), uids(north, south));
  for (const answer of studies) {
    assert.deepEqual(sorted(toldBy(answer)), { ...expected(person, ''), original: undefined, reason: undefined });
    assert.equal(answer.number('NumberOfPatientRelatedStudies'), 2);
  }
  const { sopClassUid, transferSyntaxUid } = north;
  const association = await associate(node.dicomPort, [
    { abstractSyntax: PATIENT_ROOT_FIND, transferSyntaxes: UNCOMPRESSED },
    { abstractSyntax: PATIENT_ROOT_GET, transferSyntaxes: UNCOMPRESSED },
    { abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid], role: { scuRole: false, scpRole: true } },
  ]);
  const { StudyInstanceUID: _, ...ofPatient } = keys;
  const patients = await Array.fromAsync(scu.find(association, PATIENT_ROOT_FIND, identifier('PATIENT', ofPatient)));
  assert.deepEqual(
    patients.map((patient) => [patient.text('PatientID'), patient.number('NumberOfPatientRelatedStudies')]),
    [[person, 2]],
  );
  // As a client does that has seen the answer: with its Patient ID, and without an issuer.
  const again = { ...ofPatient, PatientID: person, StudyInstanceUID: null, PatientName: SERVED.name };
  const found = await Array.fromAsync(scu.find(association, PATIENT_ROOT_FIND, identifier('STUDY', again)));
  assert.deepEqual(found.map((answer) => answer.text('StudyInstanceUID')).sort(), uids(north, south));
  const received: Uint8Array[] = [];
  await scu.get(association, PATIENT_ROOT_GET, identifier('PATIENT', { PatientID: person }), () => {
    const chunks: Uint8Array[] = [];
    return {
      write: (chunk: Uint8Array) => void chunks.push(chunk.slice()),
      abort: () => {},
      finish: async () => {
        received.push(Buffer.concat(chunks));
        return 0;
      },
    };
  });
  await association.release();
  const told = received.map((bytes) => sorted(toldBy(readDicom(bytes, { transferSyntaxUid }).dataset)));
  assert.deepEqual(told, [expected(person, 'NORTH 4711'), expected(person, 'SOUTH S-77')]);
});

test('results that a workstation made of what it was served belong to the study they were made of', async (t) => {
  const node = await start(t);
  const { north, south, person } = await oneWomanOfTwoSites(node);
  const study = `/studies/${north.studyInstanceUid}`;
  const [served] = await retrieve(node.url, study);
  const { dataset } = readDicom(served!);
  const results = [{ IssuerOfPatientID: 'FASCIA' }, { IssuerOfPatientID: undefined }].map((more) =>
    makeInstance({
      studyInstanceUid: north.studyInstanceUid,
      attributes: {
        PatientID: dataset.text('PatientID')!,
        PatientName: dataset.text('PatientName')!,
        PatientBirthDate: dataset.text('PatientBirthDate')!,
        PatientSex: dataset.text('PatientSex')!,
        ...more,
      },
    }),
  );
  const stored = await stow(
    node.url,
    results.map(({ file }) => file),
  );
  assert.equal(stored.status, 200);
  const [found, ...others] = await getJson(node.url, `/studies?StudyInstanceUID=${north.studyInstanceUid}`);
  assert.deepEqual([others.length, value(found!, '00201206')], [0, 3]);
  assert.equal((await retrieve(node.url, study)).length, 3);
  assert.equal((await getJson(node.url, `/studies?PatientID=${person}`)).length, 2);
  const [again] = await getJson(node.url, `/studies?StudyInstanceUID=${south.studyInstanceUid}`);
  assert.deepEqual(sorted(toldByJson(again!)).others, ['4711', 'S-77']);
});

test('a merge and its undoing show at once, in every validator too, and the archive keeps what came', async (t) => {
  const data = await emptyFolder((cleanUp) => t.after(cleanUp));
  const node = await start(t, data);
  const { north, person } = await oneWomanOfTwoSites(node);
  const rosalind = await kept(node, {
    PatientID: '88',
    IssuerOfPatientID: 'NORTH',
    PatientName: 'ABERNATHY^ROSALIND',
    PatientBirthDate: '19880919',
    PatientSex: 'F',
  });
  const other = await personOf(node, 'NORTH', '88');
  const metadata = async () => {
    const answer = await fetch(`${node.url}/dicomweb/studies/${rosalind.studyInstanceUid}/metadata`);
    const [object] = (await answer.json()) as Json[];
    return { etag: answer.headers.get('etag'), ...toldByJson(object!) };
  };
  const foundBy = async (name: string) =>
    (await getJson(node.url, `/studies?PatientName=${name}`)).map((answer) => value(answer, '0020000D'));
  const before = await metadata();
  assert.deepEqual([before.id, before.name], [other, 'ABERNATHY^ROSALIND']);
  assert.equal((await foundBy('QUIMBLEY^HERM*')).includes(rosalind.studyInstanceUid), false);

  await adt(node, 'A40', `PID|1||4711^^^NORTH||${HERMIONE}`, 'MRG|88^^^NORTH');
  const merged = await metadata();
  assert.deepEqual([merged.id, merged.name, merged.original], [person, SERVED.name, 'NORTH 88']);
  assert.notEqual(merged.etag, before.etag);
  // By the name that is served, by the one that was received, and by the former id.
  assert.ok((await foundBy('QUIMBLEY^HERM*')).includes(rosalind.studyInstanceUid));
  assert.deepEqual(await foundBy('ABERNATHY*'), [rosalind.studyInstanceUid]);
  assert.equal((await getJson(node.url, `/studies?PatientID=${other}`)).length, 3);
  // IHE PIR: the images of the number that was given up are found, and retrieved, under the one that survived.
  for (const number of ['PatientID=4711', 'PatientID=4711&IssuerOfPatientID=NORTH', 'PatientID=88']) {
    assert.equal((await getJson(node.url, `/studies?${number}`)).length, 3, number);
  }
  assert.equal((await getJson(node.url, '/studies?PatientID=4711&PatientName=QUIMBLEY*')).length, 3);
  assert.equal((await getJson(node.url, '/studies?PatientID=4711&IssuerOfPatientID=SOUTH')).length, 0);
  assert.equal((await find(node.dicomPort, 'STUDY', { PatientID: '4711', StudyInstanceUID: null })).length, 3);
  const { sopClassUid, transferSyntaxUid } = rosalind;
  const association = await associate(node.dicomPort, [
    { abstractSyntax: PATIENT_ROOT_GET, transferSyntaxes: UNCOMPRESSED },
    { abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid], role: { scuRole: false, scpRole: true } },
  ]);
  let received = 0;
  await scu.get(association, PATIENT_ROOT_GET, identifier('PATIENT', { PatientID: '4711' }), () => ({
    write: () => {},
    abort: () => {},
    finish: async () => {
      received += 1;
      return 0;
    },
  }));
  await association.release();
  assert.equal(received, 3);

  const explained = (await (await fetch(`${node.url}/api/v1/identity/explain/${person}`)).json()) as {
    statements: { id: string }[];
  };
  const undone = await fetch(`${node.url}/api/v1/identity/decisions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ type: 'retract', entry: explained.statements[0]!.id }),
  });
  assert.equal(undone.status, 200);
  assert.equal((await getJson(node.url, '/studies?PatientID=88')).length, 1);
  assert.deepEqual(await metadata(), before);

  await node.stop();
  const plain = await start(t, data, 'as-received');
  for (const made of [north, rosalind]) {
    const [file] = await retrieve(plain.url, `/studies/${made.studyInstanceUid}`);
    assert.deepEqual(file, made.file);
  }
  await plain.stop();
});

const uids = (...made: MadeInstance[]): string[] => made.map(({ studyInstanceUid }) => studyInstanceUid).sort();
