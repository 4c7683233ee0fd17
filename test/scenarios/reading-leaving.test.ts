// What may leave for readers and what may not; whoever was merged is still called as before; what two cases share stays until the
// last lets go; and a patient whose key the client had destroyed comes back from nowhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceTerm } from '../../src/reading/terms/service-term.ts';
import { getJson, retrieve, stow, value } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { makeInstance } from '../support/instances.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { type CasesBeside, casesBeside } from '../support/reading-exchange.ts';
import { shared } from '../support/shared.ts';
import { type Bearer, bearer } from '../support/token.ts';

const CLIENT = 'default';
const pseudonymised: Partial<ServiceTerm> = { disclosure: { mode: 'pseudonymised', profile: 'R-read' } };

interface World {
  node: NodeProcess;
  exchange: CasesBeside;
  client: Bearer;
  reader: Bearer;
}

const world = shared<World>(async (later) => {
  const node = await startNodeProcess(later);
  const client = bearer(node, CLIENT, ['read', 'write', 'administer']);
  const reader = bearer(node, 'reading/nightowl', ['read']);
  return { node, client, reader, exchange: await casesBeside(node, later) };
});

/** A study of a patient, kept by the client; resolves to its UID. */
async function studyOf({ node, client }: World, PatientID: string, more: Record<string, string> = {}) {
  const attributes = { PatientID, IssuerOfPatientID: 'HOSP', PatientName: `Patient^${PatientID}`, ...more };
  const made = makeInstance({ attributes });
  assert.equal((await stow(node.url, [made.file], { headers: client })).status, 200);
  return made;
}

async function sent(
  here: World,
  PatientID: string,
  term: Partial<ServiceTerm> = pseudonymised,
): Promise<[string, string]> {
  const { studyInstanceUid } = await studyOf(here, PatientID);
  const id = await here.exchange.leave(CLIENT, studyInstanceUid, [], term);
  return [id, await here.exchange.left(id)];
}

const inRoom = async ({ node, reader }: World) => (await getJson(node.url, '/studies?limit=100', reader)).length;

const api = ({ node, client }: World, method: string, path: string) =>
  fetch(`${node.url}/api/v1${path}`, { method, headers: client });

test('a patient who denied it keeps everything at home, and the case says why', async () => {
  const here = await world();
  const { studyInstanceUid } = await studyOf(here, 'DENIES');
  const headers = { ...here.client, 'Content-Type': 'application/fhir+json' };
  const found = await fetch(
    `${here.node.url}/fhir/R4/ImagingStudy?identifier=urn:dicom:uid|urn:oid:${studyInstanceUid}`,
    {
      headers,
    },
  );
  const { entry } = (await found.json()) as { entry: { resource: { subject: { reference: string } } }[] };
  const consent = {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: entry[0]!.resource.subject.reference },
    policy: [{ uri: 'https://example.org/policy' }],
    provision: { type: 'deny', actor: [{ role: { text: 'recipient' }, reference: { display: 'nightowl' } }] },
  };
  const written = await fetch(`${here.node.url}/fhir/R4/Consent`, {
    method: 'POST',
    headers,
    body: JSON.stringify(consent),
  });
  assert.equal(written.status, 201, await written.text());
  const before = await inRoom(here);
  const id = await here.exchange.leave(CLIENT, studyInstanceUid, [], pseudonymised);
  assert.equal(await here.exchange.left(id), 'consent-denied');
  assert.equal(await inRoom(here), before);
  const { state, pauses } = await here.exchange.cases.read(id);
  assert.deepEqual([state, pauses.at(-1)!.reason, pauses.at(-1)!.cause], ['hold', 'consent-denied', 'client']);
});

test('a contract that lets nothing leave, or names a profile that nobody knows, holds the case', async () => {
  const here = await world();
  assert.equal((await sent(here, 'NONE', { disclosure: { mode: 'none' } }))[1], 'disclosure-none');
  const unknown = { disclosure: { mode: 'pseudonymised' as const, profile: 'R-raed' } };
  assert.equal((await sent(here, 'UNKNOWN', unknown))[1], 'profile-unknown');
});

test('by R-ident the very same bytes are in the room, and stand for themselves', async () => {
  const here = await world();
  const made = await studyOf(here, 'IDENTIFIED');
  const id = await here.exchange.leave(CLIENT, made.studyInstanceUid, [], { disclosure: { mode: 'identified' } });
  assert.equal(await here.exchange.left(id), 'whole');
  const [copy] = await retrieve(here.node.url, `/studies/${made.studyInstanceUid}`, here.reader);
  const [original] = await retrieve(here.node.url, `/studies/${made.studyInstanceUid}`, here.client);
  assert.deepEqual(copy, original);
  const map = await here.exchange.vault.mapOf(id);
  assert.equal(map.originalUid(made.sopInstanceUid), made.sopInstanceUid);
  assert.deepEqual([map.patient.pseudonym.id, map.shiftDays], ['IDENTIFIED', 0]);
});

test('whoever is merged after they left (A40) is still called by the pseudonym they left under, and dates move alike', async () => {
  const here = await world();
  const [first] = await sent(here, 'OLD-1');
  const a40 = [
    'MSH|^~\\&|ADT|HOSP|PACS|HOSP|20261123||ADT^A40^ADT_A39|1|P|2.5.1',
    'EVN|A40|20261123',
    'PID|1||NEW-1^^^HOSP^MR||Patient^OLD-1',
    'MRG|OLD-1^^^HOSP^MR',
  ];
  assert.deepEqual(codesOf(await send(here.node.mllpPort, new TextEncoder().encode(a40.join('\r')))), ['AA']);
  const [second] = await sent(here, 'NEW-1');
  const [before, after] = await Promise.all([first, second].map((id) => here.exchange.vault.mapOf(id)));
  assert.equal(after!.patient.pseudonym.id, before!.patient.pseudonym.id);
  assert.equal(after!.shiftDays, before!.shiftDays);
  assert.deepEqual([before!.patient.original.id, after!.patient.original.id], ['OLD-1', 'NEW-1']);
  const studies = await getJson(here.node.url, `/studies?PatientID=${before!.patient.pseudonym.id}`, here.reader);
  assert.equal(studies.length, 2);
});

test('a copy that two cases need stays when one is recalled, and goes with the other', async () => {
  const here = await world();
  const { studyInstanceUid } = await studyOf(here, 'SHARED');
  const [other] = await sent(here, 'SHARED');
  const withPrior = await here.exchange.leave(
    CLIENT,
    (await studyOf(here, 'SHARED')).studyInstanceUid,
    [studyInstanceUid],
    pseudonymised,
  );
  assert.equal(await here.exchange.left(withPrior), 'whole');
  const alone = await here.exchange.leave(CLIENT, studyInstanceUid, [], pseudonymised);
  assert.equal(await here.exchange.left(alone), 'whole');
  const { pseudonym } = (await here.exchange.vault.mapOf(alone)).studyUid;
  const there = async () =>
    (await getJson(here.node.url, `/studies?StudyInstanceUID=${pseudonym}`, here.reader)).length;
  const recalled = await api(here, 'POST', `/reading/egress/${alone}/recall`);
  const proof = (await recalled.json()) as { copies: unknown[]; heldByOthers: unknown[] };
  assert.deepEqual([proof.copies.length, proof.heldByOthers.length], [0, 1]);
  assert.equal(await there(), 1);
  await api(here, 'POST', `/reading/egress/${withPrior}/recall`);
  assert.equal(await there(), 0);
  assert.equal((await here.exchange.vault.mapOf(other)).patient.original.id, 'SHARED');
});

test('a recall that was cut off is not taken for done: asked again, it names what went', async () => {
  const here = await world();
  const [id] = await sent(here, 'CUT');
  const { database } = here.exchange;
  await database.query('alter table reading_removal_proof add constraint cut check (false) not valid');
  assert.equal((await api(here, 'POST', `/reading/egress/${id}/recall`)).status, 500);
  await database.query('alter table reading_removal_proof drop constraint cut');
  const again = await api(here, 'POST', `/reading/egress/${id}/recall`);
  assert.equal(again.status, 200);
  const { copies, found } = (await again.json()) as {
    copies: unknown[];
    found: { instances: number; studies: number };
  };
  assert.deepEqual([copies.length, found.instances, found.studies], [1, 0, 0]);
});

test('a person of whom nothing is left in the room is nobody there, for FHIR too', async () => {
  const here = await world();
  const [id] = await sent(here, 'ALONE');
  const { pseudonym } = (await here.exchange.vault.mapOf(id)).patient;
  const patients = async (): Promise<number> => {
    const answer = await fetch(`${here.node.url}/fhir/R4/Patient?identifier=${pseudonym.id}`, { headers: here.reader });
    return ((await answer.json()) as { entry?: unknown[] }).entry?.length ?? 0;
  };
  assert.equal(await patients(), 1);
  assert.equal((await api(here, 'POST', `/reading/egress/${id}/recall`)).status, 200);
  assert.equal(await patients(), 0);
});

test('after the key of a patient was destroyed nobody comes back from the pseudonym, and nothing more of them leaves', async () => {
  const here = await world();
  const [id] = await sent(here, 'FORGOTTEN');
  const stranger = await fetch(`${here.node.url}/api/v1/reading/egress/${id}/forget`, {
    method: 'POST',
    headers: bearer(here.node, 'clinic', ['administer']),
  });
  assert.equal(stranger.status, 404);
  const answer = await api(here, 'POST', `/reading/egress/${id}/forget`);
  assert.deepEqual(((await answer.json()) as { cases: string[] }).cases, [id]);
  await assert.rejects(here.exchange.vault.mapOf(id), { code: 'reading/erased' });
  assert.equal((await sent(here, 'FORGOTTEN'))[1], 'patient-forgotten');
});

test('the ledger says of each copy for whom, under which profile, and with which hash it left', async () => {
  const here = await world();
  const [id] = await sent(here, 'LEDGER');
  const rows = (await (await api(here, 'GET', `/reading/egress?case=${id}`)).json()) as Record<string, unknown>[];
  assert.deepEqual(rows.map(({ kind }) => kind).sort(), ['document', 'instance']);
  const copy = rows.find(({ kind }) => kind === 'instance')!;
  assert.deepEqual([copy.recipient, copy.profile, copy.removedAt], ['nightowl', 'R-read', null]);
  const [found] = await getJson(here.node.url, `/instances?SOPInstanceUID=${copy.name}`, here.reader);
  assert.equal(value(found!, '00080018'), copy.name);
  assert.match(String(copy.sha256), /^[0-9a-f]{64}$/);
  const foreign = await fetch(`${here.node.url}/api/v1/reading/egress`, {
    headers: bearer(here.node, 'clinic', ['administer']),
  });
  assert.deepEqual(await foreign.json(), []);
});
