// Objects and requests made to break their reader: each is refused with a reason or kept with a finding, in seconds and in
// little memory, by either door, and the node answers everybody else meanwhile and afterwards.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { fileMeta } from '../../src/dicom/file-meta.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../src/dicom/transfer-syntax.ts';
import { type Json, stow, value } from '../support/dicomweb.ts';
import { type Hostile, hostileObjects } from '../support/hostile-objects.ts';
import { CT_IMAGE_STORAGE, freshUid, makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { echo, storeAll } from '../support/peer.ts';
import { type MemoryWatch, processorMs, watchMemory } from '../support/process-usage.ts';

const limits = { answerMs: 5_000, moreMemoryBytes: 200 * 2 ** 20 };

describe('what is made to break its reader', () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  let node: NodeProcess;
  let memory: MemoryWatch;

  before(async () => {
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
    const usual = makeInstance();
    await storeAll(node.dicomPort, [usual]);
    await stow(node.url, [usual.file]);
  });

  beforeEach(() => {
    memory = watchMemory(node.process.pid!);
  });

  afterEach(async () => {
    const more = memory.moreBytes();
    assert.ok(more < limits.moreMemoryBytes, `${Math.round(more / 2 ** 20)} MB more memory`);
    assert.equal(await echo(node.dicomPort), 0);
    assert.equal((await fetch(`${node.url}/readyz`)).status, 200);
  });

  for (const [name, { transferSyntaxUid = EXPLICIT_VR_LITTLE_ENDIAN, mayBeKept, dataSet }] of Object.entries(
    hostileObjects,
  )) {
    test(`${name}: by C-STORE`, async () => {
      const sopInstanceUid = freshUid();
      const instance = {
        sopClassUid: CT_IMAGE_STORAGE,
        sopInstanceUid,
        transferSyntaxUid,
        bytes: dataSet(sopInstanceUid),
      };
      const status = await inTime(node, async () => (await storeAll(node.dicomPort, [instance])).get(sopInstanceUid)!);
      if (mayBeKept && status === 0) return assertKept(node, sopInstanceUid, mayBeKept);
      assert.ok(isFailure(status), `status ${status.toString(16)}`);
    });

    test(`${name}: by STOW-RS`, async () => {
      const sopInstanceUid = freshUid();
      const meta = fileMeta({ sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid, transferSyntaxUid });
      const { status, answer } = await inTime(node, () =>
        stow(node.url, [Buffer.concat([meta, dataSet(sopInstanceUid)])]),
      );
      if (mayBeKept && status === 200) return assertKept(node, sopInstanceUid, mayBeKept);
      assert.equal(status, 409, 'the request was fine, its one instance was not');
      const reason = value(answer['00081198']!.Value![0] as Json, '00081197');
      assert.ok(isFailure(Number(reason)), `failure reason ${reason}`);
    });
  }

  const paths = [
    '/studies/..%2f..%2f..%2fetc%2fpasswd',
    '/studies/%2e%2e',
    '/studies/%00',
    '/studies/1.2.3%00/metadata',
    '/studies/1.2.3/series/..%2f..%2f1.2.3/metadata',
    `/studies/${'1'.repeat(1000)}/metadata`,
    '/studies/%ff%fe/metadata',
    '/studies?offset=-1',
    '/studies?limit=99999999999999999999',
  ];
  for (const path of paths) {
    test(`GET ${path.slice(0, 60)} is answered as a mistake of its sender`, async () => {
      const { status, body } = await rawRequest(
        node,
        `GET /dicomweb${path} HTTP/1.1\r\nConnection: close\r\nHost: x\r\n\r\n`,
      );
      assert.ok(status >= 400 && status < 500, `${status}`);
      assert.doesNotMatch(body, /root:|at .*\.ts:\d+/, 'neither a file nor a stack trace');
    });
  }

  test('a compressed request body is not inflated', async () => {
    const body = gzipSync(new Uint8Array(64 * 2 ** 20));
    const answer = await inTime(node, () =>
      fetch(`${node.url}/dicomweb/studies`, {
        method: 'POST',
        headers: {
          'Content-Type': 'multipart/related; type="application/dicom"; boundary=b',
          'Content-Encoding': 'gzip',
        },
        body,
      }),
    );
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`);
  });

  test('JSON a hundred thousand arrays deep is no settings of a peer', async () => {
    const answer = await inTime(node, () =>
      fetch(`${node.url}/api/v1/peers/DEEP`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: '['.repeat(100_000) + ']'.repeat(100_000),
      }),
    );
    assert.equal(answer.status, 400);
  });

  test('a PDU of 4 GiB, as it says, is answered with A-ABORT', async (t) => {
    const socket = connect(node.dicomPort, '127.0.0.1');
    t.after(() => socket.destroy());
    socket.write(Buffer.concat([Uint8Array.of(0x01, 0, 0xff, 0xff, 0xff, 0xff), new Uint8Array(100_000)]));
    const [answer] = await inTime(node, () => once(socket, 'data'));
    assert.equal(answer[0], 0x07);
  });
});

async function assertKept({ url }: NodeProcess, sopInstanceUid: string, how: Hostile['mayBeKept']) {
  const answer = await fetch(`${url}/api/v1/explain/${sopInstanceUid}`);
  const { studyInstanceUid, studies } = (await answer.json()) as Explanation;
  if (how === 'with a finding') assert.ok(studies[0]!.findings.length > 0, 'a finding');
  const metadata = await fetch(`${url}/dicomweb/studies/${studyInstanceUid}/metadata`);
  assert.equal(metadata.status, 200);
  for await (const _ of metadata.body!);
}

interface Explanation {
  studyInstanceUid: string;
  studies: { findings: unknown[] }[];
}

/** In time of the processor, which others on this machine do not lengthen; what waits for ever ends by the runner's limit. */
async function inTime<Answer>(node: NodeProcess, ask: () => Promise<Answer>): Promise<Answer> {
  const before = processorMs(node.process.pid!);
  const answer = await ask();
  const tookMs = processorMs(node.process.pid!) - before;
  assert.ok(tookMs < limits.answerMs, `${Math.round(tookMs)} ms`);
  return answer;
}

/** PS3.7 Annex C: neither success, nor a warning, nor pending. */
const isFailure = (status: number) =>
  (status >= 0x0100 && status < 0x0200) ||
  (status >= 0xa000 && status < 0xb000) ||
  (status >= 0xc000 && status < 0xd000);

/** fetch would tidy the path up. */
function rawRequest(node: NodeProcess, request: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(node.url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('end', () => resolve({ status: Number(text.slice(9, 12)), body: text }));
    socket.write(request);
  });
}
