// A reader asks for the next case and is given the most urgent; the desk is told why, and a reader why not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Shown, someOrder, someReader, testExchange } from '../support/exchange.ts';
import { freshUid, makeInstance } from '../support/instances.ts';

const ct = (accession: string) => {
  const [studyInstanceUid, seriesInstanceUid] = [freshUid(), freshUid()];
  const patient = {
    PatientID: 'MRN-1',
    IssuerOfPatientID: 'RIS',
    PatientName: 'Doe^Jane',
    PatientBirthDate: '19800102',
  };
  const StudyDate = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const attributes = {
    ...patient,
    PatientSex: 'F',
    AccessionNumber: accession,
    StudyDate,
    StudyDescription: 'CT Head',
  };
  return [makeInstance({ studyInstanceUid, seriesInstanceUid, attributes })];
};

test('who asks is given the most urgent case, claimed; who may not have it is told by which gate', async (t) => {
  const exchange = await testExchange(t);
  const { call, desk, readerNamed, core } = exchange;
  await core.readers.put(someReader('cleo', { licences: [] }), 'test');
  assert.equal((await call(readerNamed('ada'), 'POST', '/cases/next')).status, 204);
  for (const [accession, priority] of [
    ['D1', 'ROUTINE'],
    ['D2', 'STAT'],
  ] as const) {
    await exchange.order(someOrder(accession, { priority }));
    await exchange.acquire(ct(accession));
  }
  const [routine, stat] = await Promise.all(
    ['D1', 'D2'].map((accession) => exchange.caseOnce({ accession }, ({ state }) => state === 'ready')),
  );
  const { pool } = await core.dispatch();
  await pool.refresh();

  const waiting = (await call(desk, 'GET', `/cases/${stat!.id}/explain`)).body;
  const of = (name: string): Shown => waiting.readers.find(({ reader }: Shown) => reader === name);
  assert.deepEqual([of('ada').before, of('ada').failed], [0, []]);
  assert.deepEqual([of('cleo').score, of('cleo').failed[0].gate], [undefined, 'licence']);
  const own = (await call(readerNamed('cleo'), 'GET', `/cases/${stat!.id}/explain`)).body;
  assert.deepEqual(
    own.readers.map(({ reader }: Shown) => reader),
    ['cleo'],
  );
  assert.equal((await call(readerNamed('cleo'), 'POST', '/cases/next')).status, 204);

  const given = (await call(readerNamed('ada'), 'POST', '/cases/next')).body;
  assert.deepEqual([given.id, given.state, given.claimedBy, given.ahead], [stat!.id, 'claimed', 'ada', [routine!.id]]);
  assert.equal(JSON.stringify(given).includes('Doe'), false);
  const other = (await call(readerNamed('ben'), 'POST', '/cases/next')).body;
  assert.equal(other.id, routine!.id);
  const [decision] = (await call(desk, 'GET', `/cases/${stat!.id}/explain`)).body.decisions;
  assert.deepEqual([decision.id, decision.reader, decision.how], [given.decision, 'ada', 'pulled']);
  assert.equal(decision.detail.candidates.length, 2);
  assert.equal(JSON.stringify(decision).includes('Doe'), false);

  const looker = { ...desk, id: 'token:looker', scopes: ['read' as const] };
  assert.equal((await call(looker, 'GET', `/cases/${stat!.id}/explain`)).status, 403);
  assert.equal((await call(desk, 'POST', '/cases/next')).status, 403);
});
