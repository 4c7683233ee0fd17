// Every kind of destination, with a whole node before it: what arrives, what the ledger has as proof, and what becomes of a
// receiver that is wrong, full, or somebody else.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type AcknowledgmentCode, acknowledge } from '../../src/hl7v2/acknowledgement.ts';
import type { Message } from '../../src/hl7v2/message.ts';
import { listenMllp } from '../../src/hl7v2/mllp/listener.ts';
import { systemAnswering } from '../../src/hl7v2/mllp/served-connection.ts';
import { readMessage } from '../../src/hl7v2/reader.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { retrieve } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { type HttpRequest, httpReceiver } from '../support/http-receiver.ts';
import { type MadeInstance, makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, sharedNode } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';
import { failure, s3Store } from '../support/s3-store.ts';
import { sftpServer } from '../support/sftp-server.ts';

const attributes = {
  StudyDescription: 'HEAD',
  AccessionNumber: 'A|1',
  PatientID: 'P1',
  IssuerOfPatientID: 'NORTH',
  PatientName: 'Quimbley^Hermione^A',
  PatientBirthDate: '19610307',
};
const heads = (instances: number, size = {}) => makeStudy(1, instances, { attributes, ...size });

const shared = sharedNode({ environment: openDoors });
let outs = 0;

/** The node of all tests, and the name of a destination of one's own. */
async function fresh(): Promise<{ node: NodeProcess; out: string }> {
  return { node: await shared(), out: `OUT${++outs}` };
}

/** The same, sending every instance there, and there alone, as it comes. */
async function sendingTo(kind: string, settings: object): Promise<{ node: NodeProcess; out: string }> {
  const { node, out } = await fresh();
  await putOut(node, out, kind, settings);
  await putRules(node, [{ name: 'all', after: 'instance', do: { send: out } }]);
  return { node, out };
}

async function putOut(node: NodeProcess, out: string, kind: string, settings: object): Promise<{ settings: unknown }> {
  const answer = await call(node, 'PUT', `/destinations/${out}`, { kind, settings });
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as { settings: unknown };
}

async function refusalOf(node: NodeProcess, out: string, kind: string, settings: object): Promise<string> {
  const answer = await call(node, 'PUT', `/destinations/${out}`, { kind, settings });
  assert.equal(answer.status, 400);
  return ((await answer.json()) as { detail: string }).detail;
}

async function problemOnce(node: NodeProcess, out: string, problem: string | null): Promise<void> {
  for (;;) {
    const all = (await (await call(node, 'GET', '/destinations')).json()) as { name: string; problem: string | null }[];
    if (all.find(({ name }) => name === out)!.problem === problem) return;
    await pause(50);
  }
}

/** The Part 10 file that the node has of an instance. */
async function fileOf({ url }: NodeProcess, sent: readonly MadeInstance[], uid: string): Promise<Buffer> {
  const one = sent.find(({ sopInstanceUid }) => sopInstanceUid === uid)!;
  const path = `/studies/${one.studyInstanceUid}/series/${one.seriesInstanceUid}/instances/${uid}`;
  return Buffer.from((await retrieve(url, path))[0]!);
}

const allAre = (state: string, count: number) => (rows: { state: string }[]) =>
  rows.length === count && rows.every((row) => row.state === state);

test('Standard Webhooks: what arrives is told with a signature that its receiver can check, and told again under the same id', async (t) => {
  const key = Buffer.from('a key of twenty-four byte');
  const secret = `whsec_${key.toString('base64')}`;
  const answers = [503];
  const receiver = await httpReceiver(t, () => ({ status: answers.shift() ?? 202 }));
  const { node } = await sendingTo('webhook', { url: `${receiver.url}/studies`, secret });
  const sent = heads(1);
  await storeAll(node.dicomPort, sent);
  const [row] = await ledgerOnce(node, allAre('accepted', 1), sent);
  assert.deepEqual([row!.status, row!.proof, row!.attempts], [202, 'HTTP 202', 2]);
  assert.equal(receiver.requests.length, 2);
  for (const { headers, body } of receiver.requests) {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  }
  const [first, again] = receiver.requests as [HttpRequest, HttpRequest];
  assert.equal(first.headers['webhook-id'], again.headers['webhook-id']);
  const { type, data } = JSON.parse(again.body.toString());
  assert.deepEqual([type, data.study.uid, data.newInstances], ['study.arrived', sent[0]!.studyInstanceUid, 1]);
  // Who it is is told only where that is asked for.
  assert.equal(data.person, undefined);
  assert.doesNotMatch(again.body.toString(), /Quimbley/);
});

test('a secret goes in and never comes out, and is not told to another receiver', async () => {
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  const { node, out } = await fresh();
  const told = await putOut(node, out, 'webhook', { url: 'http://127.0.0.1:9/a', secret });
  assert.deepEqual(told.settings, { url: 'http://127.0.0.1:9/a', secret: '…' });
  await putOut(node, out, 'webhook', { url: 'http://127.0.0.1:9/a', secret: '…', facts: ['study'] });
  assert.match(
    await refusalOf(node, out, 'webhook', { url: 'http://evil.example/', secret: '…' }),
    /not known for this/,
  );
  assert.match(
    await refusalOf(node, out, 'webhook', { url: 'http://127.0.0.1:9/a', secret, facts: ['time'] }),
    /no facts/,
  );
  assert.match(
    await refusalOf(node, out, 's3', { bucket: 'b', accessKeyId: 'a', secretAccessKey: 's', key: '{name}' }),
    /no/,
  );
  assert.match(await refusalOf(node, out, 'hl7', { host: 'h', message: 'MSH|^~\\&|{study.uidd}' }), /no fact/);
  assert.match(
    await refusalOf(node, out, 'sftp', { host: 'h', username: 'u', password: 'p', hostKey: 'MD5:1' }),
    /hostKey/,
  );
});

test('HL7 v2.5.1 ORU^R01: a study that is here is told of by MLLP, escaped, and its acknowledgement is the proof', async (t) => {
  const told: Message[] = [];
  const codes: AcknowledgmentCode[] = ['AR'];
  const handler = async (bytes: Uint8Array) => {
    const message = readMessage(bytes);
    told.push(message);
    return [acknowledge(message, codes.shift() ?? 'AA', {}, systemAnswering).bytes];
  };
  const listener = await listenMllp({ host: '127.0.0.1', port: 0, handler });
  t.after(() => listener.close());
  const receiver = { host: '127.0.0.1', port: listener.port, receivingApplication: 'RIS', receivingFacility: 'NORTH' };
  const { node } = await sendingTo('hl7', receiver);
  const sent = heads(1);
  await storeAll(node.dicomPort, sent);
  const [row] = await ledgerOnce(node, allAre('accepted', 1), sent);
  const [refused, message] = told as [Message, Message];
  assert.deepEqual([row!.proof, row!.attempts], [`AA ${message.header.messageControlId}`, 2]);
  assert.equal(refused.header.messageControlId, message.header.messageControlId);
  assert.deepEqual(
    [message.header.messageCode, message.header.triggerEvent, message.header.receivingApplication],
    ['ORU', 'R01', 'RIS'],
  );
  const pid = message.segment('PID')!;
  assert.deepEqual(
    [pid.text(3), pid.text(3, 4), pid.text(5), pid.text(5, 2), pid.text(7)],
    ['P1', 'NORTH', 'Quimbley', 'Hermione', '19610307'],
  );
  assert.equal(message.segment('OBR')!.text(3), 'A|1');
  assert.equal(message.segment('OBX')!.text(5), sent[0]!.studyInstanceUid);
});

test('HL7 v2: a message of one’s own; what its receiver calls an error is left to a person', async (t) => {
  const told: Message[] = [];
  const handler = async (bytes: Uint8Array) => {
    told.push(readMessage(bytes));
    return [acknowledge(told.at(-1)!, 'AE', {}, systemAnswering).bytes];
  };
  const listener = await listenMllp({ host: '127.0.0.1', port: 0, handler });
  t.after(() => listener.close());
  const message = [
    'MSH|^~\\&|PACS|{tenant}|||{message.time}||ORM^O01|{message.id}|P|2.3',
    'PV1||{order.patientClass}',
    'ORC|SC|{order.placerNumber}',
    'OBR|1|||{study.description}^{study.modalities}',
  ].join('\n');
  const { node } = await sendingTo('hl7', { host: '127.0.0.1', port: listener.port, message });
  const order = [
    'MSH|^~\\&|RIS|NORTH|||20260101||ORM^O01|M1|P|2.5.1',
    'PID|1||P1^^^NORTH||Quimbley^Hermione^A||19610307',
    'ORC|NW|PLACED-9|F9',
    'OBR|1|PLACED-9|F9|HEAD^CT Head^L||||||||||||||A\\F\\1|R9|S9||||CT',
  ];
  assert.deepEqual(codesOf(await send(node.mllpPort, new TextEncoder().encode(`${order.join('\r')}\r`))), ['AA']);
  const sent = heads(1);
  await storeAll(node.dicomPort, sent);
  const [row] = await ledgerOnce(node, allAre('failed', 1), sent);
  assert.deepEqual([row!.problem, row!.reason], ['hl7/peer-refused', 'AE']);
  // Nothing is known of what PV1 would say.
  assert.equal(
    told[0]!.text.replace(/\|\d{14}\.\d+\+0000\|\|/, '|T||').replace(/\d+\.\d+\|P/, 'ID|P'),
    'MSH|^~\\&|PACS|default|||T||ORM^O01|ID|P|2.3\rORC|SC|PLACED-9\rOBR|1|||HEAD^CT\r',
  );
});

test('S3: objects lie in their bucket byte for byte, small and in parts, with ETag and checksum as proof', async (t) => {
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const store = await s3Store(t, { bucket: 'images', ...keys });
  const settings = {
    bucket: 'images',
    endpoint: store.url,
    pathStyle: true,
    ...keys,
    key: 'a b/{study}/{instance}.dcm',
    verify: true,
  };
  const { node } = await sendingTo('s3', settings);
  const sent = [...heads(2), ...heads(1, { rows: 2048, columns: 2304 })];
  await storeAll(node.dicomPort, sent);
  const rows = await ledgerOnce(node, allAre('verified', 3), sent);
  for (const { studyInstanceUid, sopInstanceUid } of sent) {
    const object = store.objects.get(`images/a b/${studyInstanceUid}/${sopInstanceUid}.dcm`)!;
    assert.deepEqual(object.bytes, await fileOf(node, sent, sopInstanceUid));
    const row = rows.find((each) => each.sopInstanceUid === sopInstanceUid)!;
    assert.match(
      row.proof!,
      new RegExp(`^ETag "[0-9a-f]{32}", SHA-256 [A-Za-z0-9+/=]+(-2)?, ${object.bytes.length} bytes$`),
    );
  }
  const parts = store.requests.filter(({ path }) => path.includes('partNumber='));
  assert.equal(parts.length, 2);
});

test('S3: a store that has no room is tried again, a signature that it does not know stops the destination, and neither loses an object', async (t) => {
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'right' };
  const answers = [failure(503, 'SlowDown')];
  const store = await s3Store(t, { bucket: 'images', ...keys, instead: () => answers.shift() });
  const wrong = {
    bucket: 'images',
    endpoint: store.url,
    pathStyle: true,
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wrong',
  };
  const { node, out } = await sendingTo('s3', wrong);
  const sent = heads(1);
  await storeAll(node.dicomPort, sent);
  await problemOnce(node, out, 'delivery/not-admitted');
  await putOut(node, out, 's3', { ...wrong, secretAccessKey: 'right' });
  const [row] = await ledgerOnce(node, allAre('accepted', 1), sent);
  assert.equal(row!.attempts, 2);
  assert.equal(store.objects.size, 1);
  await problemOnce(node, out, null);
});

test('SFTP: each object is whole under its name or not there, on the server whose host key was pinned and on no other', async (t) => {
  const account = { username: 'fascia', password: 'secret' };
  const FAILURE = 4;
  const full = [FAILURE];
  const server = await sftpServer(t, { ...account, answerWrite: () => full.shift() });
  const settings = {
    host: '127.0.0.1',
    port: server.port,
    ...account,
    folder: '/in',
    hostKey: `SHA256:${'A'.repeat(43)}`,
  };
  const { node, out } = await sendingTo('sftp', settings);
  const sent = heads(2, { rows: 512, columns: 512 });
  await storeAll(node.dicomPort, sent);
  await problemOnce(node, out, 'delivery/other-host-key');
  assert.deepEqual(server.done, []);
  await putOut(node, out, 'sftp', { ...settings, hostKey: server.hostKey, password: 'other' });
  await problemOnce(node, out, 'delivery/not-admitted');
  await putOut(node, out, 'sftp', { ...settings, hostKey: server.hostKey });
  const rows = await ledgerOnce(node, allAre('verified', 2), sent);
  const names = sent.map((each) => `/in/${each.studyInstanceUid}/${each.seriesInstanceUid}/${each.sopInstanceUid}.dcm`);
  assert.deepEqual([...server.files.keys()].sort(), names.toSorted());
  for (const [at, { sopInstanceUid }] of sent.entries()) {
    assert.deepEqual(server.files.get(names[at]!), await fileOf(node, sent, sopInstanceUid));
  }
  assert.deepEqual(rows.map(({ attempts }) => attempts).sort(), [1, 2]);
  assert.deepEqual(server.done.slice(-2), [`write ${names[1]}.part`, `rename ${names[1]}.part ${names[1]}`]);
});

test('FHIR R4: an object is a Binary and the DocumentReference of its SOP Instance UID, however often it is sent', async (t) => {
  const resources = new Map<string, { contentType: string; body: Buffer }>();
  const answers: number[] = [];
  const server = await httpReceiver(t, ({ method, path, headers, body }) => {
    const refused = method === 'PUT' ? answers.shift() : undefined;
    if (refused !== undefined) return { status: refused };
    const contentType = headers['content-type'] ?? '';
    if (method === 'DELETE') return { status: resources.delete(path.slice(1)) ? 204 : 404 };
    const at = method === 'POST' ? `Binary/${resources.size + 1}` : path.slice(1);
    resources.set(at, { contentType, body });
    const location = method === 'POST' ? at : 'DocumentReference/d1';
    return { status: 201, headers: { Location: `http://server/fhir/${location}/_history/1` } };
  });
  answers.push(422);
  const { node, out } = await sendingTo('fhir', { url: server.url, authorization: 'Bearer b' });
  const sent = heads(1);
  await storeAll(node.dicomPort, sent);
  const [refused] = await ledgerOnce(node, allAre('failed', 1), sent);
  assert.deepEqual([refused!.problem, refused!.status, resources.size], ['delivery/refused', 422, 0]);
  await call(node, 'POST', '/deliveries/replay', { destination: out });
  const [row] = await ledgerOnce(node, allAre('accepted', 1), sent);
  assert.deepEqual([row!.status, row!.proof], [201, 'DocumentReference/d1']);
  const { sopInstanceUid } = sent[0]!;
  const binary = resources.get('Binary/1')!;
  assert.equal(binary.contentType, 'application/dicom');
  assert.deepEqual(binary.body, await fileOf(node, sent, sopInstanceUid));
  const uri = encodeURIComponent(`urn:ietf:rfc:3986|urn:oid:${sopInstanceUid}`);
  const document = JSON.parse(resources.get(`DocumentReference?identifier=${uri}`)!.body.toString());
  assert.equal(document.content[0].attachment.url, 'Binary/1');
  assert.equal(document.subject.identifier.value, 'P1');
  assert.ok(server.requests.every(({ headers }) => headers.authorization === 'Bearer b'));
});

test('FHIR R4: a study is one ImagingStudy with the Endpoint of its images, however often it is sent, and is corrected by itself', async (t) => {
  const resources = new Map<string, { resourceType: string; id: string }>();
  const server = await httpReceiver(t, ({ method, path, body }) => {
    if (method !== 'PUT') return { status: 405 };
    const [type] = path.slice(1).split('?');
    const id = resources.get(path)?.id ?? `r${resources.size + 1}`;
    const status = resources.has(path) ? 200 : 201;
    resources.set(path, { ...JSON.parse(body.toString()), id });
    return { status, headers: { Location: `http://server/fhir/${type}/${id}/_history/1` } };
  });
  const settings = {
    url: server.url,
    resource: 'ImagingStudy',
    endpoint: 'created',
    dicomweb: 'https://pacs/dicomweb',
  };
  const { node, out } = await sendingTo('fhir', settings);
  // Persons of their own: others on this node are nobody's correction.
  const person = { ...attributes, PatientID: 'F1', PatientName: 'Abernathy^Rosalind', PatientBirthDate: '19880919' };
  const sent = makeStudy(1, 2, { attributes: person });
  const [first, second] = sent;
  await storeAll(node.dicomPort, [first!]);
  const [row] = await ledgerOnce(node, allAre('accepted', 1), sent);
  await storeAll(node.dicomPort, [second!]);
  await ledgerOnce(node, allAre('accepted', 2), sent);
  const of = (type: string) => [...resources.values()].filter(({ resourceType }) => resourceType === type) as unknown[];
  const [study, ...others] = of('ImagingStudy') as { [name: string]: never }[];
  const [endpoint, ...more] = of('Endpoint') as { [name: string]: never }[];
  assert.deepEqual([others.length, more.length], [0, 0]);
  assert.equal(row!.proof, `ImagingStudy/${study!.id}`);
  assert.equal(endpoint!.address, 'https://pacs/dicomweb');
  assert.deepEqual(study!.endpoint, [{ reference: `Endpoint/${endpoint!.id}`, type: 'Endpoint' }]);
  assert.deepEqual([study!.numberOfInstances, study!.description, 'meta' in study!], [2, 'HEAD', false]);
  assert.deepEqual((study!.identifier as object[] | undefined)?.[0], {
    use: 'official',
    system: 'urn:dicom:uid',
    value: `urn:oid:${first!.studyInstanceUid}`,
  });
  const subject = (): { reference?: string; identifier: { value: string } } =>
    (of('ImagingStudy')[0] as { subject: { identifier: { value: string } } }).subject;
  assert.deepEqual([subject().identifier.value, subject().reference], ['F1', undefined]);

  await putOut(node, out, 'fhir', { ...settings, endpoint: 'contained' });
  const surviving = makeStudy(1, 1, { attributes: { ...person, PatientID: 'F2' } });
  await storeAll(node.dicomPort, surviving);
  // It is kept when it is acknowledged, and identified right after.
  const persons = `/identity/persons?study=${surviving[0]!.studyInstanceUid}`;
  while (((await (await call(node, 'GET', persons)).json()) as unknown[]).length === 0) await pause(50);
  const pair = ['F2', 'F1'].map((id) => ({ issuer: 'NORTH', id }));
  assert.equal((await call(node, 'POST', '/identity/decisions', { type: 'same', of: pair })).status, 200);
  for (;;) {
    if (subject().identifier.value === 'F2') break;
    // What is corrected is announced to nobody outside.
    await pause(50);
  }
  const [corrected] = of('ImagingStudy') as { contained: { address: string }[]; endpoint: { reference: string }[] }[];
  assert.equal(corrected!.contained[0]!.address, 'https://pacs/dicomweb');
  assert.equal(corrected!.endpoint[0]!.reference, '#wado');
  assert.deepEqual(await (await call(node, 'GET', '/deliveries/corrections')).json(), []);
});
