import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { caseLogOf } from '../../../test/support/case-crowd.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { type TestClock, testClock } from '../../../test/support/test-clock.ts';
import { readTable } from '../../base/csv.ts';
import type { Actor, CaseHappening, SignedReport } from '../../reading/case/case-event.ts';
import { sumsOf } from '../../reading/metering/statement.ts';
import { addRate, putRelativeValues } from '../../reading/store/rates.ts';
import { listStatements, type StoredStatement } from '../../reading/store/statements.ts';
import type { ServiceTerm } from '../../reading/terms/service-term.ts';
import { someFacts, someTerm } from '../../reading/testing/facts.ts';
import { Billing } from './billing.ts';
import { textOfPdf } from './document-text.ts';
import { statementPdf } from './statement-pdf.ts';
import { statementTable } from './statement-table.ts';

const MINUTE_MS = 60_000;
const desk: Actor = { kind: 'desk', id: 'token:1' };
const start = Date.UTC(2026, 10, 10, 12);
const november = { from: Date.UTC(2026, 10, 1), until: Date.UTC(2026, 11, 1) };
const client = { name: 'north', tenant: 1 };
const parties = { client, provider: 'nightowl' };
const levels = someTerm().levels.map((level) => ({ ...level, penalty: '10.00' }));

async function exchange(t: TestContext, term: ServiceTerm = someTerm({ levels })) {
  const database = await testDatabase(t);
  const clock = testClock(start);
  const cases = caseLogOf(database, clock);
  t.after(() => cases.close());
  const contract = { client: 'north', provider: 'nightowl', status: 'executed', terms: [term] };
  const told: StoredStatement[] = [];
  const billing = new Billing({
    database,
    terms: { term: () => term, contracts: () => [contract] as never },
    made: async (_, statement) => void told.push(statement),
  });
  const [room] = await database.query<{ id: number }>(
    `insert into tenant (name) values ('reading/nightowl') returning id`,
  );
  await database.query(`insert into reading_room (provider, tenant, rests_at) values ('nightowl', $1, 'DE')`, [
    room!.id,
  ]);
  return { database, clock, cases, billing, told, room: room!.id, read };

  async function read(reader: string, { minutes = 10, parked = 0 } = {}): Promise<string> {
    const report: SignedReport = {
      version: 1,
      reader,
      textHash: 'h',
      entitlement: { licences: ['l'], privilege: 'p', checkedAt: 0 },
      overridden: [],
    };
    const claimed: CaseHappening = { kind: 'claimed', reader, transactionUid: '2.25.1', leaseUntil: 0 };
    const { id } = (await cases.create({ client: 1 }, desk, [
      { kind: 'announced', facts: someFacts(), term: { id: term.id, version: 1 } },
      { kind: 'images-arrived', instances: 3 },
      { kind: 'ready', instances: 3, priors: 0 },
      claimed,
      { kind: 'opened', reader },
    ]))!;
    if (parked > 0) {
      await add(clock, 1, id, { kind: 'parked', reader, reason: 'question-to-site', cause: 'client' });
      await add(clock, parked, id, { kind: 'resumed', reader });
    }
    await add(clock, minutes, id, { kind: 'final-signed', report });
    return id;
  }

  async function add(time: TestClock, minutes: number, id: string, happening: CaseHappening): Promise<void> {
    time.advance(minutes * MINUTE_MS);
    await cases.change(id, desk, () => [happening]);
  }
}

describe('a statement', () => {
  test('to a client is what the logs say, once; what is settled later is another', async (t) => {
    const { database, cases, billing, read, told } = await exchange(t);
    await read('ada');
    const paused = await read('ben', { minutes: 50, parked: 40 });
    const first = (await billing.clientStatement(parties, november, 'token:1'))!;
    assert.deepEqual(first.sums, [{ currency: 'EUR', minor: 8000n }]);
    assert.equal(await billing.clientStatement(parties, november, 'token:1'), undefined, 'nothing to add');
    await cases.change(paused, desk, () => [
      { kind: 'pause-disputed', pause: 0, party: 'client', evidence: 'call log' },
      { kind: 'pause-settled', pause: 0, counts: false },
    ]);
    const second = (await billing.clientStatement(parties, november, 'token:1'))!;
    assert.deepEqual([second.version, second.sums], [2, [{ currency: 'EUR', minor: -1000n }]]);
    const all = await listStatements(database, 1, { limit: 10 });
    assert.deepEqual(
      all.map(({ id }) => id),
      [second.id, first.id],
    );
    assert.deepEqual(all[1], first, 'the first is as it was');
    assert.deepEqual(sumsOf(all.flatMap(({ lines }) => lines)), sumsOf(await billing.owed(parties, november)));
    assert.equal(told.length, 2);
  });

  test('of two that are made at the same moment one bills', async (t) => {
    const { billing, read } = await exchange(t);
    await read('ada');
    const made = await Promise.all([1, 2, 3].map(() => billing.clientStatement(parties, november, 'token:1')));
    assert.equal(made.filter((each) => each !== undefined).length, 1);
  });

  test('is seen by the client and by who reads for it, and by nobody else', async (t) => {
    const { database, billing, read, room } = await exchange(t);
    await read('ada');
    await billing.clientStatement(parties, november, 'token:1');
    await billing.readerStatements({ provider: 'nightowl', room }, november, 'token:2');
    const [other] = await database.query<{ id: number }>(`insert into tenant (name) values ('south') returning id`);
    const kinds = async (tenant: number) =>
      (await listStatements(database, tenant, { limit: 9 })).map(({ kind }) => kind);
    assert.deepEqual(await kinds(1), ['client']);
    assert.deepEqual(await kinds(room), ['reader', 'client']);
    assert.deepEqual(await kinds(other!.id), []);
  });

  test('to readers is by the rate that held when they signed, their own before that of all', async (t) => {
    const { database, billing, read, room } = await exchange(t);
    const rate = { unit: 'RVU' as const, currency: 'EUR', validFrom: '2026-01-01T00:00:00Z' };
    await addRate(database, room, { ...rate, amount: '5.00' }, 'token:2');
    await addRate(database, room, { ...rate, reader: 'ben', amount: '6.50' }, 'token:2');
    await addRate(database, room, { ...rate, amount: '9.00', validFrom: '2026-12-01T00:00:00Z' }, 'token:2');
    await putRelativeValues(database, room, [{ modality: 'CT', value: '2.5' }], 'token:2');
    for (const reader of ['ada', 'ada', 'ben']) await read(reader);
    const made = await billing.readerStatements({ provider: 'nightowl', room }, november, 'token:2');
    assert.deepEqual(
      made.map(({ party, sums }) => [party, sums[0]!.minor]),
      [
        ['ada', 2500n],
        ['ben', 1625n],
      ],
    );
    assert.deepEqual(await billing.readerStatements({ provider: 'nightowl', room }, november, 'token:2'), []);
  });

  test('on paper and as a table comes to the same', async (t) => {
    const { billing, read } = await exchange(t);
    const code = await read('ada', { minutes: 70 });
    const statement = (await billing.clientStatement(parties, november, 'token:1'))!;
    const rows = readTable(statementTable(statement));
    assert.deepEqual(
      rows.map((row) => [row.case, row.what, row.amount, row.currency]),
      [
        [code, 'late', '-10.00', 'EUR'],
        [code, 'reading', '40.00', 'EUR'],
      ],
    );
    const { text: paper } = (await textOfPdf(new Uint8Array(await statementPdf(statement))))!;
    assert.match(paper, /Total: 30\.00 EUR/);
    assert.ok(paper.includes(code));
    assert.deepEqual(await statementPdf(statement), await statementPdf(statement));
  });
});
