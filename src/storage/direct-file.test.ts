import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { emptyFolder } from '../../test/support/folder.ts';
import { alignedMemory } from './aligned-memory.ts';
import { DirectFile, limits } from './direct-file.ts';

const memory = new Uint8Array(alignedMemory(1024 * 1024));
for (let n = 0; n < memory.length; n++) memory[n] = (n * 7919) >> 5;

const { blockBytes, directBytes } = limits;

for (const [what, lengths] of Object.entries({
  nothing: [0],
  'less than is worth a direct write': [directBytes - 1],
  'whole blocks only': [directBytes + blockBytes],
  'a last part of a block': [directBytes + 1],
  'bytes after a part of a block': [directBytes + 17, 5, 0, directBytes, 1],
  'whole blocks in many pieces, then a part': [directBytes, directBytes, blockBytes, 100],
})) {
  test(`a file of ${what} holds the bytes in their order`, (t) => {
    const name = path.join(
      emptyFolder((cleanUp) => t.after(cleanUp)),
      'file',
    );
    const file = new DirectFile(name, lengths[0]!);
    for (const length of lengths) file.append(memory.subarray(0, length));
    file.sync();
    const expected = Buffer.concat(lengths.map((length) => memory.subarray(0, length)));
    assert.deepEqual(readFileSync(name), expected);
  });
}

test('a file system in memory is as good as a disk', { skip: existsSync('/dev/shm') ? false : 'no /dev/shm' }, (t) => {
  const name = path.join(
    emptyFolder((cleanUp) => t.after(cleanUp), '/dev/shm'),
    'file',
  );
  const file = new DirectFile(name, directBytes + 9);
  file.append(memory.subarray(0, directBytes + 9));
  file.sync();
  assert.deepEqual(readFileSync(name), Buffer.from(memory.slice(0, directBytes + 9)));
});

test('memory that does not begin at a block goes the ordinary way', (t) => {
  const name = path.join(
    emptyFolder((cleanUp) => t.after(cleanUp)),
    'file',
  );
  const file = new DirectFile(name, directBytes);
  file.append(memory.subarray(3, directBytes + 3));
  file.sync();
  assert.deepEqual(readFileSync(name), Buffer.from(memory.slice(3, directBytes + 3)));
});
