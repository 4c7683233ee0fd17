import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testArchive } from '../../test/support/archive.ts';
import { ctSlice } from '../../test/support/ct-slice.ts';
import { silentLog } from '../base/log.ts';
import { instancesBelow } from './catalogue.ts';
import { Keeper } from './catalogue-keep.ts';
import { openDatabase } from './database.ts';
import { temporaryName } from './objects/object-buckets.ts';
import { openObjectFolder } from './objects/object-folder.ts';
import { recover } from './recovery.ts';
import { verify } from './verify.ts';

const STUDY = '2.25.1';

test('after a power cut, files are finished where they are whole, and rows taken back where they are not', async (t) => {
  const archive = await testArchive(t);
  const { database, store, folder } = archive;
  for (let instance = 1; instance <= 5; instance++) await archive.cStore(ctSlice({ studyUid: STUDY, instance }));
  const objects = (await instancesBelow(database, 1, { studyInstanceUid: STUDY })).map(
    ({ object }) => `${folder}/${object}`,
  );
  const [whole, torn, empty, lost] = objects as [string, string, string, string, string];
  renameSync(whole, temporaryName(whole));
  renameSync(torn, temporaryName(torn));
  truncateSync(temporaryName(torn), 600);
  renameSync(empty, temporaryName(empty));
  const bytes = readFileSync(temporaryName(empty));
  writeFileSync(temporaryName(empty), Buffer.alloc(bytes.length));
  unlinkSync(lost);
  const stray = path.join(path.dirname(whole), `${'e'.repeat(32)}.part`);
  writeFileSync(stray, 'never acknowledged');
  const recovered = await recover(database, store, new Keeper(database).mark, silentLog);
  assert.deepEqual(recovered, { checked: 5, adopted: 1, takenBack: 3, dropped: 1 });
  const left = await instancesBelow(database, 1, { studyInstanceUid: STUDY });
  assert.deepEqual(
    left.map(({ sopInstanceUid }) => sopInstanceUid),
    [`${STUDY}.1.1`, `${STUDY}.1.5`],
  );
  const [study] = await database.query('select instance_count, series_count from study');
  assert.deepEqual(study, { instance_count: 2, series_count: 1 });
  const reports = await Array.fromAsync(verify(database, store));
  assert.deepEqual(
    reports.map(({ kind }) => kind),
    ['good', 'good'],
  );
  assert.equal(archive.files().length, 2);
});

test('a study of which nothing was durable leaves no row', async (t) => {
  const { database, store, folder, cStore, keeper } = await testArchive(t);
  await cStore(ctSlice({ studyUid: STUDY }));
  const [instance] = await instancesBelow(database, 1, { studyInstanceUid: STUDY });
  unlinkSync(`${folder}/${instance!.object}`);
  await recover(database, store, keeper.mark, silentLog);
  await assert.rejects(instancesBelow(database, 1, { studyInstanceUid: STUDY }), { code: 'catalogue/not-found' });
  assert.deepEqual(await database.query('select from study union all select from series'), []);
});

test('recovery looks only at what came after the mark', async (t) => {
  const { database, store, cStore, keeper } = await testArchive(t);
  await cStore(ctSlice({ studyUid: STUDY, instance: 1 }));
  await keeper.mark.save();
  await cStore(ctSlice({ studyUid: STUDY, instance: 2 }));
  const { checked } = await recover(database, store, keeper.mark, silentLog);
  assert.equal(checked, 1);
});

test('a node that is new to a catalogue looks only at what came after the mark of the node that is furthest behind', async (t) => {
  const { database, store, keeper, cStore } = await testArchive(t);
  const looksAt = async (node: string) =>
    (await recover(database, store, new Keeper(database, { node }).mark, silentLog)).checked;
  await cStore(ctSlice({ studyUid: STUDY, instance: 1 }));
  assert.equal(await looksAt('second'), 1, 'no node has a mark yet');
  await keeper.mark.save();
  await database.query("delete from keep_mark where node = 'second'");
  await cStore(ctSlice({ studyUid: STUDY, instance: 2 }));
  assert.equal(await looksAt('third'), 1);
  await keeper.mark.save();
  assert.equal(await looksAt('third'), 1, 'its own mark from now on: what it kept may lie behind that of the others');
});

test('a file under its temporary name whose row lies below the mark is finished, not dropped', async (t) => {
  const { database, store, folder, cStore, keeper } = await testArchive(t);
  await cStore(ctSlice({ studyUid: STUDY }));
  await keeper.mark.save();
  const [instance] = await instancesBelow(database, 1, { studyInstanceUid: STUDY });
  const file = `${folder}/${instance!.object}`;
  renameSync(file, temporaryName(file));
  const recovered = await recover(database, store, keeper.mark, silentLog);
  assert.deepEqual(recovered, { checked: 1, adopted: 1, takenBack: 0, dropped: 0 });
  assert.equal(await store.size(instance!.object), instance!.sizeBytes);
});

test('an instance whose file was lost is whole again when it is sent again', async (t) => {
  const { database, store, folder, cStore } = await testArchive(t);
  const slice = ctSlice({ studyUid: STUDY });
  await cStore(slice);
  const [instance] = await instancesBelow(database, 1, { studyInstanceUid: STUDY });
  unlinkSync(`${folder}/${instance!.object}`);
  assert.equal((await cStore(slice)).keptAs, 'same');
  const reports = await Array.fromAsync(verify(database, store));
  assert.deepEqual(
    reports.map(({ kind }) => kind),
    ['good'],
  );
});

const kills = Number(process.env.FASCIA_KILLS ?? 3);

test(`killed ${kills} times while keeping, its database too: nothing acknowledged is missing, nothing is half there`, async (t) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fascia-crash-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const acknowledged: string[] = [];
  for (let n = 0; n < kills; n++)
    acknowledged.push(...(await keepUntilKilled(dataDir, { atLeast: 40, database: n % 2 === 1 })));
  const database = await openDatabase({ dataDir, log: silentLog });
  const store = await openObjectFolder({ folder: path.join(dataDir, 'objects') });
  try {
    await recover(database, store, new Keeper(database).mark, silentLog);
    const rows = await database.query<{ sop_uid: string }>('select sop_uid from instance');
    const there = new Set(rows.map(({ sop_uid }) => sop_uid));
    assert.deepEqual(
      acknowledged.filter((sopUid) => !there.has(sopUid)),
      [],
    );
    assert(acknowledged.length >= 40 * kills);
    const reports = await Array.fromAsync(verify(database, store));
    assert.deepEqual(
      reports.filter(({ kind }) => kind !== 'good'),
      [],
    );
    const [counts] = await database.query(
      'select sum(instance_count)::integer as counted, (select count(*)::integer from instance) as there from study',
    );
    assert.equal(counts!.counted, counts!.there);
  } finally {
    await store.close();
    await database.close();
  }
});

/** Resolves to what the process said it had kept when it, and its database where asked for, was killed. */
async function keepUntilKilled(
  dataDir: string,
  { atLeast, database }: { atLeast: number; database: boolean },
): Promise<string[]> {
  const script = fileURLToPath(new URL('../../test/support/keep-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text;
    if (child.killed || said.split('\n').length <= atLeast) continue;
    child.kill('SIGKILL');
    if (database) process.kill(await postmasterOf(dataDir), 'SIGKILL');
  }
  await ended;
  return said.split('\n').slice(0, -1);
}

async function postmasterOf(dataDir: string): Promise<number> {
  const file = await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}
