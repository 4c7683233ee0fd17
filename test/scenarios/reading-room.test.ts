// A canary patient is sent to be read: everything that leaves into the provider's room, and everything that the provider's
// credentials can fetch, search, or infer from errors, counts and pages, says nothing of whose it is; what the client knows by
// its own numbers is as unknown there as what nobody has; and when it is recalled nothing of it is left.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tenantNamed } from '../../src/auth/tenants.ts';
import { createToken } from '../../src/auth/tokens.ts';
import { systemClock } from '../../src/base/clock.ts';
import { canary, canaryHits } from '../../src/deidentify/testing/canary.ts';
import { canaryObjects, earlierStudyUid } from '../../src/deidentify/testing/canary-objects.ts';
import { egressOf } from '../../src/reading/store/egress.ts';
import type { RemovalProof } from '../../src/reading/store/removals.ts';
import type { CaseContext } from '../../src/server/reading/case-context.ts';
import { canaryOrder, canaryPriorReport } from '../support/canary-messages.ts';
import { getJson, stow } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { makeInstance } from '../support/instances.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { find, get } from '../support/peer.ts';
import { type CasesBeside, casesBeside } from '../support/reading-exchange.ts';
import { shared } from '../support/shared.ts';
import { type Bearer, bearer } from '../support/token.ts';

const PROVIDER = 'nightowl';
const CLIENT = 'default';
const term = { disclosure: { mode: 'pseudonymised' as const, profile: 'R-read' } };

interface World {
  node: NodeProcess;
  exchange: CasesBeside;
  client: Bearer;
  provider: Bearer;
  caseId: string;
}

const world = shared<World>(async (later) => {
  const node = await startNodeProcess(later);
  const client = bearer(node, CLIENT, ['read', 'write', 'hide', 'administer']);
  const provider = bearer(node, `reading/${PROVIDER}`, ['read', 'write', 'administer']);
  const { earlier, ...objects } = canaryObjects();
  for (const file of [earlier, ...Object.values(objects)]) {
    const { status } = await stow(node.url, [file], { headers: client });
    assert.equal(status, 200);
  }
  for (const message of [canaryOrder, canaryPriorReport])
    assert.deepEqual(codesOf(await send(node.mllpPort, message)), ['AA']);
  // The report lies in its study before the case leaves.
  const reported = `/series?StudyInstanceUID=${earlierStudyUid}&Modality=SR`;
  while ((await getJson(node.url, reported, client).catch(() => [])).length === 0) await pause();
  const exchange = await casesBeside(node, later);
  const caseId = await exchange.leave(CLIENT, canary.studyUid, [earlierStudyUid], term);
  assert.equal(await exchange.left(caseId), 'whole');
  return { node, exchange, client, provider, caseId };
});

interface Asked {
  status: number;
  text: string;
  bytes: Uint8Array;
  headers: Record<string, string>;
}

async function ask({ node }: World, headers: Bearer, path: string, more: RequestInit = {}): Promise<Asked> {
  const answer = await fetch(node.url + path, { ...more, headers: { Accept: '*/*', ...headers, ...more.headers } });
  const bytes = await received(answer);
  return {
    status: answer.status,
    bytes,
    text: new TextDecoder().decode(bytes),
    headers: Object.fromEntries(answer.headers),
  };
}

/** What came of it: a frame that cannot be decoded breaks a multipart answer off, and what came before is looked at too. */
async function received(answer: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of answer.body ?? []) chunks.push(chunk);
  } catch (thrown) {
    assert.equal((thrown as Error).message, 'terminated');
  }
  return Buffer.concat(chunks);
}

interface Copy {
  study: string;
  series: string;
  instance: string;
}

type Attributes = Record<string, { Value?: unknown[] }>;
const uidOf = (attributes: Attributes, tag: string): string => String(attributes[tag]!.Value![0]);

async function copiesIn(here: World): Promise<Copy[]> {
  const { text } = await ask(here, here.provider, '/dicomweb/instances?limit=100', {
    headers: { Accept: 'application/dicom+json' },
  });
  return (JSON.parse(text) as Attributes[]).map((one) => ({
    study: uidOf(one, '0020000D'),
    series: uidOf(one, '0020000E'),
    instance: uidOf(one, '00080018'),
  }));
}

test('everything of the study and its prior is in the room, and the ledger has as many rows as there are copies', async () => {
  const here = await world();
  const copies = await copiesIn(here);
  assert.equal(copies.length, 7);
  assert.equal(new Set(copies.map(({ study }) => study)).size, 2);
  const { database } = here.exchange;
  const [tenant] = await database.query<{ id: number }>(`select id from tenant where name = '${CLIENT}'`);
  const left = await egressOf(database, tenant!.id, { case: here.caseId });
  const instances = left.filter(({ kind }) => kind === 'instance').map(({ name }) => name);
  assert.deepEqual(instances.sort(), copies.map(({ instance }) => instance).sort());
  const stored = await here.exchange.cases.stored(here.caseId);
  assert.ok(copies.some(({ study }) => study === stored.roomStudyUid));
});

test('nothing that the provider can fetch by DICOMweb, FHIR or our own API has anything of the patient in it', async () => {
  const here = await world();
  const paths = [
    '/dicomweb/studies?includefield=all',
    '/dicomweb/series?includefield=all',
    '/dicomweb/instances?includefield=all',
    '/dicomweb/studies?fuzzymatching=true&PatientName=*&includefield=all',
    '/dicomweb/studies?limit=1&offset=1',
    '/dicomweb/workitems',
    ...[
      'Patient',
      'ImagingStudy',
      'DiagnosticReport',
      'DocumentReference',
      'ServiceRequest',
      'Observation',
      'AuditEvent',
      'Task',
      'Consent',
    ].map((type) => `/fhir/R4/${type}`),
    '/fhir/R4/metadata',
    ...[
      'audit',
      'identity/persons?name=a',
      'identity/review',
      'events',
      'orders',
      'quarantine',
      'deliveries',
      'peers',
      'reports/waiting',
      'tokens',
    ].map((path) => `/api/v1/${path}`),
  ];
  const copies = await copiesIn(here);
  for (const { study, series, instance } of copies) {
    const [inStudy, inSeries] = [`/dicomweb/studies/${study}`, `/dicomweb/studies/${study}/series/${series}`];
    const one = `${inSeries}/instances/${instance}`;
    paths.push(inStudy, `${inStudy}/metadata`, `${inStudy}/rendered`, `${inStudy}/thumbnail`, `${inStudy}/bulkdata`);
    paths.push(inSeries, `${inSeries}/metadata`, one, `${one}/metadata`, `${one}/rendered`, `${one}/thumbnail`);
    paths.push(
      `${one}/frames/1`,
      `${one}/bulkdata/7FE00010`,
      `/api/v1/explain/${study}`,
      `/look/${study}`,
      `/api/v1/manifests/${study}`,
    );
  }
  let answered = 0;
  for (const path of paths) {
    const { status, bytes, headers } = await ask(here, here.provider, path);
    // The viewer may still be on its way from source to page.
    assert.ok(status < 500 || (status === 503 && path.startsWith('/look/')), `${path}: ${status}`);
    if (status === 200) answered += 1;
    assert.deepEqual(canaryHits(bytes), [], path);
    assert.deepEqual(canaryHits(new TextEncoder().encode(JSON.stringify(headers))), [], path);
  }
  assert.ok(answered > paths.length / 2, `${answered} of ${paths.length}`);
});

/** What says when and for which request an answer is; all else is compared. */
const comparable = ({ status, text, headers }: Asked, asked: string) => ({
  status,
  text: text.replaceAll(asked, 'ASKED').replace(/"(requestId|instance|timestamp|lastUpdated|id)":"[^"]*"/g, '"$1":""'),
  headers: Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !/^(date|x-request-id|request-id|etag|content-length|last-modified)$/.test(name))
      .map(([name, value]) => [name, value.replaceAll(asked, 'ASKED')]),
  ),
});

test('original UIDs, numbers and names are answered as those that nobody has, in status, body and headers', async () => {
  const here = await world();
  const pairs: [string, string][] = [
    [canary.studyUid, '1.2.826.0.1.3680043.99.20250202.9'],
    [earlierStudyUid, '1.2.826.0.1.3680043.99.20250202.7'],
    [`${canary.studyUid}.1.1`, '1.2.826.0.1.3680043.99.20250202.9.1'],
    [canary.id, 'NBDY-0000000'],
    [canary.family, 'Niemandsgard'],
    [canary.accession, 'ACCNBDY0000'],
    [canary.birthDate, '19610505'],
  ];
  const shapes = [
    (value: string) => `/dicomweb/studies/${value}`,
    (value: string) => `/dicomweb/studies/${value}/metadata`,
    (value: string) => `/dicomweb/studies/${value}/rendered`,
    (value: string) => `/dicomweb/studies/${value}/series/${value}/instances/${value}`,
    (value: string) => `/dicomweb/studies?StudyInstanceUID=${value}`,
    (value: string) => `/dicomweb/instances?SOPInstanceUID=${value}`,
    (value: string) => `/dicomweb/studies?PatientID=${value}`,
    (value: string) => `/dicomweb/studies?PatientName=${value}*&fuzzymatching=true`,
    (value: string) => `/dicomweb/studies?AccessionNumber=${value}`,
    (value: string) => `/dicomweb/studies?PatientBirthDate=${value}`,
    (value: string) => `/dicomweb/workitems/${value}`,
    (value: string) => `/fhir/R4/ImagingStudy?identifier=urn:dicom:uid|urn:oid:${value}`,
    (value: string) => `/fhir/R4/Patient?identifier=${value}`,
    (value: string) => `/fhir/R4/Patient?name=${value}`,
    (value: string) => `/fhir/R4/Patient/${value}`,
    (value: string) => `/api/v1/explain/${value}`,
    (value: string) => `/api/v1/identity/persons?study=${value}`,
    (value: string) => `/api/v1/identity/persons?name=${value}`,
    (value: string) => `/look/${value}`,
  ];
  for (const [original, nobodys] of pairs) {
    for (const shape of shapes) {
      const [known, unknown] = [original, nobodys].map(encodeURIComponent) as [string, string];
      const one = comparable(await ask(here, here.provider, shape(known)), known);
      const other = comparable(await ask(here, here.provider, shape(unknown)), unknown);
      assert.deepEqual(
        { ...one, text: one.text.replaceAll(original, 'ASKED') },
        { ...other, text: other.text.replaceAll(nobodys, 'ASKED') },
        shape(original),
      );
    }
  }
});

test('the peer of the room finds and gets copies by DIMSE, and nothing by what the client calls it', async () => {
  const here = await world();
  const put = await fetch(`${here.node.url}/api/v1/peers/TESTPEER`, {
    method: 'PUT',
    headers: { ...here.provider, 'Content-Type': 'application/json' },
    body: JSON.stringify({ aeTitle: 'TESTPEER', host: '127.0.0.1', port: 11199 }),
  });
  assert.ok(put.ok);
  const found = await find(here.node.dicomPort, 'STUDY', {
    PatientName: '',
    PatientID: '',
    StudyInstanceUID: '',
    StudyDescription: '',
  });
  assert.equal(found.length, 2);
  const asked: Record<string, string>[] = [
    { StudyInstanceUID: canary.studyUid },
    { PatientID: canary.id },
    { PatientName: `${canary.family}*` },
  ];
  for (const keys of asked)
    assert.equal((await find(here.node.dicomPort, 'STUDY', { StudyInstanceUID: '', ...keys })).length, 0);
  const copies = await copiesIn(here);
  for (const { study } of copies) {
    const objects = copies.filter((one) => one.study === study).map((one) => one.instance);
    const classes = ['1.2.840.10008.5.1.4.1.1.2'];
    const got = await get(
      here.node.dicomPort,
      { StudyInstanceUID: study },
      classes.map((sopClassUid) => ({ sopClassUid, transferSyntaxUid: '1.2.840.10008.1.2.1' })),
    );
    assert.ok(got.length > 0 && got.length <= objects.length);
    for (const { bytes } of got) assert.deepEqual(canaryHits(bytes), []);
  }
});

test('the vault leads from every UID of the copies back to the original, and dates are moved by what it says', async () => {
  const here = await world();
  const map = await here.exchange.vault.mapOf(here.caseId);
  assert.equal(map.patient.original.id, canary.id);
  assert.equal(map.accession!.original, canary.accession);
  for (const { study, series, instance } of await copiesIn(here)) {
    assert.match(map.originalUid(study)!, /^1\.2\.826\.0\.1\.3680043\.99\.20260131\.1/);
    for (const uid of [series, instance]) assert.equal(map.pseudonymUid(map.originalUid(uid)!), uid);
  }
  const { bytes } = await ask(here, here.provider, `/dicomweb/studies/${map.studyUid.pseudonym}/metadata`, {
    headers: { Accept: 'application/dicom+json' },
  });
  const [first] = JSON.parse(new TextDecoder().decode(bytes)) as Attributes[];
  const moved = Date.UTC(2026, 0, 31) + map.shiftDays * 86_400_000;
  assert.equal(uidOf(first!, '00080020'), new Date(moved).toISOString().slice(0, 10).replaceAll('-', ''));
});

/** The credential of somebody who reads in a room. */
async function readerIn({ exchange: { database } }: World, room: string): Promise<Bearer> {
  const tenant = await tenantNamed(database, room);
  const token = {
    tenant,
    name: 'reader',
    scopes: ['report'],
    reader: 'r1',
    expiresAt: new Date(Date.now() + 600_000),
  } as const;
  const { secret } = await createToken(database, token, systemClock);
  return { Authorization: `Bearer ${secret}` };
}

test('the reader is told why it was ordered and what was found before, by tokens that the vault turns back', async () => {
  const here = await world();
  const path = `/api/v1/reading/cases/${here.caseId}/context`;
  const { status, text, bytes } = await ask(here, await readerIn(here, `reading/${PROVIDER}`), path);
  assert.equal(status, 200, text);
  assert.deepEqual(canaryHits(bytes), []);
  const context = JSON.parse(text) as CaseContext;
  assert.match(context.indication!, /Sturz am \[P\d+\] \(1 day before the study\)/);
  assert.match(context.indication!, /Ausschluss einer Blutung/);
  const [report] = context.priorReports;
  assert.match(
    report!.sections[0]!.text,
    /^Bei \[P\d+\] \[P\d+\] am \[P\d+\] \(364 days before the study\) kein Befund\.$/,
  );
  const { tokens, originalUid } = await here.exchange.vault.mapOf(here.caseId);
  assert.equal(originalUid(report!.studyUid), earlierStudyUid);
  const back = report!.sections[0]!.text.replace(/\[P\d+\]/g, (token) => tokens.get(token)!);
  assert.match(back, new RegExp(`^Bei ${canary.given} ${canary.family} am 01\\.02\\.2025`));
  assert.equal((await ask(here, await readerIn(here, 'reading/others'), path)).status, 404);
});

test('a late image follows into the room, and the case is told; one that the client withdraws leaves it again', async () => {
  const here = await world();
  const late = makeInstance({
    studyInstanceUid: canary.studyUid,
    attributes: {
      PatientID: canary.id,
      PatientName: `${canary.family}^${canary.given}`,
      PatientBirthDate: canary.birthDate,
    },
  });
  assert.equal((await stow(here.node.url, [late.file], { headers: here.client })).status, 200);
  const changes = async () =>
    (await here.exchange.cases.events(here.caseId)).flatMap((event) => (event.kind === 'changed' ? [event.what] : []));
  while (!(await changes()).includes('late-images')) await pause();
  assert.equal((await copiesIn(here)).length, 8);
  const path = `/dicomweb/studies/${canary.studyUid}/series/${late.seriesInstanceUid}/instances/${late.sopInstanceUid}`;
  const hidden = await fetch(here.node.url + path, { method: 'DELETE', headers: here.client });
  assert.ok(hidden.ok, String(hidden.status));
  while (!(await changes()).includes('images-rejected')) await pause();
  assert.equal((await copiesIn(here)).length, 7);
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

test('what is recalled is gone: rows, files, what FHIR made of it; the proof names every copy and what was looked for', async () => {
  const here = await world();
  const { database } = here.exchange;
  const copies = await copiesIn(here);
  const objects = await database.query<{ object: string }>(
    `select object from instance where tenant = (select tenant from reading_room where provider = $1)`,
    [PROVIDER],
  );
  assert.equal(objects.length, copies.length);
  const recall = `/api/v1/reading/egress/${here.caseId}/recall`;
  for (const other of [here.provider, bearer(here.node, 'clinic', ['administer'])])
    assert.equal((await ask(here, other, recall, { method: 'POST' })).status, 404);
  const answer = await ask(here, here.client, recall, { method: 'POST' });
  assert.equal(answer.status, 200, answer.text);
  const proof = JSON.parse(answer.text) as RemovalProof;
  assert.deepEqual(proof.copies.map(({ name }) => name).sort(), copies.map(({ instance }) => instance).sort());
  assert.deepEqual(proof.found, { instances: 0, studies: 0, files: 0 });
  for (const { object } of objects) assert.equal(existsSync(join(here.node.data, 'objects', object)), false);
  assert.equal((await copiesIn(here)).length, 0);
  for (const { study, series, instance } of copies) {
    for (const path of [
      `/dicomweb/studies/${study}`,
      `/dicomweb/studies/${study}/series/${series}/instances/${instance}/rendered`,
    ])
      assert.equal((await ask(here, here.provider, path)).status, 404, path);
  }
  const { text } = await ask(here, here.provider, '/fhir/R4/ImagingStudy');
  assert.equal((JSON.parse(text) as { entry?: unknown[] }).entry?.length ?? 0, 0);
  const original = await ask(here, here.client, `/dicomweb/studies/${canary.studyUid}/metadata`);
  assert.equal(original.status, 200);
});

test('no output of the node names the patient', async () => {
  const { node } = await world();
  assert.deepEqual(canaryHits(new TextEncoder().encode(node.output())), []);
});
