// A study is read again for a review by a reader who is not to know what the first one found: while that goes on nothing of it is
// found by any door of the provider's room, whatever it came in by and whenever it comes; when it is over it is there again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { presentationState, structuredReport } from '../../src/reading/privacy/testing/case-away.ts';
import { readFurther } from '../../src/server/reading/further-reading.ts';
import { transact } from '../../src/storage/transaction.ts';
import { ask, by, FOUND, fileOf, leaks, leaksByDimse, posted, readOnce, reportOf } from '../support/blind-room.ts';
import { stow } from '../support/dicomweb.ts';
import { freshUid } from '../support/instances.ts';
import { sharedNode } from '../support/node-process.ts';

const node = sharedNode();

test('while a study is read again blind, no door of the room has what the first reader found, and then all of them have', async (t) => {
  const world = await readOnce(await node(), (cleanUp) => t.after(cleanUp));
  const { running, one, first, second, objects } = world;
  const { log, core, id, away } = one;
  // What the message said is in the study as a document, and what the document said is a report.
  const open = async () => [await leaks(world, second), await leaksByDimse(world)] as const;
  for (;;) {
    if ((await leaksByDimse(world)).filter((each) => each.startsWith('C-FIND SERIES')).length >= 5) break;
    await pause(50);
  }
  const [before, dimseBefore] = await open();
  assert.ok(
    before.length > 28 && dimseBefore.filter((each) => /^C-(GET|MOVE)$/.test(each)).length === 8,
    JSON.stringify([before, dimseBefore]),
  );

  const again = await transact(core.database, async (transaction) =>
    readFurther(log, await log.stored(id), { readType: 'second', readBy: [] }, { actor: by, transaction }),
  );
  assert.deepEqual(await open(), [[], []], 'from the moment on in which it is asked for');
  await log.change(again, by, () => [
    { kind: 'claimed', reader: 'r2', transactionUid: '2.25.2', leaseUntil: Date.now() + 600_000 },
    { kind: 'opened', reader: 'r2' },
  ]);
  assert.deepEqual(await open(), [[], []]);
  const byDesk = await leaks(world, one.reader);
  assert.deepEqual(
    byDesk.filter((path) => !path.startsWith('/api/v1/reading/')),
    [],
    'who runs the room has its cases, no more',
  );
  const { status } = await ask(running, second, 'GET', `/api/v1/reading/cases/${id}`);
  assert.equal(status, 404);
  // Its author sees it in the editor all the while.
  assert.match((await ask(running, first, 'GET', `/api/v1/reading/cases/${id}/reports`)).text, FOUND);
  assert.match((await ask(running, first, 'GET', `/api/v1/reading/cases/${id}/log`)).text, FOUND);

  // What comes meanwhile is withheld as well, but for what whoever reads it made themselves.
  const late = fileOf(
    structuredReport('Zebrafinding, still.', away)
      .set('SOPInstanceUID', freshUid())
      .set('SeriesInstanceUID', freshUid()),
  );
  const own = fileOf(presentationState(away).set('SOPInstanceUID', freshUid()).set('SeriesInstanceUID', freshUid()));
  await stow(running.url, [late.file], { headers: one.reader });
  await stow(running.url, [own.file], { headers: second });
  await posted(running, one.reader, {
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'Zebrafinding' },
    conclusion: 'Zebrafinding',
  } as { resourceType: string });
  assert.deepEqual(
    await leaks(world, second).then((found) => found.filter((path) => !path.includes('ModalitiesInStudy=PR'))),
    [],
  );
  const seen = async (uid: string) =>
    (await ask(running, second, 'GET', `/dicomweb/instances?SOPInstanceUID=${uid}`)).text.includes(uid);
  assert.deepEqual([await seen(late.sopInstanceUid), await seen(own.sopInstanceUid)], [false, true]);
  // Nobody shows it by hand, and it is safe.
  const kept = await core.database.query<{ hidden: string | null }>(
    'select hidden_reason as hidden from instance where sop_uid = any($1)',
    [objects.map(({ sopInstanceUid }) => sopInstanceUid)],
  );
  assert.deepEqual(
    kept.map(({ hidden }) => hidden),
    objects.map(() => 'blind-reading'),
  );

  await log.change(again, by, () => [{ kind: 'final-signed', report: reportOf(1, 'r2') }]);
  const [after, dimseAfter] = await open();
  assert.deepEqual(
    before.filter((path) => !after.includes(path)),
    [],
  );
  assert.equal(dimseAfter.filter((each) => /^C-(GET|MOVE)$/.test(each)).length, 8);
  assert.ok(await seen(late.sopInstanceUid));
});
