import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testArchive } from '../../test/support/archive.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { tenantNamed } from '../auth/tenants.ts';
import { instancesBelow } from './catalogue.ts';
import { absenceOf, eraseCopies } from './room-erase.ts';

/** An archive with a room, and two instances of one study in it. */
async function roomWith(t: TestContext) {
  const archive = await testArchive(t);
  const room = await tenantNamed(archive.database, 'reading/nightowl');
  await archive.database.query(`insert into reading_room values ('nightowl', $1, 'DE')`, [room]);
  const first = makeInstance();
  const { studyInstanceUid, seriesInstanceUid } = first;
  const second = makeInstance({ studyInstanceUid, seriesInstanceUid, attributes: { InstanceNumber: 2 } });
  for (const { file } of [first, second]) await archive.stow(file, { tenant: room });
  return { ...archive, room, first, second };
}

test('of a copy that is erased neither row nor file is left, and the study counts what remains', async (t) => {
  const { database, store, room, first, second, files } = await roomWith(t);
  const erased = await eraseCopies(database, store, room, [first.sopInstanceUid]);
  assert.deepEqual(
    erased.map(({ sopInstanceUid }) => sopInstanceUid),
    [first.sopInstanceUid],
  );
  const left = await instancesBelow(database, room, { studyInstanceUid: first.studyInstanceUid });
  assert.deepEqual(
    left.map(({ sopInstanceUid }) => sopInstanceUid),
    [second.sopInstanceUid],
  );
  assert.equal(files().length, 1);
  const asked = { copies: erased, studies: [] };
  assert.deepEqual(await absenceOf(database, store, room, asked), { instances: 0, studies: 0, files: 0 });
  const [study] = await database.query('select instance_count as n from study where tenant = $1', [room]);
  assert.deepEqual(study, { n: 1 });
});

test('with its last copy a study is gone, with what was found out of it', async (t) => {
  const { database, store, room, first, second } = await roomWith(t);
  const [{ id }] = (await database.query<{ id: string }>('select id from study where tenant = $1', [room])) as [
    { id: string },
  ];
  await database.query(`insert into study_said (tenant, study, key_hash) values ($1, $2, 'hash')`, [room, id]);
  const copies = await eraseCopies(database, store, room, [first.sopInstanceUid, second.sopInstanceUid]);
  const asked = { copies, studies: [first.studyInstanceUid] };
  assert.deepEqual(await absenceOf(database, store, room, asked), { instances: 0, studies: 0, files: 0 });
  assert.deepEqual(await database.query('select * from study_said'), []);
  await assert.rejects(instancesBelow(database, room, { studyInstanceUid: first.studyInstanceUid }), {
    code: 'catalogue/not-found',
  });
});

test('an archive is no room: nothing of it can be erased, whoever asks', async (t) => {
  const { database, store, stow, files } = await roomWith(t);
  const original = makeInstance();
  const tenant = await tenantNamed(database, 'clinic');
  await stow(original.file, { tenant });
  const before = files();
  await assert.rejects(eraseCopies(database, store, tenant, [original.sopInstanceUid]));
  await assert.rejects(eraseCopies(database, store, 1, [original.sopInstanceUid]));
  assert.deepEqual(files(), before);
  assert.equal((await instancesBelow(database, tenant, { studyInstanceUid: original.studyInstanceUid })).length, 1);
});
