import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { testArchive } from '../../test/support/archive.ts';
import { ctSlice } from '../../test/support/ct-slice.ts';
import { emptyFolder } from '../../test/support/folder.ts';
import { Problem } from '../base/problem.ts';
import { importFolder } from './import-folder.ts';

/** A CD: an index, two folders of slices, and what people put beside them. */
function disc(folder: string): void {
  writeFileSync(path.join(folder, 'DICOMDIR'), 'an index');
  writeFileSync(path.join(folder, 'README.TXT'), 'Thank you for choosing our hospital. '.repeat(20));
  for (const series of [1, 2]) {
    mkdirSync(path.join(folder, `S${series}`));
    for (let instance = 1; instance <= 5; instance++) {
      writeFileSync(
        path.join(folder, `S${series}`, `I "${instance}"`),
        ctSlice({ studyUid: '2.25.1', series, instance }).file,
      );
    }
  }
  symlinkSync('.', path.join(folder, 'loop'));
}

test('a disc is imported, with its index skipped and its leaflet refused by name', async (t) => {
  const archive = await testArchive(t);
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  disc(folder);
  const seen: number[] = [];
  const { receive } = archive;
  const summary = await importFolder({
    folder,
    receive,
    tenant: 1,
    principal: 'cli',
    progress: ({ files }) => seen.push(files),
  });
  assert.deepEqual(summary.kept, { first: 10, same: 0, transcoded: 0, demographics: 0, conflict: 0 });
  assert.equal(summary.indexes, 1);
  assert.equal(summary.files, 12);
  const [[reason, refused]] = [...summary.refused] as [[string, { count: number; examples: string[] }]];
  assert.match(reason, /cannot understand the data set/);
  assert.deepEqual(refused, { count: 1, examples: ['README.TXT'] });
  assert.equal(seen.length, 12);
});

test('an import that was stopped goes on where it was, and looks again at what changed', async (t) => {
  const archive = await testArchive(t);
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  disc(folder);
  const journals = path.join(archive.folder, 'journals');
  const options = { folder, tenant: 1, principal: 'cli', journals };
  let finished = 0;
  const full: typeof archive.receive = (arrival) => {
    const receiving = archive.receive(arrival);
    return {
      ...receiving,
      write: (chunk) => receiving.write(chunk),
      abort: (reason) => receiving.abort(reason),
      finish: async () => {
        finished += 1;
        if (finished > 4) throw new Problem('storage/full', { sizeBytes: 1 });
        return receiving.finish();
      },
    };
  };
  await assert.rejects(importFolder({ ...options, receive: full }), { code: 'storage/full' });
  const second = await importFolder({ ...options, receive: archive.receive });
  assert(second.done >= 1, 'what was done is not sent again');
  assert.equal(second.done + second.kept.first + second.kept.same + second.refused.size, 11);
  const third = await importFolder({ ...options, receive: archive.receive });
  assert.equal(third.done, 11);
  const changed = path.join(folder, 'S1', 'I "3"');
  appendFileSync(changed, '\0\0');
  utimesSync(changed, 1, 1);
  const fourth = await importFolder({ ...options, receive: archive.receive });
  assert.equal(fourth.done, 10);
});
