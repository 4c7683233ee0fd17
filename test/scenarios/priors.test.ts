// What was done before is here when the new study is read: by the person, whatever number the archive knows them under.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { call, putRules } from '../support/delivery.ts';
import { getJson, value } from '../support/dicomweb.ts';
import { serving } from '../support/dimse-door.ts';
import { emptyFolder, unwinding } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { type MadeInstance, makeStudy } from '../support/instances.ts';
import { MemoryArchive } from '../support/memory-archive.ts';
import { addPeer, type NodeProcess, openDoors, sharedNode, startNodeProcess } from '../support/node-process.ts';
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

/** Somebody who has a number of each of two domains; each test has its own person. */
interface Somebody {
  /** Of NORTH, and of OLDPAS. */
  here: string;
  old: string;
  name: string;
  birthDate: string;
}
const somebody = (number: number, name: string, birthDate: string): Somebody => ({
  here: `P${number}`,
  old: `OLD-${number}`,
  name,
  birthDate,
});

/** An examination of a person under one of their numbers. */
function exam(
  who: Somebody,
  number: 'here' | 'old',
  description: string,
  instances: number,
  more = {},
): MadeInstance[] {
  const attributes = {
    PatientID: who[number],
    IssuerOfPatientID: number === 'here' ? 'NORTH' : 'OLDPAS',
    PatientName: who.name,
    PatientBirthDate: who.birthDate,
    StudyDescription: description,
    StudyDate: '20250110',
    ...more,
  };
  return makeStudy(1, instances, { attributes });
}

const fasciaOfAll = sharedNode({ environment: { ...openDoors, FASCIA_AET: 'FASCIA' } });
const archiveOfAll = sharedNode({ environment: { ...openDoors, FASCIA_AET: 'ARCHIVE' } });
const both = () => Promise.all([fasciaOfAll(), archiveOfAll()]);

/** What was planned for a study; without one for anything. */
async function priorsOnce(
  fascia: NodeProcess,
  holds: (rows: Prior[]) => boolean,
  [of]: readonly MadeInstance[] = [],
): Promise<Prior[]> {
  const query = of === undefined ? '' : `?study=${of.studyInstanceUid}`;
  for (;;) {
    const rows = (await (await call(fascia, 'GET', `/priors${query}`)).json()) as Prior[];
    if (holds(rows)) return rows;
    // Nothing outside the node is told.
    await pause(50);
  }
}

async function studiesIn({ url }: NodeProcess, { here, old }: Somebody): Promise<string[]> {
  const studies = await Promise.all([here, old].map((id) => getJson(url, `/studies?PatientID=${id}`)));
  return studies.flatMap((found) => found.map((study) => String(value(study, '0020000D')))).sort();
}

const uidsOf = (...studies: MadeInstance[][]) => studies.map(([first]) => first!.studyInstanceUid).sort();

const pid = ({ here, old, name, birthDate }: Somebody) =>
  `PID|1||${here}^^^NORTH~${old}^^^OLDPAS||${name}||${birthDate}|F`;

async function registered({ mllpPort }: NodeProcess, who: Somebody): Promise<void> {
  const segments = [`MSH|^~\\&|RIS|NORTH|||20260101||ADT^A04|A04-${who.here}|P|2.5.1`, 'EVN|A04', pid(who)];
  const answers = await send(mllpPort, new TextEncoder().encode(`${segments.join('\r')}\r`));
  assert.deepEqual(codesOf(answers), ['AA']);
}

interface Way {
  who: Somebody;
  /** The name by which rules know the archive. */
  from: string;
  introduce(fascia: NodeProcess, archive: NodeProcess): Promise<void>;
}

const ways: Record<string, Way> = {
  'C-FIND and C-GET, where the archive does not know us': {
    who: somebody(1, 'Quimbley^Hermione', '19610307'),
    from: 'ARCHIVE',
    introduce: (fascia, archive) => addPeer(fascia, 'ARCHIVE', archive.dicomPort),
  },
  'C-FIND and C-MOVE': {
    who: somebody(2, 'Abernathy^Rosalind', '19880919'),
    from: 'ARCHIVE',
    async introduce(fascia, archive) {
      await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
      await addPeer(archive, 'FASCIA', fascia.dicomPort);
    },
  },
  'QIDO-RS and WADO-RS': {
    who: somebody(3, 'Longbottom^Augusta', '19310505'),
    from: 'CLOUD',
    async introduce(fascia, archive) {
      const settings = { url: `${archive.url}/dicomweb/` };
      const answer = await call(fascia, 'PUT', '/destinations/CLOUD', { kind: 'dicomweb', settings });
      assert.equal(answer.status, 200);
    },
  },
};

for (const [way, { who, from, introduce }] of Object.entries(ways)) {
  test(`relevant priors of the person come by ${way}, under every number of theirs and of nobody else`, async () => {
    const [fascia, archive] = await both();
    await introduce(fascia, archive);
    await registered(fascia, who);
    const [here, there] = [exam(who, 'here', 'CT HEAD', 2), exam(who, 'old', 'CT BRAIN W/O', 3)];
    const knee = exam(who, 'here', 'CT KNEE LEFT', 1);
    const stranger = exam(who, 'old', 'CT HEAD', 1, {
      IssuerOfPatientID: 'ELSEWHERE',
      PatientBirthDate: '19990101',
      PatientName: 'Other^One',
    });
    await storeAll(archive.dicomPort, [...here, ...there, ...knee, ...stranger], { calledAeTitle: 'ARCHIVE' });
    await putRules(fascia, [wantsPriors({ ...sameRegion, from: [from] })]);
    const now = exam(who, 'here', 'CT HEAD', 1, { StudyDate: '20261123' });
    await storeAll(fascia.dicomPort, now);
    const areHere = (all: Prior[]) => all.length === 2 && all.every(({ state }) => state === 'here');
    const rows = await priorsOnce(fascia, areHere, now);
    assert.deepEqual(rows.map(({ prior }) => prior).sort(), uidsOf(here, there));
    assert.deepEqual(await studiesIn(fascia, who), uidsOf(now, here, there));
    const { studies } = (await (await call(fascia, 'GET', `/explain/${here[0]!.studyInstanceUid}`)).json()) as {
      studies: { instanceCount: number; routing: { wantedBy: Prior[]; priors: Prior[] } }[];
    };
    const [{ instanceCount, routing }] = studies as [(typeof studies)[0]];
    assert.deepEqual([instanceCount, routing.wantedBy.map(({ rule }) => rule), routing.priors], [2, ['priors'], []]);
  });
}

test('what an archive that is away has comes when it is back, though the node was killed meanwhile', async (t) => {
  const later = unwinding(t);
  const data = emptyFolder(later);
  const who = somebody(4, 'Quimbley^Hermione', '19610307');
  const prior = exam(who, 'here', 'CT HEAD', 3);
  const archive = new MemoryArchive();
  for (const { bytes, ...request } of prior) archive.keep(request, bytes);
  const { port } = await serving(t, archive, { aeTitle: 'ARCHIVE' });
  const start = () => startNodeProcess(later, { data, environment: openDoors });
  const first = await start();
  // Nobody listens there: it is this node's own web door.
  await addPeer(first, 'ARCHIVE', Number(new URL(first.url).port));
  await putRules(first, [wantsPriors()]);
  const now = exam(who, 'here', 'CT HEAD', 1, { StudyDate: '20261123' });
  await storeAll(first.dicomPort, now);
  const [waiting] = await priorsOnce(first, (all) => all.some(({ askedProblem }) => askedProblem !== null));
  assert.deepEqual([waiting!.asked, waiting!.askedProblem, waiting!.prior], ['queued', 'dimse/peer-unreachable', null]);
  await addPeer(first, 'ARCHIVE', port);
  first.process.kill('SIGKILL');
  await first.ended;
  const second = await start();
  const rows = await priorsOnce(second, (all) => all.every(({ state }) => state === 'here'));
  assert.deepEqual(
    rows.map(({ prior: uid }) => uid),
    uidsOf(prior),
  );
  assert.deepEqual(await studiesIn(second, who), uidsOf(now, prior));
});

test('an order brings the priors of what is ordered before anything of it comes, once, and one that is cancelled none', async () => {
  const [fascia, archive] = await both();
  const who = somebody(5, 'Prewett^Muriel', '19190301');
  await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
  await registered(fascia, who);
  const prior = exam(who, 'old', 'CT BRAIN W/O', 2);
  const knee = exam(who, 'here', 'CT KNEE LEFT', 1);
  await storeAll(archive.dicomPort, [...prior, ...knee], { calledAeTitle: 'ARCHIVE' });
  const { name, do: wants } = wantsPriors(sameRegion);
  await putRules(fascia, [{ name, on: 'order', when: 'order.status == "SCHEDULED"', do: wants }]);
  const order = async (control: string, id: string, number: string) => {
    const segments = [
      `MSH|^~\\&|RIS|NORTH|||20261123||ORM^O01|${id}|P|2.5.1`,
      `PID|1||${who.here}^^^NORTH||${who.name}||${who.birthDate}|F`,
      `ORC|${control}|${number}|${number}F||||^^^20261124090000`,
      `OBR|1|${number}|${number}F|CTH^CT Head^L||||||||||||||A${number}|R${number}|S${number}||||CT`,
    ];
    const answers = await send(fascia.mllpPort, new TextEncoder().encode(`${segments.join('\r')}\r`));
    assert.deepEqual(codesOf(answers), ['AA']);
  };
  const made = uidsOf(prior, knee);
  const ofIt = ({ prior: uid }: Prior) => uid === null || made.includes(uid);
  await order('CA', 'M2', 'O1');
  await order('NW', 'M3', 'O2');
  await order('XO', 'M4', 'O2');
  const rows = await priorsOnce(
    fascia,
    (all) => all.filter(ofIt).length > 0 && all.every(({ state }) => state === 'here'),
  );
  assert.deepEqual(
    rows.filter(ofIt).map(({ prior: uid, rule }) => [uid, rule]),
    uidsOf(prior).map((uid) => [uid, 'priors']),
  );
  assert.deepEqual(await studiesIn(fascia, who), uidsOf(prior));
});

test('a FHIR ServiceRequest brings priors as an order by HL7 does', async () => {
  const [fascia, archive] = await both();
  const who = somebody(6, 'Marchbanks^Griselda', '19240817');
  await addPeer(fascia, 'ARCHIVE', archive.dicomPort);
  await registered(fascia, who);
  const prior = exam(who, 'old', 'CT BRAIN W/O', 1);
  await storeAll(archive.dicomPort, prior, { calledAeTitle: 'ARCHIVE' });
  const { name, do: wants } = wantsPriors(sameRegion);
  await putRules(fascia, [{ name, on: 'order', when: 'order.status == "SCHEDULED"', do: wants }]);
  const fhir = `${fascia.url}/fhir/R4`;
  const found = (await (await fetch(`${fhir}/Patient?identifier=${who.here}`)).json()) as {
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
  const [uid] = uidsOf(prior);
  const isHere = (row: Prior) => row.prior === uid && row.state === 'here';
  await priorsOnce(fascia, (all) => all.some(isHere));
  assert.deepEqual(await studiesIn(fascia, who), [uid]);
});
