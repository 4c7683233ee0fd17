// Identity as a whole node gives it, against many resident persons: how long it takes from a start to the first answer, with
// and without what it put away; $match over HTTP, asked at a fixed rate whether the last one was answered or not; the ADT
// feed. `npm run bench identity-node [PERSONS [SECONDS]]`.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { silentLog } from '../src/base/log.ts';
import type { LoggedSighting } from '../src/ingest/identify/logged.ts';
import { openDatabase } from '../src/storage/database.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { feed } from './support/adt-feed.ts';
import { percentiles } from './support/percentiles.ts';
import { registrations } from './support/registrations.ts';

const persons = Number(process.argv[2] ?? 1_000_000);
const seconds = Number(process.argv[3] ?? 20);
const rate = 500;
const asked: LoggedSighting[] = [];
const cleanUps: (() => Promise<void>)[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const data = await mkdtemp(join(tmpdir(), 'fascia-bench-'));
try {
  console.log(`${await fill()} registrations of ${persons} persons in the log`);
  let node = await start('from the log');
  await written(node, join(data, 'objects', 'identity', 'persons'));
  await node.stop();
  node = await start('from what was put away');
  await match(node, 3);
  await report(node, `$match asked ${rate} times a second`, () => match(node, seconds));
  const patients = asked.toReversed();
  const sixteen = { connections: 16, patients };
  await feed(node.mllpPort, { ...sixteen, seconds: 3 });
  await report(node, 'ADT over 16 connections', () => feed(node.mllpPort, { ...sixteen, seconds }));
} finally {
  agent.destroy();
  for (const cleanUp of cleanUps) await cleanUp();
  await rm(data, { recursive: true, force: true });
}

/** Straight into the log: how fast messages come in is measured by itself. */
async function fill(): Promise<number> {
  const database = await openDatabase({ dataDir: data, log: silentLog });
  let count = 0;
  let page: LoggedSighting[] = [];
  const write = () =>
    database.query(
      `insert into identity_event (tenant, kind, cause, payload)
       select 1, 'sighting', 'bench:' || (payload ->> 'issuer') || (payload ->> 'patientId'), payload
       from unnest($1::jsonb[]) as given(payload)`,
      [page.map((sighting) => JSON.stringify(sighting))],
    );
  for (const sighting of registrations(persons)) {
    if (count++ % Math.ceil(persons / 20_000) === 0) asked.push(sighting);
    page.push(sighting);
    if (page.length === 5000) {
      await write();
      page = [];
    }
  }
  await write();
  await database.query('vacuum analyze identity_event');
  await database.close();
  return count;
}

async function start(how: string): Promise<NodeProcess> {
  const began = performance.now();
  const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { data, environment: openDoors });
  const opened = performance.now();
  let isKnown = false;
  const known = ask(node, asked[0]!).then(() => {
    isKnown = true;
  });
  const worst = await longestWaitUntil(node, () => isKnown);
  await known;
  const memory = Math.round((await metricOf(node, 'process_resident_memory_bytes')) / 1e6);
  console.log(
    `${how}: doors open after ${((opened - began) / 1000).toFixed(1)} s, persons known after ` +
      `${((performance.now() - began) / 1000).toFixed(1)} s; meanwhile /readyz within ${worst.toFixed(0)} ms; ${memory} MB`,
  );
  return node;
}

/** What a node counts of itself. */
async function metricOf({ url }: NodeProcess, name: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1] ?? Number.NaN);
}

async function written(node: NodeProcess, file: string): Promise<void> {
  const began = performance.now();
  const worst = await longestWaitUntil(node, () => existsSync(file));
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`put away ${seconds} s later; meanwhile /readyz within ${worst.toFixed(0)} ms`);
}

/** How long others wait for an answer while the node has much to do, in ms. */
async function longestWaitUntil({ url }: NodeProcess, isOver: () => boolean): Promise<number> {
  let longest = 0;
  while (!isOver()) {
    const since = performance.now();
    await fetch(`${url}/readyz`);
    longest = Math.max(longest, performance.now() - since);
    await delay(20);
  }
  return longest;
}

/** Waits are counted from when a question was due. */
async function match(node: NodeProcess, forSeconds: number): Promise<number[]> {
  const began = performance.now();
  const total = forSeconds * rate;
  const waits: Promise<number>[] = [];
  for (let n = 0; n < total; n++) {
    const due = began + (n * 1000) / rate;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    const answered = ask(node, asked[(n * 7919) % asked.length]!);
    waits.push(answered.then(() => performance.now() - due));
  }
  return Promise.all(waits);
}

/** The processor time is the node's own: on a machine that has other things to do it says more than the waits. */
async function report(node: NodeProcess, what: string, work: () => Promise<number[]>): Promise<void> {
  const [began, before] = [performance.now(), await metricOf(node, 'process_cpu_seconds_total')];
  const waits = await work();
  const cpuMs = 1000 * ((await metricOf(node, 'process_cpu_seconds_total')) - before);
  const perSecond = Math.round((1000 * waits.length) / (performance.now() - began));
  console.log(
    `${what}: ${perSecond}/s, ${percentiles(waits)}; ${(cpuMs / waits.length).toFixed(2)} ms of the node's processor time each`,
  );
}

/** By name, date and home, without a number; every third name lacks a letter. */
function ask(node: NodeProcess, { name, birthDate, sex, address, phone, patientId }: LoggedSighting): Promise<void> {
  const [family = '', given = ''] = name.split('^');
  const patient = {
    resourceType: 'Patient',
    name: [{ family: Number(patientId) % 3 === 0 ? family.slice(0, 2) + family.slice(3) : family, given: [given] }],
    birthDate: birthDate?.replace(/(....)(..)(..)/, '$1-$2-$3'),
    gender: sex === 'F' ? 'female' : 'male',
    address: [{ text: address }],
    telecom: [{ system: 'phone', value: phone }],
  };
  const body = JSON.stringify({
    resourceType: 'Parameters',
    parameter: [
      { name: 'resource', resource: patient },
      { name: 'count', valueInteger: 3 },
    ],
  });
  return new Promise((resolve, reject) => {
    const asking = request(`${node.url}/fhir/R4/Patient/$match`, {
      agent,
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json', 'Content-Length': Buffer.byteLength(body) },
    });
    asking.on('error', reject);
    asking.on('response', (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`$match answered ${answer.statusCode}`)),
      );
    });
    asking.end(body);
  });
}
