import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { caseLogOf } from '../../../test/support/case-crowd.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { testClock } from '../../../test/support/test-clock.ts';
import type { Actor, CaseHappening } from '../../reading/case/case-event.ts';
import { foldCase } from '../../reading/case/fold.ts';
import type { CaseFacts } from '../../reading/gate/asked.ts';
import { someFacts } from '../../reading/testing/facts.ts';
import { CaseCloser } from './case-closer.ts';

const desk: Actor = { kind: 'desk', id: 'token:1' };
const HOUR_MS = 3_600_000;

async function exchange(t: TestContext) {
  const database = await testDatabase(t);
  const clock = testClock();
  const cases = caseLogOf(database, clock);
  t.after(() => cases.close());
  const core = { database, log: { warn: assert.fail } as never, readingInUse: { now: async () => true } as never };
  const closer = new CaseCloser(core, cases, clock);
  let studies = 0;
  const ready = async (readType: CaseFacts['readType'] = 'final'): Promise<string> => {
    studies += 1;
    const { id } = (await cases.create({ client: 1, studyUid: `1.2.${studies}` }, desk, [
      { kind: 'announced', facts: someFacts({ readType }), term: { id: 't', version: 1 } },
      { kind: 'images-arrived', instances: 3 },
      { kind: 'ready', instances: 3, priors: 0 },
    ]))!;
    return id;
  };
  const say = (id: string, ...happenings: CaseHappening[]) => cases.change(id, desk, () => happenings);
  const signed = async (
    readType: CaseFacts['readType'],
    kind: 'preliminary-signed' | 'final-signed' = 'final-signed',
  ): Promise<string> => {
    const id = await ready(readType);
    const report = {
      ...{ version: 1, reader: 'ada', textHash: 'h', overridden: [] },
      entitlement: { licences: ['l'], privilege: 'p', checkedAt: clock.now() },
    };
    await say(
      id,
      { kind: 'claimed', reader: 'ada', transactionUid: '2.25.1', leaseUntil: clock.now() + 60_000 },
      { kind: 'opened', reader: 'ada' },
      { kind, report },
    );
    return id;
  };
  /** At its one destination. */
  const delivered = async (): Promise<string> => {
    const id = await signed('final');
    await say(id, { kind: 'delivered', destination: 'RIS', version: 1, textHash: 'h', outstanding: 0 });
    return id;
  };
  const stateAfter = async (id: string, hours: number) => {
    clock.advance(hours * HOUR_MS);
    await closer.look();
    return (await cases.read(id)).state;
  };
  return { database, cases, ready, signed, delivered, say, stateAfter };
}

test('a case that is at every destination is closed a day after the last word of it', async (t) => {
  const { delivered, say, stateAfter } = await exchange(t);
  const id = await delivered();
  assert.equal(await stateAfter(id, 23), 'delivered');
  await say(id, { kind: 'seen' });
  assert.equal(await stateAfter(id, 23), 'delivered', 'somebody has looked at it meanwhile');
  assert.equal(await stateAfter(id, 1), 'closed');
});

test('not while a critical result is open, a change was not seen, or a review has no answer; and that holds up no other', async (t) => {
  const { delivered, say, stateAfter } = await exchange(t);
  const open: { id: string; ends: CaseHappening }[] = [];
  const waits = async (begins: CaseHappening, ends: CaseHappening) => {
    const id = await delivered();
    await say(id, begins);
    open.push({ id, ends });
  };
  const told = { loop: 'l', recipient: 'r', readBack: true, method: 'phone' };
  await waits(
    { kind: 'critical-flagged', loop: 'l', category: 1, finding: 'f' },
    { kind: 'critical-acknowledged', ...told },
  );
  await waits({ kind: 'changed', what: 'order-changed' }, { kind: 'change-seen', reader: 'ada' });
  await waits(
    { kind: 'sampled', why: 'random', review: 'v' },
    { kind: 'reviewed', review: 'v', score: '1', difference: 'none' },
  );
  const other = await delivered();
  assert.equal(await stateAfter(other, 48), 'closed');
  for (const { id, ends } of open) {
    assert.equal(await stateAfter(id, 48), 'delivered', ends.kind);
    await say(id, ends);
    assert.equal(await stateAfter(id, 24), 'closed', ends.kind);
  }
});

test('what was answered at an exchange elsewhere stays open for what is added there, and is closed after 30 quiet days', async (t) => {
  const { ready, say, stateAfter } = await exchange(t);
  const id = await ready();
  await say(id, { kind: 'answered', as: 'final', textHash: 'h' });
  assert.equal(await stateAfter(id, 24 * 29), 'answered');
  await say(id, { kind: 'answered', as: 'final', textHash: 'with an addendum' });
  assert.equal(await stateAfter(id, 24 * 29), 'answered');
  assert.equal(await stateAfter(id, 24), 'closed');
});

test('a second reading is closed when it is signed, for it goes nowhere; what has not arrived everywhere is not', async (t) => {
  const { signed, stateAfter } = await exchange(t);
  const [second, first] = [await signed('second'), await signed('final')];
  assert.equal(await stateAfter(second, 25), 'closed');
  assert.equal(await stateAfter(first, 25), 'final');
});

test('a preliminary report that no more was asked for ends its case seven quiet days after it has arrived', async (t) => {
  const { signed, say, stateAfter } = await exchange(t);
  const arrived = { kind: 'delivered', destination: 'RIS', version: 1, textHash: 'h', outstanding: 0 } as const;
  const [asked, more] = [
    await signed('preliminary', 'preliminary-signed'),
    await signed('final', 'preliminary-signed'),
  ];
  assert.equal(await stateAfter(asked, 24 * 8), 'preliminary', 'it has not arrived');
  await say(asked, { ...arrived, outstanding: 1 });
  assert.equal(await stateAfter(asked, 24 * 8), 'preliminary', 'it has not arrived everywhere');
  for (const id of [asked, more]) await say(id, { ...arrived, destination: 'PACS' });
  assert.equal(await stateAfter(asked, 24 * 7 - 1), 'preliminary');
  assert.equal(await stateAfter(asked, 1), 'closed');
  assert.equal(await stateAfter(more, 24 * 30), 'preliminary', 'it waits for whoever reads it over');
  const loop = { loop: 'l', category: 1, finding: 'f' } as const;
  await say(asked, { kind: 'critical-flagged', ...loop });
  assert.equal(await stateAfter(asked, 24 * 8), 'preliminary', 'its client found something when they read it over');
  await say(asked, { kind: 'critical-acknowledged', loop: 'l', recipient: 'r', readBack: true, method: 'phone' });
  assert.equal(await stateAfter(asked, 24 * 7), 'closed');
});

test('cases that were given as preliminary before anybody closed such are told by their logs when they had arrived', async (t) => {
  const { database, cases, signed, say, stateAfter } = await exchange(t);
  const arrived = { kind: 'delivered', destination: 'RIS', version: 1, textHash: 'h', outstanding: 0 } as const;
  const ids = [await signed('preliminary', 'preliminary-signed'), await signed('final', 'preliminary-signed')];
  for (const id of ids) await say(id, arrived);
  await database.query(`update reading_case set folded = (folded::jsonb #- '{clocks,delivered}')::json`);
  const migration = new URL('../../storage/migrations/0050-closed-preliminary.sql', import.meta.url);
  await database.pool.query(await readFile(migration, 'utf8'));
  for (const id of ids) assert.deepEqual(await cases.read(id), foldCase(id, await cases.events(id)));
  assert.equal(await stateAfter(ids[0]!, 24 * 7), 'closed');
});
