// Cases of outsourced reading from the order to the reader: a clinic's archive, a provider's room, and both of them by /api/v1.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { keepOrders } from '../../src/orders/order-store.ts';
import { type Shown, someOrder, someReader, type TestExchange, testExchange } from '../support/exchange.ts';
import { freshUid, makeInstance } from '../support/instances.ts';

const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');

/** A CT of today for Jane Doe. */
function ct(accession: string, count = 3, over: Record<string, string> = {}, studyInstanceUid = freshUid()) {
  const seriesInstanceUid = freshUid();
  return Array.from({ length: count }, (_, at) =>
    makeInstance({
      ...{ studyInstanceUid, seriesInstanceUid },
      attributes: {
        ...{
          PatientID: 'MRN-1',
          IssuerOfPatientID: 'RIS',
          PatientName: 'Doe^Jane',
          PatientBirthDate: '19800102',
          PatientSex: 'F',
        },
        ...{ AccessionNumber: accession, StudyDate: today, StudyDescription: 'CT Head', InstanceNumber: `${at + 1}` },
        ...over,
      },
    }),
  );
}

const kindsOf = async ({ call, desk }: TestExchange, id: string): Promise<string[]> =>
  ((await call(desk, 'GET', `/cases/${id}/log`)).body as unknown as Shown[]).map(({ kind }) => kind);

test('order first: announced, receiving, ready in the room under a pseudonym, claimed by one, and nobody else', async (t) => {
  const exchange = await testExchange(t);
  const { call, desk, readerNamed } = exchange;
  await exchange.order(someOrder('A1'));
  const announced = await exchange.caseOnce({ accession: 'A1' }, ({ state }) => state === 'announced');
  assert.deepEqual([announced.priority, announced.patient.name, announced.images], ['stat', 'Doe^Jane', 0]);
  assert.deepEqual((await call(readerNamed('ada'), 'GET', '/cases')).body, [], 'no copy is in the room yet');

  const images = ct('A1');
  await exchange.acquire(images);
  const ready = await exchange.caseOnce({ accession: 'A1' }, ({ state }) => state === 'ready');
  assert.equal(ready.id, announced.id);
  assert.deepEqual([ready.images, ready.studyUid, ready.paused], [3, images[0]!.studyInstanceUid, false]);
  assert.ok(ready.minutesLeft === 29 || ready.minutesLeft === 30, `${ready.minutesLeft}`);

  const [inRoom] = (await call(readerNamed('ada'), 'GET', '/cases')).body as unknown as Shown[];
  assert.equal(inRoom!.id, ready.id);
  assert.equal(JSON.stringify(inRoom).includes('Doe'), false);
  assert.equal(JSON.stringify(inRoom).includes(ready.studyUid), false);
  assert.deepEqual([inRoom!.accession, inRoom!.patient.sex], [null, 'F']);

  const claims = await Promise.all(
    ['ada', 'ben'].map((each) => call(readerNamed(each), 'POST', `/cases/${ready.id}/claim`)),
  );
  assert.deepEqual(claims.map(({ status }) => status).sort(), [200, 409]);
  const winner = claims[0]!.status === 200 ? 'ada' : 'ben';
  const loser = winner === 'ada' ? 'ben' : 'ada';
  assert.equal((await call(readerNamed(loser), 'POST', `/cases/${ready.id}/open`)).status, 409);
  assert.equal((await call(readerNamed(winner), 'POST', `/cases/${ready.id}/open`)).body.state, 'reading');
  const parked = await call(readerNamed(winner), 'POST', `/cases/${ready.id}/park`, { reason: 'question-to-site' });
  assert.deepEqual([parked.body.state, parked.body.paused], ['parked', true]);
  assert.equal((await call(readerNamed(winner), 'POST', `/cases/${ready.id}/resume`)).body.state, 'reading');
  assert.equal((await call(readerNamed(winner), 'POST', `/cases/${ready.id}/heartbeat`)).status, 200);
  const mine = (await call(readerNamed(winner), 'GET', '/cases?mine=true')).body as unknown as Shown[];
  assert.deepEqual(
    mine.map(({ id }) => id),
    [ready.id],
  );
  const back = await call(readerNamed(winner), 'POST', `/cases/${ready.id}/give-back`, { reason: 'shift-over' });
  assert.deepEqual([back.body.state, back.body.claimedBy], ['ready', null]);
  const kinds = ['announced', 'images-arrived', 'ready', 'claimed', 'opened', 'parked', 'resumed', 'requeued'];
  assert.deepEqual([...new Set(await kindsOf(exchange, ready.id))], kinds);
  assert.equal(JSON.stringify((await call(desk, 'GET', `/cases/${ready.id}/log`)).body).includes('Doe'), false);
});

test('images first: an orphan, for which somebody is called in the end, and which an order or a request makes a case', async (t) => {
  const exchange = await testExchange(t);
  const images = ct('A2');
  await exchange.acquire(images);
  const studyUid = images[0]!.studyInstanceUid;
  const orphan = await exchange.caseOnce({ studyUid }, ({ state }) => state === 'orphan');
  await exchange.core.database.query('update reading_case set intake_at = now() where id = $1', [orphan.id]);
  for (let kinds: string[] = []; !kinds.includes('escalated'); ) kinds = await kindsOf(exchange, orphan.id);
  await exchange.order(someOrder('A2', { priority: 'ROUTINE' }));
  const ready = await exchange.caseOnce({ studyUid }, ({ state }) => state === 'ready');
  assert.deepEqual([ready.id, ready.priority], [orphan.id, 'routine']);

  const unordered = ct('A3');
  await exchange.acquire(unordered);
  const wish = { accession: 'A3', priority: 'stat', reason: 'trauma' };
  const asked = await exchange.call(exchange.desk, 'POST', '/cases', wish);
  assert.deepEqual([asked.status, asked.body.priority], [200, 'stat']);
  const [again] = [await exchange.call(exchange.desk, 'POST', '/cases', wish)];
  assert.equal(again!.body.id, asked.body.id, 'a study has one case');
  await exchange.caseOnce({ accession: 'A3' }, ({ state }) => state === 'ready');
});

test('what no contract covers is no case, and what is asked for without one is refused', async (t) => {
  const exchange = await testExchange(t, { modalities: ['MR'] });
  await exchange.acquire(ct('A4'));
  const refused = await exchange.call(exchange.desk, 'POST', '/cases', { accession: 'A4' });
  assert.equal(refused.status, 422);
  const unknown = await exchange.call(exchange.desk, 'POST', '/cases', { accession: 'nobody' });
  assert.equal(unknown.status, 404);
  assert.deepEqual((await exchange.call(exchange.desk, 'GET', '/cases')).body, []);
});

test('a closed gate keeps a reader from claiming, and says which; another tenant is told of no case', async (t) => {
  const exchange = await testExchange(t);
  const { call, core, readerNamed } = exchange;
  await core.readers.put(someReader('cleo', { licences: [] }), 'test');
  await exchange.order(someOrder('A5'));
  await exchange.acquire(ct('A5'));
  const { id } = await exchange.caseOnce({ accession: 'A5' }, ({ state }) => state === 'ready');
  const refused = await call(readerNamed('cleo'), 'POST', `/cases/${id}/claim`);
  assert.equal(refused.status, 403);
  assert.match(JSON.stringify(refused.body), /licence/);
  const stranger = { ...readerNamed('ada'), id: 'token:stranger', tenant: 1 };
  assert.equal((await call(stranger, 'GET', `/cases/${id}`)).status, 404);
  assert.equal((await call(stranger, 'POST', `/cases/${id}/claim`)).status, 404);
  assert.equal((await call(exchange.desk, 'POST', `/cases/${id}/claim`)).status, 403);
});

/** A case that ada is reading. */
async function beingRead(
  t: TestContext,
  accession: string,
): Promise<TestExchange & { id: string; orderId: string; studyUid: string }> {
  const exchange = await testExchange(t);
  const orderId = await exchange.order(someOrder(accession));
  const images = ct(accession);
  await exchange.acquire(images);
  const { id, studyUid } = await exchange.caseOnce({ accession }, ({ state }) => state === 'ready');
  for (const step of ['claim', 'open']) {
    assert.equal((await exchange.call(exchange.readerNamed('ada'), 'POST', `/cases/${id}/${step}`)).status, 200);
  }
  return { ...exchange, id, orderId, studyUid };
}

test('images that come while somebody reads are told once they are in the room, and have to be seen', async (t) => {
  const exchange = await beingRead(t, 'A6');
  await exchange.acquire(ct('A6', 2, {}, exchange.studyUid), false);
  const changed = await exchange.caseOnce({ accession: 'A6' }, ({ unseen }) => unseen.length > 0);
  assert.deepEqual([changed.state, changed.unseen], ['reading', ['late-images']]);
  const seen = await exchange.call(exchange.readerNamed('ada'), 'POST', `/cases/${exchange.id}/seen`);
  assert.deepEqual(seen.body.unseen, []);
});

test('an order that changes while somebody reads is told, one that only goes on is not, and one that is off cancels what nobody has', async (t) => {
  const exchange = await beingRead(t, 'A7');
  const { core, clinic } = exchange;
  const say = (accession: string, over: object) =>
    keepOrders(core.database, { tenant: clinic, source: 'RIS' }, [someOrder(accession, over)]);
  await say('A7', { status: 'COMPLETED' });
  await say('A7', { reason: 'fall on the head' });
  const changed = await exchange.caseOnce({ accession: 'A7' }, ({ unseen }) => unseen.length > 0);
  assert.deepEqual(changed.unseen, ['order-changed']);
  assert.equal((await kindsOf(exchange, exchange.id)).filter((kind) => kind === 'changed').length, 1);

  await exchange.order(someOrder('A8'));
  await exchange.caseOnce({ accession: 'A8' }, ({ state }) => state === 'announced');
  await say('A8', { status: 'CANCELED' });
  await exchange.caseOnce({ accession: 'A8' }, ({ state }) => state === 'cancelled');
});
