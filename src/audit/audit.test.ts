import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { testClock } from '../../test/support/test-clock.ts';
import { silentLog } from '../base/log.ts';
import type { AuditEntry } from './entry.ts';
import { limits } from './limits.ts';
import { readAudit } from './read-audit.ts';
import { openAudit } from './writer.ts';

const search: AuditEntry = {
  tenant: 1,
  principal: 'token:1',
  door: 'dicomweb',
  action: 'search',
  outcome: 'success',
  query: 'PatientID=%2A&limit=1',
  requestId: 'r1',
  remoteAddress: '10.0.0.1',
};
const retrieve = { ...search, action: 'retrieve', studyUid: '1.2.3', query: undefined };

async function hospital(t: TestContext) {
  const database = await testDatabase(t);
  const clock = testClock();
  return { database, clock, audit: openAudit(database, { clock, log: silentLog }) };
}

test('every access leaves a row that says who, what, through which door and how it ended', async (t) => {
  const { database, clock, audit } = await hospital(t);
  await audit.record(search);
  clock.advance(1_000);
  await audit.record({ ...retrieve, instanceCount: 3, outcome: 'catalogue/hidden' });
  await audit.flush();
  const [newest, oldest] = await readAudit(database, 1);
  assert.deepEqual(
    { ...oldest, id: undefined },
    {
      ...search,
      id: undefined,
      at: new Date(clock.now() - 1_000),
      studyUid: undefined,
      instanceCount: undefined,
    },
  );
  assert.deepEqual([newest?.studyUid, newest?.instanceCount, newest?.outcome], ['1.2.3', 3, 'catalogue/hidden']);
});

test('what comes together is committed together, and an orderly stop loses none of it', async (t) => {
  const { database, audit } = await hospital(t);
  const count = limits.batchRows * 3 + 7;
  for (let n = 0; n < count; n += 1) audit.record({ ...search, requestId: String(n) });
  await audit.close();
  const [{ rows, commits }] = (await database.query(
    'select count(*)::int as rows, count(distinct xmin::text)::int as commits from audit',
  )) as [{ rows: number; commits: number }];
  assert.deepEqual([rows, commits], [count, 4]);
});

test('rows wait while the catalogue is away, and whoever records into a full queue waits with them', async (t) => {
  const { database, audit } = await hospital(t);
  await database.query('alter table audit rename to mislaid');
  for (let n = 0; n < limits.queuedRows; n += 1) audit.record(search);
  let recorded = false;
  const one = audit.record(search).then(() => {
    recorded = true;
  });
  await assert.rejects(database.query('select from audit'));
  assert.equal(recorded, false);
  await database.query('alter table mislaid rename to audit');
  await one;
  await audit.flush();
  assert.deepEqual(await database.query('select count(*)::int as rows from audit'), [{ rows: limits.queuedRows + 1 }]);
});

test('paging through frames is one row for each principal, study and minute', async (t) => {
  const { database, clock, audit } = await hospital(t);
  for (let frame = 1; frame <= 50; frame += 1) await audit.recordFrameRead(retrieve);
  await audit.recordFrameRead({ ...retrieve, studyUid: '1.2.4' });
  await audit.recordFrameRead({ ...retrieve, principal: 'token:2' });
  clock.advance(60_000);
  await audit.recordFrameRead(retrieve);
  await audit.flush();
  assert.equal((await readAudit(database, 1)).length, 4);
});

test('a tenant reads its own rows only, by study, principal and time, page by page without gap or repetition', async (t) => {
  const { database, clock, audit } = await hospital(t);
  const start = clock.now();
  for (let n = 0; n < 20; n += 1) {
    await audit.record({ ...retrieve, tenant: 1 + (n % 2), studyUid: `1.2.${n % 3}`, requestId: String(n) });
    if (n % 5 === 0) clock.advance(1);
  }
  await audit.flush();
  const all = await readAudit(database, 1);
  assert.deepEqual(
    all.map((row) => Number(row.requestId)),
    [18, 16, 14, 12, 10, 8, 6, 4, 2, 0],
  );
  const pages = [];
  let after: (typeof all)[number] | undefined;
  do {
    const page = await readAudit(database, 1, { limit: 3, after });
    pages.push(...page);
    after = page.at(-1);
  } while (after !== undefined);
  assert.deepEqual(pages, all);
  const ofStudy = await readAudit(database, 1, { studyUid: '1.2.0' });
  assert.deepEqual(
    ofStudy.map((row) => Number(row.requestId)),
    [18, 12, 6, 0],
  );
  assert.deepEqual(await readAudit(database, 1, { principal: 'nobody' }), []);
  assert.equal((await readAudit(database, 1, { since: new Date(start + 1) })).length, 9);
  assert.equal((await readAudit(database, 1, { until: new Date(start + 1) })).length, 1);
});
