import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testArchive } from '../../test/support/archive.ts';
import { limits, setAside } from './quarantine.ts';

const entry = { tenant: 1, door: 'stow-rs', source: 'X', problem: 'dicom/unreadable', reason: 'because', sizeBytes: 3 };

test('the quarantine is bounded: the oldest bytes go, every row and its reason stay', async (t) => {
  const { database, store, files } = await testArchive(t);
  const add = async (sizeBytes: number) => {
    const writer = store.create(Buffer.from('abc'), '');
    await setAside(database, store, { ...entry, sizeBytes }, writer);
  };
  await add(3);
  await add(limits.objectBytes);
  await add(limits.objectBytes + 1);
  assert.equal(files().length, 2, 'a larger object leaves its row only');
  const whole = Math.floor(limits.totalBytes / limits.objectBytes);
  for (let n = 0; n < whole; n++) await add(limits.objectBytes);
  assert.equal(files().length, whole);
  const rows = await database.query<{ object: string | null }>('select object from quarantine order by id');
  assert.equal(rows.length, whole + 3);
  assert.deepEqual(
    rows.slice(0, 4).map(({ object }) => object === null),
    [true, true, true, false],
  );
});
