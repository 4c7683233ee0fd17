// What was done before is here when the new study is read: by the person, whatever number the archive knows them under.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { call, putRules } from '../support/delivery.ts';
import { getJson } from '../support/dicomweb.ts';
import { serving } from '../support/dimse-door.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { type MadeInstance, makeStudy } from '../support/instances.ts';
import { MemoryArchive } from '../support/memory-archive.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';

interface Prior {
  prior: string | null;
  archive: string | null;
  asked: string;
  askedProblem: string | null;
  state: string | null;
  rule: string;
}

const wantsPriors = (more = {}) => ({
  name: 'priors',
  when: 'study.description.like("CT HEAD*")',
  do: { prefetch: { from: ['ARCHIVE'], newest: 3, ...more } },
});
const sameRegion = { when: 'prior.bodyRegion == procedure.bodyRegion && prior.ageDays < 3650' };

/** An examination of somebody under a number of some domain. */
function exam(id: string, issuer: string, description: string, instances: number, more = {}): MadeInstance[] {
  const attributes = {
    PatientID: id,
    IssuerOfPatientID: issuer,
    PatientName: 'Quimbley^Hermione',
    PatientBirthDate: '19610307',
    StudyDescription: description,
    StudyDate: '20250110',
    ...more,
  };
  return makeStudy(1, instances, { attributes });
}

const node = (t: TestContext, aet: string, data?: string) =>
  startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { ...openDoors, FASCIA_AET: aet },
    ...(data && { data }),
  });

async function priorsOnce(fascia: NodeProcess, holds: (rows: Prior[]) => boolean): Promise<Prior[]> {
  for (;;) {
    const rows = (await (await call(fascia, 'GET', '/priors')).json()) as Prior[];
    if (holds(rows)) return rows;
    // Nothing outside the node is told.
    await pause(50);
  }
}

async function studiesIn({ url }: NodeProcess): Promise<string[]> {
  const studies = await getJson(url, '/studies');
  return studies.map((study) => String((study['0020000D'] as { Value: unknown[] }).Value[0])).sort();
}

const uidsOf = (...studies: MadeInstance[][]) => studies.map(([first]) => first!.studyInstanceUid).sort();

/** The registration of somebody who has a number of each of two domains. */
async function registered({ mllpPort }: NodeProcess): Promise<void> {
  const segments = [
    'MSH|^~\\&|RIS|NORTH|||20260101||ADT^A04|M1|P|2.5.1',
    'EVN|A04',
    'PID|1||P1^^^NORTH~OLD-7^^^OLDPAS||Quimbley^Hermione||19610307|F',
  ];
  const answers = await send(mllpPort, new TextEncoder().encode(`${segments.join('\r')}\r`));
  assert.deepEqual(codesOf(answers), ['AA']);
}

const ways: Record<string, (fascia: NodeProcess, archive: NodeProcess) => Promise<void>> = {
  async 'C-FIND and C-MOVE'(fascia, archive) {
    await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
    await addPeer(archive, 'FASCIA', fascia.dicomPort);
  },
  async 'C-FIND and C-GET, where the archive does not know us'(fascia, archive) {
    await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
  },
  async 'QIDO-RS and WADO-RS'(fascia, archive) {
    const settings = { url: `${archive.url}/dicomweb/` };
    const answer = await call(fascia, 'PUT', '/destinations/ARCHIVE', { kind: 'dicomweb', settings });
    assert.equal(answer.status, 200);
  },
};

for (const [way, introduce] of Object.entries(ways)) {
  test(`relevant priors of the person come by ${way}, under every number of theirs and of nobody else`, async (t) => {
    const [fascia, archive] = await Promise.all([node(t, 'FASCIA'), node(t, 'ARCHIVE')]);
    await introduce(fascia, archive);
    await registered(fascia);
    const [here, there] = [exam('P1', 'NORTH', 'CT HEAD', 2), exam('OLD-7', 'OLDPAS', 'CT BRAIN W/O', 3)];
    const knee = exam('P1', 'NORTH', 'CT KNEE LEFT', 1);
    const stranger = exam('OLD-7', 'ELSEWHERE', 'CT HEAD', 1, {
      PatientBirthDate: '19990101',
      PatientName: 'Other^One',
    });
    await storeAll(archive.dicomPort, [...here, ...there, ...knee, ...stranger], { calledAeTitle: 'ARCHIVE' });
    await putRules(fascia, [wantsPriors(sameRegion)]);
    const now = exam('P1', 'NORTH', 'CT HEAD', 1, { StudyDate: '20261123' });
    await storeAll(fascia.dicomPort, now);
    const rows = await priorsOnce(fascia, (all) => all.length === 2 && all.every(({ state }) => state === 'here'));
    assert.deepEqual(rows.map(({ prior }) => prior).sort(), uidsOf(here, there));
    assert.deepEqual(await studiesIn(fascia), uidsOf(now, here, there));
    const { studies } = (await (await call(fascia, 'GET', `/explain/${here[0]!.studyInstanceUid}`)).json()) as {
      studies: { instanceCount: number; routing: { wantedBy: Prior[]; priors: Prior[] } }[];
    };
    const [{ instanceCount, routing }] = studies as [(typeof studies)[0]];
    assert.deepEqual([instanceCount, routing.wantedBy.map(({ rule }) => rule), routing.priors], [2, ['priors'], []]);
  });
}

test('what an archive that is away has comes when it is back, though the node was killed meanwhile', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'fascia-priors-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  const prior = exam('P1', 'NORTH', 'CT HEAD', 3);
  const archive = new MemoryArchive();
  for (const { bytes, ...request } of prior) archive.keep(request, bytes);
  const { port } = await serving(t, archive, { aeTitle: 'ARCHIVE' });
  const first = await node(t, 'FASCIA', data);
  // Nobody listens there: it is this node's own web door.
  await addPeer(first, 'ARCHIVE', Number(new URL(first.url).port));
  await putRules(first, [wantsPriors()]);
  const now = exam('P1', 'NORTH', 'CT HEAD', 1, { StudyDate: '20261123' });
  await storeAll(first.dicomPort, now);
  const [waiting] = await priorsOnce(first, (all) => all.some(({ askedProblem }) => askedProblem !== null));
  assert.deepEqual([waiting!.asked, waiting!.askedProblem, waiting!.prior], ['queued', 'dimse/peer-unreachable', null]);
  await addPeer(first, 'ARCHIVE', port);
  first.process.kill('SIGKILL');
  await first.ended;
  const second = await node(t, 'FASCIA', data);
  const rows = await priorsOnce(second, (all) => all.every(({ state }) => state === 'here'));
  assert.deepEqual(
    rows.map(({ prior: uid }) => uid),
    uidsOf(prior),
  );
  assert.deepEqual(await studiesIn(second), uidsOf(now, prior));
});

test('an order brings the priors of what is ordered before anything of it comes, once, and one that is cancelled none', async (t) => {
  const [fascia, archive] = await Promise.all([node(t, 'FASCIA'), node(t, 'ARCHIVE')]);
  await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
  await registered(fascia);
  const prior = exam('OLD-7', 'OLDPAS', 'CT BRAIN W/O', 2);
  const knee = exam('P1', 'NORTH', 'CT KNEE LEFT', 1);
  await storeAll(archive.dicomPort, [...prior, ...knee], { calledAeTitle: 'ARCHIVE' });
  const { name, do: wants } = wantsPriors(sameRegion);
  await putRules(fascia, [{ name, on: 'order', when: 'order.status == "SCHEDULED"', do: wants }]);
  const order = async (control: string, id: string, number: string) => {
    const segments = [
      `MSH|^~\\&|RIS|NORTH|||20261123||ORM^O01|${id}|P|2.5.1`,
      'PID|1||P1^^^NORTH||Quimbley^Hermione||19610307|F',
      `ORC|${control}|${number}|${number}F||||^^^20261124090000`,
      `OBR|1|${number}|${number}F|CTH^CT Head^L||||||||||||||A${number}|R${number}|S${number}||||CT`,
    ];
    const answers = await send(fascia.mllpPort, new TextEncoder().encode(`${segments.join('\r')}\r`));
    assert.deepEqual(codesOf(answers), ['AA']);
  };
  await order('CA', 'M2', 'O1');
  await order('NW', 'M3', 'O2');
  await order('XO', 'M4', 'O2');
  const rows = await priorsOnce(fascia, (all) => all.length > 0 && all.every(({ state }) => state === 'here'));
  assert.deepEqual(
    rows.map(({ prior: uid, rule }) => [uid, rule]),
    uidsOf(prior).map((uid) => [uid, 'priors']),
  );
  assert.deepEqual(await studiesIn(fascia), uidsOf(prior));
});

test('a FHIR ServiceRequest brings priors as an order by HL7 does', async (t) => {
  const [fascia, archive] = await Promise.all([node(t, 'FASCIA'), node(t, 'ARCHIVE')]);
  await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
  await registered(fascia);
  const prior = exam('OLD-7', 'OLDPAS', 'CT BRAIN W/O', 1);
  await storeAll(archive.dicomPort, prior, { calledAeTitle: 'ARCHIVE' });
  const { name, do: wants } = wantsPriors(sameRegion);
  await putRules(fascia, [{ name, on: 'order', when: 'order.status == "SCHEDULED"', do: wants }]);
  const fhir = `${fascia.url}/fhir/R4`;
  const found = (await (await fetch(`${fhir}/Patient?identifier=P1`)).json()) as {
    entry: { resource: { id: string } }[];
  };
  const written = await fetch(`${fhir}/ServiceRequest`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify({
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${found.entry[0]!.resource.id}` },
      identifier: [{ type: { coding: [{ code: 'PLAC' }] }, system: 'urn:oid:1.2.3', value: 'P1' }],
      code: { text: 'CT Head' },
      occurrenceDateTime: '2026-11-24T10:30:00+01:00',
    }),
  });
  assert.equal(written.status, 201, await written.text());
  const rows = await priorsOnce(fascia, (all) => all.length > 0 && all.every(({ state }) => state === 'here'));
  assert.deepEqual(
    rows.map(({ prior: uid }) => uid),
    uidsOf(prior),
  );
});
