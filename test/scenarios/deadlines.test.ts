// An operation is booked for a patient whose images are here: a whole node sends them where they are needed before it begins,
// and says when they will not be there in time. HL7 v2.8.2 chapter 10; FHIR R4 appointment.html.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { call, ledger, ledgerOnce, putRules } from '../support/delivery.ts';
import { emptyFolder } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';

const HOUR_MS = 3_600_000;

/** HL7 v2 2A.2.22, in UTC. */
const dtm = (at: Date): string => `${at.toISOString().replace(/\D/g, '').slice(0, 14)}+0000`;
const operation = (event: string, at: Date): Uint8Array =>
  new TextEncoder().encode(
    [
      `MSH|^~\\&|OR|SURG|PACS|HOSP|20261123||SIU^${event}|${event}${at.getTime()}|P|2.5.1`,
      'SCH|AP1|AF1',
      'PID|1||7^^^HOSP^MR||Knife^Mack||19600203|M',
      'RGS|1',
      `AIS|1|A|APP^Appendectomy^L|${dtm(at)}`,
    ].join('\r'),
  );

interface Alarm {
  id: string;
  state: string;
  deadline: string;
  studyInstanceUid: string;
}

async function alarmsOnce(node: NodeProcess, holds: (alarms: Alarm[]) => boolean): Promise<Alarm[]> {
  for (;;) {
    const alarms = (await (await call(node, 'GET', '/deliveries/deadlines')).json()) as Alarm[];
    if (holds(alarms)) return alarms;
    // Alarms announce nothing outside the node but events, which are read in the same way.
    await pause(100);
  }
}

test('a booked operation has images pushed, a moved one raises the alarm, and a cancelled one is nobody’s deadline', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const path = emptyFolder((cleanUp) => t.after(cleanUp));
  await call(node, 'PUT', '/destinations/THEATRE', { kind: 'folder', settings: { path } });
  await call(node, 'POST', '/destinations/THEATRE/pause', { paused: true });
  await putRules(node, [
    {
      name: 'before-surgery',
      when: 'appointment.service.like("*ectomy*")',
      after: 'instance',
      by: { at: 'order.neededBy - duration("30m")', warn: '1h' },
      do: { send: 'THEATRE' },
    },
  ]);
  const whose = { PatientID: '7', IssuerOfPatientID: 'HOSP', PatientName: 'Knife^Mack' };
  const study = makeStudy(1, 2, { attributes: whose });
  const others = makeStudy(1, 1, { attributes: { ...whose, PatientID: '8' } });
  await storeAll(node.dicomPort, [...study, ...others]);
  assert.deepEqual(await ledger(node), []);

  const tell = async (event: string, at: Date) => codesOf(await send(node.mllpPort, operation(event, at)));
  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
  assert.deepEqual(await tell('S12', inHours(48)), ['AA']);
  const rows = await ledgerOnce(node, ({ length }) => length === 2);
  assert.ok(rows.every(({ studyInstanceUid }) => studyInstanceUid === study[0]!.studyInstanceUid));
  assert.deepEqual(await alarmsOnce(node, () => true), []);

  const soon = inHours(1);
  assert.deepEqual(await tell('S13', soon), ['AA']);
  const [alarm] = await alarmsOnce(node, ({ length }) => length === 1);
  assert.equal(alarm!.state, 'at-risk');
  assert.equal(Date.parse(alarm!.deadline), Math.floor((soon.getTime() - HOUR_MS / 2) / 1000) * 1000);
  const events = (await (await call(node, 'GET', '/events?limit=1000')).json()) as { kind: string; detail: object }[];
  assert.ok(events.some(({ kind }) => kind === 'deadline-at-risk'));

  await call(node, 'POST', '/destinations/THEATRE/pause', { paused: false });
  await alarmsOnce(node, ({ length }) => length === 0);
  assert.equal((await readdir(path, { recursive: true })).filter((name) => name.endsWith('.dcm')).length, 2);

  assert.deepEqual(await tell('S15', soon), ['AA']);
  const late = makeStudy(1, 1, { attributes: whose });
  await storeAll(node.dicomPort, late);
  await putRules(node, [{ name: 'all', when: 'known(appointment.start)', after: 'instance', do: { send: 'THEATRE' } }]);
  const explained = (await (await call(node, 'GET', `/explain/${late[0]!.studyInstanceUid}`)).json()) as object;
  assert.match(JSON.stringify(explained), /"rule":"all","outcome":"does-not-apply"/);
});
