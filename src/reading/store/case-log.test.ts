import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { caseLogOf } from '../../../test/support/case-crowd.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { testClock } from '../../../test/support/test-clock.ts';
import type { Database } from '../../storage/database.ts';
import { readEvents } from '../../storage/events.ts';
import { transact } from '../../storage/transaction.ts';
import { readCaseCode } from '../case/case-code.ts';
import type { CaseHappening } from '../case/case-event.ts';
import { someFacts } from '../testing/facts.ts';

const desk = { kind: 'desk', id: 'token:1' } as const;
const announced: CaseHappening = { kind: 'announced', facts: someFacts(), term: { id: 't', version: 1 } };
const here: CaseHappening[] = [
  { kind: 'images-arrived', instances: 3 },
  { kind: 'ready', instances: 3, priors: 0 },
];
const claimed = (reader: string, leaseUntil: number): CaseHappening => ({
  kind: 'claimed',
  reader,
  transactionUid: '2.25.1',
  leaseUntil,
});

describe('the log of a case', () => {
  test('is told as it was written, by whom and when', async (t) => {
    const clock = testClock(Date.UTC(2026, 10, 23, 3, 15, 0, 123));
    const log = caseLogOf(await testDatabase(t), clock);
    const { id } = (await log.create({ client: 1, studyUid: '1.2.3' }, desk, [announced]))!;
    assert.equal(readCaseCode(id), id);
    clock.advance(1500);
    await log.append(id, 1, { kind: 'exchange', id: 'intake' }, here);
    const events = await log.events(id);
    assert.deepEqual(events[0], { sequence: 1, at: clock.now() - 1500, by: desk, ...announced });
    assert.deepEqual(
      events.map(({ sequence, kind, at, by }) => [sequence, kind, at, by.kind]),
      [
        [1, 'announced', clock.now() - 1500, 'desk'],
        [2, 'images-arrived', clock.now(), 'exchange'],
        [3, 'ready', clock.now(), 'exchange'],
      ],
    );
  });

  test('of many who claim a case at the same moment one has it, and the others are told that it has moved on', async (t) => {
    const clock = testClock();
    const log = caseLogOf(await testDatabase(t), clock);
    const { id, sequence } = (await log.create({ client: 1 }, desk, [announced, ...here]))!;
    const claims = await Promise.allSettled(
      Array.from({ length: 12 }, (_, each) => log.append(id, sequence, desk, [claimed(`r${each}`, clock.now())])),
    );
    const won = claims.filter(({ status }) => status === 'fulfilled');
    const lost = claims.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    assert.equal(won.length, 1);
    assert.deepEqual(new Set(lost), new Set(['reading/moved']));
  });

  describe('what a person signs while it is noted that the report has arrived', () => {
    const reader = { kind: 'reader', id: 'ada' } as const;
    const exchange = { kind: 'exchange', id: 'delivery' } as const;
    const version = (at: number) => ({
      ...{ version: at, reader: 'ada', textHash: `h${at}`, overridden: [] },
      entitlement: { licences: ['l'], privilege: 'p', checkedAt: 0 },
    });
    const amended: CaseHappening = { kind: 'amended', how: 'appended', report: version(2), reason: 'r' };
    const arrived: CaseHappening = {
      ...{ kind: 'delivered', destination: 'RIS', version: 1, textHash: 'h1', outstanding: 0 },
    };
    const final = async (database: Database) => {
      const log = caseLogOf(database, testClock());
      const signed: CaseHappening = { kind: 'final-signed', report: version(1) };
      const opened: CaseHappening[] = [claimed('ada', 60_000), { kind: 'opened', reader: 'ada' }];
      const { id, sequence } = (await log.create({ client: 1 }, desk, [announced, ...here, ...opened, signed]))!;
      return { log, id, sequence };
    };

    test('follows that, also where both write at the same moment', async (t) => {
      const database = await testDatabase(t);
      const { log, id, sequence } = await final(database);
      let adding: Promise<unknown> | undefined;
      await transact(database, async (transaction) => {
        await log.append(id, sequence, exchange, [arrived], { transaction });
        adding = transact(database, (queries) => log.append(id, sequence, reader, [amended], { transaction: queries }));
        // It has read the case as it was, and waits for this row.
        for (let waits = false; !waits; ) {
          const [row] = await database.query<{ waits: boolean }>(
            'select exists (select from pg_locks where not granted) as waits',
          );
          waits = row!.waits;
        }
      });
      await adding;
      assert.deepEqual(
        (await log.events(id)).slice(-2).map(({ kind }) => kind),
        ['delivered', 'amended'],
      );
      assert.deepEqual([(await log.read(id)).state, (await log.read(id)).reports.length], ['final', 2]);
    });

    test('is told that the case has moved on where anything else was entered, and so is whoever keeps books', async (t) => {
      const { log, id, sequence } = await final(await testDatabase(t));
      await log.append(id, sequence, exchange, [arrived]);
      await assert.rejects(log.append(id, sequence, exchange, [{ kind: 'closed' }]), { code: 'reading/moved' });
      await log.append(id, sequence + 1, exchange, [{ kind: 'changed', what: 'late-images', instances: 4 }]);
      await assert.rejects(log.append(id, sequence, reader, [amended]), { code: 'reading/moved' });
      await log.append(id, sequence + 2, desk, [{ kind: 'change-seen', reader: 'ada' }]);
      await log.append(id, sequence + 3, reader, [amended]);
      await log.append(id, sequence + 4, exchange, [{ kind: 'seen' }]);
      const twice = log.append(id, sequence + 4, reader, [amended]);
      await assert.rejects(twice, { code: 'reading/out-of-step' }, 'the table of the case is asked again');
    });
  });

  test('what cannot follow changes nothing, nor does what stands before it in the same append', async (t) => {
    const log = caseLogOf(await testDatabase(t));
    const { id } = (await log.create({ client: 1 }, desk, [announced]))!;
    await assert.rejects(log.append(id, 1, desk, [...here, { kind: 'closed' }]), { code: 'reading/not-possible' });
    assert.equal((await log.read(id)).sequence, 1);
    await assert.rejects(log.append('1111-1111', 1, desk, here), { code: 'reading/unknown-case' });
  });

  test('a study and an order have one case at a time, and another once that is over', async (t) => {
    const log = caseLogOf(await testDatabase(t));
    const place = { client: 1, studyUid: '1.2.3', order: '7' };
    const { id } = (await log.create(place, desk, [announced]))!;
    assert.equal(await log.create(place, desk, [announced]), undefined);
    assert.equal(await log.create({ client: 1, order: '7' }, desk, [announced]), undefined);
    assert.notEqual(await log.create({ ...place, partOf: id }, desk, [announced]), undefined, 'a second reading of it');
    await log.append(id, 1, desk, [{ kind: 'cancelled', reason: 'order-cancelled' }]);
    assert.notEqual(await log.create(place, desk, [announced]), undefined);
  });

  test('a heartbeat moves the lease on without an entry, and nothing that is appended takes it back', async (t) => {
    const clock = testClock();
    const log = caseLogOf(await testDatabase(t), clock);
    const { id } = (await log.create({ client: 1 }, desk, [announced, ...here, claimed('ada', clock.now() + 60_000)]))!;
    await log.heartbeat(id, 'ada', clock.now() + 90_000);
    await assert.rejects(log.heartbeat(id, 'ben', clock.now()), { code: 'reading/not-holder' });
    const opened = await log.change(id, desk, () => [{ kind: 'opened', reader: 'ada' }]);
    assert.equal(opened.sequence, 5);
    assert.equal((await log.read(id)).claim?.leaseUntil, clock.now() + 90_000);
  });

  test('a clock that was set back puts no entry before the last', async (t) => {
    const clock = testClock();
    const log = caseLogOf(await testDatabase(t), clock);
    const { id } = (await log.create({ client: 1 }, desk, [announced]))!;
    clock.advance(-3_600_000);
    await log.append(id, 1, desk, here);
    const [first, second] = await log.events(id);
    assert.equal(second!.at, first!.at);
  });

  test('client and room each have an event of it, and a transaction that is taken back leaves none', async (t) => {
    const database = await testDatabase(t);
    const [room] = await database.query<{ id: number }>(
      `insert into tenant (name) values ('reading/nightowl') returning id`,
    );
    const log = caseLogOf(database);
    const { id } = (await log.create({ client: 1, room: room!.id }, desk, [announced]))!;
    const failing = transact(database, async (transaction) => {
      await log.append(id, 1, desk, here, { transaction });
      throw new Error('taken back');
    });
    await assert.rejects(failing, { message: 'taken back' });
    assert.deepEqual(
      (await readEvents(database)).map(({ tenant, kind, detail }) => [tenant, kind, detail]),
      [1, room!.id].map((tenant) => [tenant, 'reading-case', { case: id, sequence: 1, kinds: ['announced'] }]),
    );
    assert.equal((await log.read(id)).sequence, 1);
  });
});
