// Memory does not grow with the object: what streams in and out is never held.

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import test from 'node:test';
import { MemoryArchive } from '../../test/support/memory-archive.ts';
import { listenDimse } from './listener.ts';

const OBJECT_BYTES = 300 << 20;
const MORE_RSS_BYTES = 64 << 20;

test('an object of 300 MB is sent and received with less than 64 MB more memory on either side, by a sink slower than its sender', async (t) => {
  const archive = new MemoryArchive();
  let received = 0;
  let pieces = 0;
  let highest = 0;
  archive.store = () => ({
    async write(chunk) {
      received += chunk.length;
      highest = Math.max(highest, process.memoryUsage.rss());
      if (++pieces % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
    },
    finish: async () => ({ status: 0 }),
    abort: (reason) => assert.fail(reason),
  });
  const listener = await listenDimse({ host: '127.0.0.1', port: 0, aeTitle: 'FASCIA', handlers: archive });
  t.after(() => listener.close());
  const sender = fork(new URL('../../test/support/large-object-sender.ts', import.meta.url), [
    String(listener.port),
    String(OBJECT_BYTES),
  ]);
  t.after(() => sender.kill());
  await once(sender, 'spawn');
  const before = process.memoryUsage.rss();
  const [sent] = (await once(sender, 'message')) as [{ status: number; moreRssBytes: number }];
  assert.equal(sent.status, 0);
  assert.equal(received, OBJECT_BYTES);
  const moreRssBytes = highest - before;
  assert.ok(moreRssBytes < MORE_RSS_BYTES, `the receiver took ${moreRssBytes >> 20} MB more`);
  assert.ok(sent.moreRssBytes < MORE_RSS_BYTES, `the sender took ${sent.moreRssBytes >> 20} MB more`);
});
