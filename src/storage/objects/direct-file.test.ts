import assert from 'node:assert/strict';
import { closeSync, constants, existsSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { emptyFolder } from '../../../test/support/folder.ts';
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

test('whole blocks go past the page cache wherever the file system can', (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  if (!canBeDirect(path.join(folder, 'probe'))) return t.skip('this file system knows no direct writes');
  const name = path.join(folder, 'file');
  const file = new DirectFile(name, directBytes);
  file.append(memory.subarray(0, directBytes));
  assert.deepEqual(openedWith(name), [true], 'one descriptor, and a direct one');
  file.append(memory.subarray(0, 100));
  assert.deepEqual(openedWith(name).sort(), [false, true], 'the part of a block by another');
  file.sync();
  assert.deepEqual(openedWith(name), []);
});

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

function canBeDirect(name: string): boolean {
  if (!existsSync('/proc/self/fdinfo')) return false;
  try {
    closeSync(openSync(name, constants.O_WRONLY | constants.O_CREAT | constants.O_DIRECT));
    return true;
  } catch {
    return false;
  }
}

/** For each descriptor that is open on a file, whether its writes are direct. proc(5): flags are octal. */
function openedWith(name: string): boolean[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      if (readlinkSync(`/proc/self/fd/${descriptor}`) !== name) return [];
      const flags = /^flags:\s+([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))![1]!;
      return [(Number.parseInt(flags, 8) & constants.O_DIRECT) !== 0];
    } catch {
      return []; // the one this reading had opened
    }
  });
}
