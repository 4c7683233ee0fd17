// What the rules ask for arrives, once and whole, whatever happens to the receiver or to us; and the ledger says so.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readDicom } from '../../src/dicom/reader.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { retrieve, stow } from '../support/dicomweb.ts';
import { emptyFolder, unwinding } from '../support/folder.ts';
import { type MadeInstance, makeStudy, RLE_LOSSLESS } from '../support/instances.ts';
import { addPeer, openDoors, sharedNode, startNodeProcess } from '../support/node-process.ts';
import { destination, storeAll } from '../support/peer.ts';

const toNext = { name: 'heads', when: 'study.description == "HEAD"', after: 'instance', do: { send: 'NEXT' } };
const heads = (instances: number, more = {}) =>
  makeStudy(1, instances, { attributes: { StudyDescription: 'HEAD', ...more } });

const uids = (made: readonly { sopInstanceUid: string }[]) => made.map(({ sopInstanceUid }) => sopInstanceUid).sort();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const sender = sharedNode({ environment: openDoors });
const archive = sharedNode({ environment: openDoors });

async function receiver(t: TestContext, options: Parameters<typeof destination>[1] = {}) {
  const made = await destination('NEXT', options);
  t.after(() => made.listener.close());
  return made;
}

test('rules that cannot be meant are refused with all their faults, and a dry run tells what others would have done', async () => {
  const fascia = await sender();
  const wrong = await call(fascia, 'PUT', '/rules', {
    rules: [
      { ...toNext, when: 'study.descripton == "HEAD"' },
      { ...toNext, name: 'again' },
    ],
  });
  assert.equal(wrong.status, 400);
  const { detail } = (await wrong.json()) as { detail: string };
  assert.match(detail, /descripton/);
  assert.match(detail, /no destination NEXT/);
  await addPeer(fascia, 'NEXT', 11112);
  await storeAll(fascia.dicomPort, [...heads(1), ...makeStudy(1, 1)]);
  const dry = await call(fascia, 'POST', '/rules/dry-run', { days: 1, rules: { rules: [toNext] } });
  assert.deepEqual(
    (({ studies, destinations }) => ({ studies, destinations }))((await dry.json()) as Record<string, unknown>),
    { studies: 2, destinations: { NEXT: { before: 0, after: 1 } } },
  );
  assert.equal((await call(fascia, 'GET', '/rules')).status, 404, 'nothing is in force');
});

test('a rule sends the studies it is about, byte for byte and in their order, and the ledger holds each object once', async (t) => {
  const [fascia, next] = [await sender(), await receiver(t)];
  await addPeer(fascia, 'NEXT', next.listener.port);
  const before = heads(1);
  await storeAll(fascia.dicomPort, before);
  await putRules(fascia, [toNext]);
  const [meant, other] = [heads(40), makeStudy(1, 2)];
  await storeAll(fascia.dicomPort, [...other, ...meant]);
  await next.arrived(40);
  const rows = await ledgerOnce(fascia, (all) => all.every(({ state }) => state === 'accepted'), meant);
  assert.deepEqual(uids(rows), uids(meant));
  assert.deepEqual(
    next.received.map(({ sopInstanceUid, bytes }) => [sopInstanceUid, hex(bytes)]),
    meant.map(({ sopInstanceUid, bytes }) => [sopInstanceUid, hex(bytes)]),
  );
  // Sent again by its source, it is the same object.
  await storeAll(fascia.dicomPort, meant);
  const late = heads(1, { InstanceNumber: '41' })[0]!;
  await storeAll(fascia.dicomPort, [late]);
  await next.arrived(41);
  assert.equal(next.received.at(-1)!.sopInstanceUid, late.sopInstanceUid);
  await ledgerOnce(fascia, (all) => all.every(({ state }) => state === 'accepted'), [...meant, late]);
  assert.deepEqual(await routingOf(fascia, meant[0]!), {
    outcome: 'applies',
    because: 'study.description == "HEAD" is true (study.description is "HEAD")',
    destinations: [['NEXT', true]],
    deliveries: [['NEXT', 'accepted', 40]],
  });
  const notSent = await routingOf(fascia, other[0]!);
  assert.deepEqual(
    [notSent.outcome, notSent.destinations, notSent.deliveries],
    ['does-not-apply', [['NEXT', false]], []],
  );
});

async function routingOf(fascia: Parameters<typeof call>[0], { studyInstanceUid }: MadeInstance) {
  const { studies } = (await (await call(fascia, 'GET', `/explain/${studyInstanceUid}`)).json()) as {
    studies: { routing: Record<'rules' | 'destinations' | 'deliveries', Record<string, unknown>[]> }[];
  };
  const { rules, destinations, deliveries } = studies[0]!.routing;
  return {
    outcome: rules[0]!.outcome,
    because: rules[0]!.because,
    destinations: destinations.map(({ destination: name, sent }) => [name, sent]),
    deliveries: deliveries.map(({ destination: name, state, instances }) => [name, state, instances]),
  };
}

test('what waits for a receiver that is away arrives when it is back', async (t) => {
  const [fascia, gone] = [await sender(), await destination('NEXT')];
  const { port } = gone.listener;
  await gone.listener.close();
  await addPeer(fascia, 'NEXT', port);
  await putRules(fascia, [toNext]);
  const meant = heads(3);
  await storeAll(fascia.dicomPort, meant);
  await ledgerOnce(fascia, (rows) => rows.length === 3 && rows.every(({ state }) => state === 'queued'), meant);
  const problemOf = async () =>
    ((await (await call(fascia, 'GET', '/destinations')).json()) as { problem: string | null }[])[0]!.problem;
  while ((await problemOf()) === null) await pause(50);
  assert.equal(await problemOf(), 'dimse/peer-unreachable');
  const back = await receiver(t, { port });
  await back.arrived(3);
  assert.deepEqual(uids(back.received), uids(meant));
  await ledgerOnce(fascia, (rows) => rows.every(({ state }) => state === 'accepted'), meant);
  assert.equal(await problemOf(), null);
});

test('an object that a receiver refuses is left to a person, who sends it again; one it has no room for is tried again', async (t) => {
  const fascia = await sender();
  const meant = heads(4);
  const answers = new Map([
    [meant[1]!.sopInstanceUid, 0xa900],
    [meant[2]!.sopInstanceUid, 0xa700],
  ]);
  let asked = 0;
  const next = await receiver(t, {
    answer({ sopInstanceUid }) {
      asked++;
      const status = answers.get(sopInstanceUid) ?? 0;
      if (status === 0xa700) answers.delete(sopInstanceUid);
      return status;
    },
  });
  await addPeer(fascia, 'NEXT', next.listener.port);
  await putRules(fascia, [toNext]);
  await storeAll(fascia.dicomPort, meant);
  await next.arrived(3);
  const rows = await ledgerOnce(
    fascia,
    (all) => all.length === 4 && all.every(({ state }) => state !== 'queued'),
    meant,
  );
  const refused = rows.find(({ sopInstanceUid }) => sopInstanceUid === meant[1]!.sopInstanceUid)!;
  assert.deepEqual([refused.state, refused.status, refused.problem], ['failed', 0xa900, 'delivery/refused']);
  assert.equal(asked, 5);
  answers.clear();
  const replayed = await call(fascia, 'POST', '/deliveries/replay', { destination: 'NEXT' });
  assert.deepEqual(await replayed.json(), { queued: 1 });
  await next.arrived(4);
  await ledgerOnce(fascia, (all) => all.every(({ state }) => state === 'accepted'), meant);
});

test('a node that is killed while it sends sends what is left when it is there again', async (t) => {
  const later = unwinding(t);
  const data = emptyFolder(later);
  const next = await receiver(t);
  const start = () => startNodeProcess(later, { data, environment: openDoors });
  const first = await start();
  await addPeer(first, 'NEXT', next.listener.port);
  await putRules(first, [toNext]);
  const meant = heads(60);
  await storeAll(first.dicomPort, meant);
  await next.arrived(5);
  first.process.kill('SIGKILL');
  await first.ended;
  const second = await start();
  await ledgerOnce(second, (rows) => rows.length === 60 && rows.every(({ state }) => state === 'accepted'));
  const arrived = new Set(next.received.map(({ sopInstanceUid }) => sopInstanceUid));
  assert.deepEqual([...arrived].sort(), uids(meant));
});

test('a folder and another archive’s STOW-RS are destinations too, and one that is paused gets nothing until it is resumed', async (t) => {
  const [fascia, other] = [await sender(), await archive()];
  const folder = await mkdtemp(path.join(tmpdir(), 'fascia-folder-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await call(fascia, 'PUT', '/destinations/disk', { kind: 'folder', settings: { path: folder } });
  await call(fascia, 'PUT', '/destinations/cloud', {
    kind: 'dicomweb',
    settings: { url: `${other.url}/dicomweb`, authorization: 'Bearer secret' },
  });
  await call(fascia, 'POST', '/destinations/cloud/pause', { paused: true });
  await putRules(fascia, [{ ...toNext, do: { send: ['disk', 'cloud'] } }]);
  const meant = heads(3);
  await stow(
    fascia.url,
    meant.map(({ file }) => file),
  );
  const rows = await ledgerOnce(
    fascia,
    (all) => all.length === 6 && all.every(({ destination: to, state }) => to !== 'disk' || state === 'accepted'),
    meant,
  );
  assert.deepEqual(
    rows.filter(({ destination: to }) => to === 'cloud').map(({ state, attempts }) => [state, attempts]),
    meant.map(() => ['queued', 0]),
  );
  const { studyInstanceUid, seriesInstanceUid } = meant[0]!;
  const files = await readdir(path.join(folder, studyInstanceUid, seriesInstanceUid));
  assert.deepEqual(
    files.sort(),
    uids(meant).map((uid) => `${uid}.dcm`),
  );
  for (const { sopInstanceUid, file } of meant) {
    const written = await readFile(path.join(folder, studyInstanceUid, seriesInstanceUid, `${sopInstanceUid}.dcm`));
    assert.equal(hex(written), hex(file));
  }
  const resumed = (await (
    await call(fascia, 'POST', '/destinations/cloud/pause', { paused: false })
  ).json()) as MadeInstance;
  assert.doesNotMatch(JSON.stringify(resumed), /secret/);
  await ledgerOnce(fascia, (all) => all.every(({ state }) => state === 'accepted'), meant);
  const there = await retrieve(other.url, `/studies/${studyInstanceUid}`);
  assert.deepEqual(there.map(hex).sort(), meant.map(({ file }) => hex(file)).sort());
});

test('an archive that accepted an object and lost it is found out, and gets it again', async () => {
  const [fascia, other] = [await sender(), await archive()];
  await addPeer(fascia, 'FASCIA', other.dicomPort);
  await call(fascia, 'PUT', '/destinations/FASCIA', {
    kind: 'dimse',
    settings: { verify: true, verifyAfter: '0.5s' },
  });
  await putRules(fascia, [{ ...toNext, do: { send: 'FASCIA' } }]);
  const meant = heads(3);
  await storeAll(fascia.dicomPort, meant);
  await ledgerOnce(fascia, (rows) => rows.length === 3 && rows.every(({ state }) => state === 'verified'), meant);
  // Withdrawn there, it is neither found nor shown: to us it is lost, whatever they answer to a second copy.
  const again = heads(1);
  const lost = again[0]!;
  await storeAll(fascia.dicomPort, again);
  await ledgerOnce(fascia, (rows) => rows.length === 4 && rows.every(({ state }) => state !== 'queued'), [
    ...meant,
    ...again,
  ]);
  const there = `${other.url}/dicomweb/studies/${lost.studyInstanceUid}`;
  assert.ok((await fetch(`${there}?reason=lost`, { method: 'DELETE' })).ok);
  const rows = await ledgerOnce(fascia, (all) => all.some(({ problem }) => problem === 'delivery/lost'), again);
  assert.equal(rows.find(({ problem }) => problem === 'delivery/lost')!.sopInstanceUid, lost.sopInstanceUid);
});

test('the steps of a rule are done on the way, to every object and reference alike, and what cannot be done is told and not sent', async (t) => {
  const fascia = await sender();
  const folder = await mkdtemp(path.join(tmpdir(), 'fascia-folder-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await call(fascia, 'PUT', '/destinations/disk', { kind: 'folder', settings: { path: folder } });
  const transform = [{ set: { PatientID: 'TRIAL-1' } }, { remapUids: {} }, { transcode: { to: RLE_LOSSLESS } }];
  await putRules(fascia, [
    { ...toNext, do: { transform, send: 'disk' } },
    {
      name: 'chests',
      when: 'study.description == "CHEST"',
      after: 'instance',
      do: { transform: [{ map: { attribute: 'PatientSex', values: {}, otherwise: 'stop' } }], send: 'disk' },
    },
  ]);
  const meant = heads(3);
  const chest = makeStudy(1, 1, { attributes: { StudyDescription: 'CHEST', PatientSex: 'F' } });
  await stow(
    fascia.url,
    [...meant, ...chest].map(({ file }) => file),
  );
  const rows = await ledgerOnce(fascia, (all) => all.length === 4 && all.every(({ state }) => state !== 'queued'), [
    ...meant,
    ...chest,
  ]);
  const stopped = rows.filter(({ state }) => state !== 'accepted');
  assert.deepEqual(uids(stopped), uids(chest));
  assert.equal(stopped[0]!.problem, 'delivery/not-transformed');
  assert.match(stopped[0]!.reason!, /map value-not-mapped 00100040/);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.dcm'));
  const sent = await Promise.all(files.map(async (name) => readDicom(await readFile(path.join(folder, name)))));
  assert.equal(sent.length, 3);
  const texts = (keyword: string) => new Set(sent.map(({ dataset }) => dataset.text(keyword)));
  assert.deepEqual(texts('PatientID'), new Set(['TRIAL-1']));
  assert.deepEqual([texts('StudyInstanceUID').size, texts('SeriesInstanceUID').size], [1, 1]);
  const before = new Set(meant.flatMap((one) => [one.studyInstanceUid, one.seriesInstanceUid, one.sopInstanceUid]));
  for (const keyword of ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'])
    assert.deepEqual(
      [...texts(keyword)].filter((uid) => before.has(uid!)),
      [],
    );
  assert.deepEqual(new Set(sent.map(({ transferSyntax }) => transferSyntax.uid)), new Set([RLE_LOSSLESS]));
});

test('a node stops in time though a receiver took the connection and never says a word', async (t) => {
  const fascia = await sender();
  const called = Promise.withResolvers<void>();
  const silent = createServer(() => called.resolve());
  silent.listen(0, '127.0.0.1');
  t.after(() => silent.close());
  await once(silent, 'listening');
  await addPeer(fascia, 'NEXT', (silent.address() as AddressInfo).port);
  await putRules(fascia, [toNext]);
  await storeAll(fascia.dicomPort, heads(1));
  await called.promise;
  assert.equal(await fascia.stop(), 0, fascia.output());
});
