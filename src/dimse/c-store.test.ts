// C-STORE, our SCU against our SCP. PS3.4 B, PS3.7 9.1.1.

import assert from 'node:assert/strict';
import test from 'node:test';
import { associated, plain, sendable, serving } from '../../test/support/dimse-door.ts';
import { CT_IMAGE_STORAGE as CT, makeInstance } from '../../test/support/instances.ts';
import { MemoryArchive } from '../../test/support/memory-archive.ts';
import { Problem } from '../base/problem.ts';
import {
  EXPLICIT_VR_LITTLE_ENDIAN as EXPLICIT,
  EXPLICIT_VR_BIG_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN as IMPLICIT,
} from '../dicom/transfer-syntax.ts';
import { sendInstance } from './store-scu.ts';

test('C-STORE: what is sent is what is kept, byte for byte, whatever the sizes of PDUs and chunks', async (t) => {
  const archive = new MemoryArchive();
  for (const [pduLength, chunkBytes] of [
    [100, 33],
    [4_096, 5_000],
    [131_072, 1_000_000],
  ] as const) {
    const { port } = await serving(t, archive, { limits: { pduLength } });
    const association = await associated(t, port, [plain(CT)]);
    const made = makeInstance({ rows: 128, columns: 128 });
    const response = await sendInstance(
      association.messages,
      association.contexts.values(),
      sendable(made, chunkBytes),
    );
    assert.equal(response.status, 0);
    assert.equal(response.affectedSopInstanceUid, made.sopInstanceUid);
    assert.ok(Buffer.from(made.bytes).equals(archive.instances.get(made.sopInstanceUid)!.bytes));
    await association.release();
  }
});

test('C-STORE: a refusal says why, without patient data, and the association goes on', async (t) => {
  const archive = new MemoryArchive();
  const keep = archive.store;
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(CT)]);
  const send = () =>
    sendInstance(
      association.messages,
      association.contexts.values(),
      sendable(makeInstance({ rows: 64, columns: 64 })),
    );
  archive.store = () => {
    throw new Problem('storage/full', { sizeBytes: 5 });
  };
  assert.deepEqual(pick(await send()), [0xa700, 'no room for 5 bytes']);
  archive.store = (...request) => {
    const sink = keep(...request);
    return { ...sink, write: () => Promise.reject(new Problem('storage/unavailable')) };
  };
  assert.deepEqual(pick(await send()), [0xa700, 'the catalogue cannot be reached']);
  archive.store = (exchange, request) => keep(exchange, { ...request, sopInstanceUid: '1.2.3' });
  assert.deepEqual(pick(await send()), [0xa900, 'SOPInstanceUID of the data set is not the one announced']);
  archive.store = (...request) => ({ ...keep(...request), finish: () => Promise.reject(new TypeError('Doe^John')) });
  const [code, comment] = pick(await send());
  assert.equal(code, 0x0110);
  assert.doesNotMatch(String(comment), /Doe/);
  archive.store = keep;
  assert.equal((await send()).status, 0);
});

const pick = ({ status, errorComment }: { status?: number; errorComment?: string }) => [status, errorComment];

test('C-STORE: a sink that waits holds back its sender, and a sender that goes away is reported to it', async (t) => {
  const archive = new MemoryArchive();
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  let writtenBytes = 0;
  archive.store = () => ({
    write: (chunk) => {
      writtenBytes += chunk.length;
      entered.resolve();
      return release.promise;
    },
    finish: async () => ({ status: 0 }),
    abort: (reason) => void archive.aborted.push(reason),
  });
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(CT)]);
  const made = makeInstance({ rows: 1024, columns: 4096 });
  const sent = sendInstance(association.messages, association.contexts.values(), sendable(made, 65_536));
  sent.catch(() => {});
  await entered.promise;
  const held = writtenBytes;
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(writtenBytes, held);
  release.resolve();
  association.abort();
  await assert.rejects(sent, { code: 'dimse/association-ended' });
  while (archive.aborted.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(archive.aborted.length, 1);
});

test('PS3.7 D.3.3.3: with a window, several stores are under way at once and are answered as they finish', async (t) => {
  const archive = new MemoryArchive();
  const finishing: (() => void)[] = [];
  const four = Promise.withResolvers<void>();
  archive.store = () => ({
    write: () => {},
    finish: () =>
      new Promise((resolve) => {
        finishing.push(() => resolve({ status: 0 }));
        if (finishing.length === 4) four.resolve();
      }),
    abort: () => {},
  });
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(CT)], { operationsWindow: 4 });
  assert.equal(association.answer?.userInformation.asynchronousOperationsWindow?.invoked, 4);
  const answered: number[] = [];
  const sends = [0, 1, 2, 3].map(async (i) => {
    await sendInstance(association.messages, association.contexts.values(), sendable(makeInstance()));
    answered.push(i);
  });
  await four.promise;
  for (const finish of finishing.reverse()) {
    finish();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(sends);
  assert.deepEqual(answered, [3, 2, 1, 0]);
});

test('an uncompressed instance is re-encoded for a peer that takes it in another uncompressed transfer syntax', async (t) => {
  const archive = new MemoryArchive();
  const { port } = await serving(t, archive);
  for (const transferSyntaxUid of [EXPLICIT, EXPLICIT_VR_BIG_ENDIAN]) {
    const association = await associated(t, port, [{ abstractSyntax: CT, transferSyntaxes: [IMPLICIT] }]);
    const made = makeInstance({ transferSyntaxUid, rows: 300, columns: 300 });
    const { status } = await sendInstance(association.messages, association.contexts.values(), sendable(made, 7_777));
    assert.equal(status, 0);
    const kept = archive.instances.get(made.sopInstanceUid)!;
    assert.equal(kept.transferSyntaxUid, IMPLICIT);
    for (const [tag, { vr }] of made.dataset.elements)
      if (vr !== 'SQ') assert.deepEqual(kept.dataset.bytes(tag), made.dataset.bytes(tag), tag.toString(16));
  }
});
