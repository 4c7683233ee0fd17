// An object far larger than the memory we may take comes in and goes out by both doors, unchanged, while the node takes
// at most 64 MB more. 300 MB; `LARGE=2048 npm test -- large-object` for 2 GB.

import assert from 'node:assert/strict';
import type { Hash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { get as cGet } from '../../src/dimse/scu.ts';
import { sendInstance } from '../../src/dimse/store-scu.ts';
import { type LargeObject, largeObject, sha256 } from '../support/large-object.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { associate, identifier, STUDY_ROOT_GET, UNCOMPRESSED } from '../support/peer.ts';
import { watchMemory } from '../support/process-usage.ts';

const megabytes = Number(process.env.LARGE ?? 300);
const limits = { moreMemoryBytes: 64 * 2 ** 20 };

describe(`an object of ${megabytes} MB`, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  let node: NodeProcess;

  before(async () => {
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
    // What the first object costs whatever its size, code and buffers, is not what this is about.
    for (const store of [storeByDimse, storeByStow]) {
      const small = largeObject(16);
      await store(node, small);
      await retrieveByGet(node, small);
      await retrieveByWado(node, small);
    }
  });

  for (const [door, store] of [
    ['C-STORE', storeByDimse],
    ['STOW-RS', storeByStow],
  ] as const) {
    test(`comes in by ${door} and goes out by C-GET and WADO-RS in 64 MB of memory`, async () => {
      const object = largeObject(megabytes);
      const watch = watchMemory(node.process.pid!);
      const sent = await store(node, object);
      assert.equal(await retrieveByGet(node, object), sent, 'C-GET brings what was sent');
      assert.equal(await retrieveByWado(node, object), sent, 'WADO-RS brings what was sent');
      const more = watch.moreBytes();
      assert.ok(more <= limits.moreMemoryBytes, `${Math.round(more / 2 ** 20)} MB more memory`);
    });
  }
});

async function storeByDimse({ dicomPort }: NodeProcess, object: LargeObject): Promise<string> {
  const { sopClassUid, transferSyntaxUid } = object;
  const digest = sha256();
  const association = await associate(dicomPort, [
    { abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid] },
  ]);
  const { messages, contexts } = association;
  const { status } = await sendInstance(messages, contexts.values(), { ...object, open: () => object.chunks(digest) });
  assert.equal(status, 0);
  await association.release();
  return digest.digest('hex');
}

async function storeByStow({ url }: NodeProcess, object: LargeObject): Promise<string> {
  const digest = sha256();
  async function* body() {
    yield Buffer.from('--made-by-the-test\r\nContent-Type: application/dicom\r\n\r\n');
    yield object.meta;
    yield* object.chunks(digest);
    yield Buffer.from('\r\n--made-by-the-test--\r\n');
  }
  const answer = await fetch(`${url}/dicomweb/studies`, {
    method: 'POST',
    headers: { 'Content-Type': 'multipart/related; type="application/dicom"; boundary=made-by-the-test' },
    body: ReadableStream.from(body()),
    duplex: 'half',
  });
  assert.equal(answer.status, 200, await answer.text());
  return digest.digest('hex');
}

async function retrieveByGet({ dicomPort }: NodeProcess, object: LargeObject): Promise<string> {
  const { sopClassUid, transferSyntaxUid, studyInstanceUid } = object;
  const digest = sha256();
  const role = { scuRole: false, scpRole: true };
  const association = await associate(dicomPort, [
    { abstractSyntax: STUDY_ROOT_GET, transferSyntaxes: UNCOMPRESSED },
    { abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid], role },
  ]);
  const keys = identifier('STUDY', { StudyInstanceUID: studyInstanceUid });
  const { command } = await cGet(association, STUDY_ROOT_GET, keys, () => ({
    write: (chunk) => void digest.update(chunk),
    finish: async () => 0,
    abort: (reason) => assert.fail(reason),
  }));
  assert.equal(command.status, 0);
  await association.release();
  return digest.digest('hex');
}

async function retrieveByWado({ url }: NodeProcess, object: LargeObject): Promise<string> {
  const answer = await fetch(`${url}/dicomweb/studies/${object.studyInstanceUid}`, {
    headers: { Accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' },
  });
  assert.equal(answer.status, 200);
  const digest = sha256();
  const take = dataSetOfOnlyPart(object.sizeBytes, digest);
  for await (const chunk of answer.body!) take(chunk);
  return digest.digest('hex');
}

/** Takes a multipart body of one part as it comes; counts the last `sizeBytes` of the part into `digest`. */
function dataSetOfOnlyPart(sizeBytes: number, digest: Hash): (chunk: Uint8Array) => void {
  let head = Buffer.alloc(0);
  let toSkip: number | undefined;
  let toTake = sizeBytes;
  return (chunk) => {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    if (toSkip === undefined) {
      head = Buffer.concat([head, rest]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(head.toString('latin1', 0, end))?.[1]);
      toSkip = length - sizeBytes;
      rest = head.subarray(end + 4);
    }
    const skipped = Math.min(toSkip, rest.length);
    toSkip -= skipped;
    const taken = rest.subarray(skipped, skipped + toTake);
    toTake -= taken.length;
    digest.update(taken);
  };
}
