import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testArchive } from '../../test/support/archive.ts';
import { makeInstance, makeStudy } from '../../test/support/instances.ts';
import { hide } from './hide.ts';
import { KeptList, limits } from './kept-list.ts';

test('a list of a study is what was there when it was made, however many pages it has and whatever is withdrawn later', async (t) => {
  const archive = await testArchive(t);
  const study = makeStudy(2, limits.pageRows - 10, { rows: 2, columns: 2 });
  for (const { file } of study) await archive.stow(file);
  const [{ studyInstanceUid }] = study as [(typeof study)[0]];
  const list = await KeptList.below(archive.database, 1, { studyInstanceUid });
  assert.equal(list.length, study.length);
  await hide(archive.database, 1, { studyInstanceUid }, 'wrong patient');
  for (const [index, made] of study.entries()) {
    const { sopInstanceUid, seriesInstanceUid, sizeBytes, object } = await list.row(index);
    assert.equal(sopInstanceUid, made.sopInstanceUid);
    assert.equal(sizeBytes, made.file.length);
    assert.equal((await archive.bytesOf(object)).length, list.sizeBytes(index));
    assert.equal(list.transferSyntaxUid(index), made.transferSyntaxUid);
    assert.equal(list.series(index), seriesInstanceUid === study[0]!.seriesInstanceUid ? 0 : 1);
  }
  const described = (await Array.fromAsync(list.metadata())).map((text) => JSON.parse(text));
  assert.deepEqual(
    described.map((json) => json['00080018'].Value[0]),
    study.map(({ sopInstanceUid }) => sopInstanceUid),
  );
  await assert.rejects(KeptList.below(archive.database, 1, { studyInstanceUid }), { code: 'catalogue/hidden' });
});

test('series and instance narrow the list, and no other tenant has any of it', async (t) => {
  const archive = await testArchive(t);
  const study = makeStudy(2, 2);
  for (const { file } of [...study, makeInstance()].map(({ file }) => ({ file }))) await archive.stow(file);
  const [first, second] = study as [(typeof study)[0], (typeof study)[0]];
  const { studyInstanceUid, seriesInstanceUid } = first;
  const of = (scope: Parameters<typeof KeptList.below>[2]) => KeptList.below(archive.database, 1, scope);
  assert.equal((await of({ studyInstanceUid, seriesInstanceUid })).length, 2);
  const alone = await of(second);
  assert.equal((await alone.row(0)).sopInstanceUid, second.sopInstanceUid);
  assert.notEqual(alone.version, (await of(first)).version);
  assert.equal(alone.version, (await of(second)).version);
  await assert.rejects(KeptList.below(archive.database, 2, first), { code: 'catalogue/not-found' });
});
