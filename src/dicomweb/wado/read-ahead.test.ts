import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { readAhead } from './read-ahead.ts';

test('law: what is read ahead is what the source gives, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 9 })),
      fc.integer({ min: 0, max: 20 }),
      async (chunks, limit) => {
        const seen: Uint8Array[] = [];
        for await (const batch of readAhead(source(chunks), () => limit)) {
          assert.ok(batch.length > 0);
          seen.push(...batch);
          if (seen.length % 2 === 0) await turn();
        }
        assert.deepEqual(seen, chunks);
      },
    ),
  );
});

test('a reader that stands still holds the limit and one chunk at most', async () => {
  let given = 0;
  async function* endless() {
    for (;;) {
      given += 1;
      yield new Uint8Array(10);
    }
  }
  const reader = readAhead(endless(), () => 25);
  await reader.next();
  for (let n = 0; n < 20; n++) await turn();
  assert.ok(given <= 6, `${given} chunks of 10 bytes`);
  await reader.return();
});

test('without a limit to read ahead, nothing is read before the next is asked for', async () => {
  let given = 0;
  async function* counted() {
    for (;;) {
      given += 1;
      yield new Uint8Array(10);
    }
  }
  const reader = readAhead(counted(), () => 0);
  for (let asked = 1; asked < 5; asked++) {
    await reader.next();
    for (let n = 0; n < 20; n++) await turn();
    assert.equal(given, asked);
  }
  await reader.return();
});

test('whoever leaves early stops the source', async () => {
  const stopped = Promise.withResolvers<void>();
  async function* endless() {
    try {
      for (;;) yield new Uint8Array(10);
    } finally {
      stopped.resolve();
    }
  }
  for await (const _ of readAhead(endless(), () => 25)) break;
  await stopped.promise;
});

test('a source that fails gives what it had before it says so', async () => {
  async function* failing() {
    yield Uint8Array.of(1);
    throw new Error('disk');
  }
  const seen: Uint8Array[] = [];
  await assert.rejects(
    async () => {
      for await (const batch of readAhead(failing(), () => 100)) seen.push(...batch);
    },
    { message: 'disk' },
  );
  assert.deepEqual(seen, [Uint8Array.of(1)]);
});

async function* source(chunks: Uint8Array[]) {
  for (const [index, chunk] of chunks.entries()) {
    if (index % 3 === 0) await turn();
    yield chunk;
  }
}
