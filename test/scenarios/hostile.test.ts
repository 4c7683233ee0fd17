// Objects and requests made to break their reader: each is refused with a reason or kept with a finding, in seconds and in
// little memory, by either door, and the node answers everybody else meanwhile and afterwards.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { fileMeta } from '../../src/dicom/file-meta.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../src/dicom/transfer-syntax.ts';
import { type Json, stow, value } from '../support/dicomweb.ts';
import { CT_IMAGE_STORAGE, freshUid, makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { echo, storeAll } from '../support/peer.ts';
import { type MemoryWatch, processorMs, watchMemory } from '../support/process-usage.ts';
import { element, item } from '../support/raw-elements.ts';

const limits = { answerMs: 5_000, moreMemoryBytes: 200 * 2 ** 20 };

const DEFLATED = '1.2.840.10008.1.2.1.99';
const RLE_LOSSLESS = '1.2.840.10008.1.2.5';
const UNDEFINED = 0xffff_ffff;
const FOUR_GIB = 0xffff_fffe;

interface Hostile {
  transferSyntaxUid?: string;
  /** Its study can be told, so it may be kept, and what is wrong with it is a finding; or nothing is wrong but its size. */
  mayBeKept?: 'with a finding' | 'as it is';
  dataSet(sopInstanceUid: string): Uint8Array;
}

/** What places an object in a study, and whatever comes after. */
const head = (sopInstanceUid: string, studyInstanceUid: string, ...rest: Uint8Array[]) =>
  Buffer.concat([
    element('00080016', 'UI', CT_IMAGE_STORAGE),
    element('00080018', 'UI', sopInstanceUid),
    element('00100020', 'LO', 'HOSTILE'),
    element('0020000d', 'UI', studyInstanceUid),
    element('0020000e', 'UI', freshUid()),
    ...rest,
  ]);

const short = (number: number) => new Uint8Array(Uint16Array.of(number).buffer);
const rows = element('00280010', 'US', short(16));
const columns = element('00280011', 'US', short(16));

const objects: Record<string, Hostile> = {
  'a deflated data set of 1 GiB': {
    transferSyntaxUid: DEFLATED,
    dataSet: (uid) => bomb(head(uid, freshUid()), element('7fe00010', 'OW', new Uint8Array(0), 2 ** 30)),
  },
  'a deflated data set of sixteen values of 64 MiB': {
    transferSyntaxUid: DEFLATED,
    dataSet: (uid) => {
      const values = Array.from({ length: 16 }, (_, i) => element(`002110${i + 16}`, 'OB', new Uint8Array(0), 2 ** 26));
      return bomb(head(uid, freshUid()), ...values);
    },
  },
  'a hundred thousand sequences within each other': { dataSet: (uid) => head(uid, freshUid(), nested(100_000)) },
  'five thousand sequences within each other': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => head(uid, freshUid(), nested(5_000)),
  },
  'a text of 4 GiB, as it says': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => head(uid, freshUid(), element('00204000', 'UT', 'short', FOUR_GIB)),
  },
  'Pixel Data of 4 GiB, as it says': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => head(uid, freshUid(), rows, columns, element('7fe00010', 'OW', new Uint8Array(512), FOUR_GIB)),
  },
  'a sequence of 4 GiB, as it says': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => head(uid, freshUid(), element('00400275', 'SQ', item('fffee000', FOUR_GIB), FOUR_GIB)),
  },
  'a fragment of 4 GiB, as it says': {
    mayBeKept: 'with a finding',
    transferSyntaxUid: RLE_LOSSLESS,
    dataSet: (uid) =>
      head(uid, freshUid(), element('7fe00010', 'OB', item('fffee000', 0), UNDEFINED), item('fffee000', FOUR_GIB)),
  },
  'two thousand million frames, as it says': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => {
      const frames = element('00280008', 'IS', String(2 ** 31));
      return head(uid, freshUid(), frames, rows, columns, element('7fe00010', 'OW', new Uint8Array(512)));
    },
  },
  'Rows and Columns as UL': {
    mayBeKept: 'with a finding',
    dataSet: (uid) => {
      const huge = new Uint8Array(Uint32Array.of(2 ** 31).buffer);
      const wrong = [element('00280010', 'UL', huge), element('00280011', 'UL', huge)];
      return head(uid, freshUid(), ...wrong, element('7fe00010', 'OW', new Uint8Array(512)));
    },
  },
  'two hundred thousand elements': {
    mayBeKept: 'as it is',
    dataSet: (uid) => head(uid, freshUid(), Buffer.concat([...privateElements(200_000)])),
  },
  'a private value of 200 MB': {
    mayBeKept: 'as it is',
    dataSet: (uid) =>
      head(uid, freshUid(), element('00210010', 'LO', 'HOSTILE'), element('00211001', 'OB', new Uint8Array(200e6))),
  },
  'a private text of 200 MB': {
    mayBeKept: 'as it is',
    dataSet: (uid) =>
      head(uid, freshUid(), element('00210010', 'LO', 'HOSTILE'), element('00211001', 'UT', Buffer.alloc(200e6, 'a'))),
  },
  'a Study Instance UID that is a path': { dataSet: (uid) => head(uid, '../../../../etc/passwd') },
  'a Study Instance UID of two dots': { dataSet: (uid) => head(uid, '..') },
  'a Study Instance UID with a NUL inside': { dataSet: (uid) => head(uid, '1.2\0.3') },
  'a Study Instance UID of a thousand digits': { dataSet: (uid) => head(uid, '1'.repeat(1000)) },
};

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

  for (const [name, { transferSyntaxUid = EXPLICIT_VR_LITTLE_ENDIAN, mayBeKept, dataSet }] of Object.entries(objects)) {
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
      assert.ok(status === 409 || status === 413, `${status}`);
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

async function assertKept({ url }: NodeProcess, sopInstanceUid: string, how: 'with a finding' | 'as it is') {
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

/**
 * Deflates `start`, and after it each of `headers` with its share of 1 GiB of zeros, without ever having them: a flushed
 * block can be repeated.
 */
function bomb(start: Uint8Array, ...headers: Uint8Array[]): Uint8Array {
  const flushed = (bytes: Uint8Array) => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
  const zeros = flushed(new Uint8Array(2 ** 20));
  const values = headers.flatMap((header) => [flushed(header), ...Array<Buffer>(1024 / headers.length).fill(zeros)]);
  return Buffer.concat([flushed(start), ...values, deflateRawSync(Buffer.alloc(0))]);
}

/** Sequences of one item each, all of undefined length, properly closed: 36 bytes a level. */
function nested(depth: number): Uint8Array {
  const opening = Buffer.concat([element('00400275', 'SQ', new Uint8Array(0), UNDEFINED), item('fffee000', UNDEFINED)]);
  const closing = Buffer.concat([item('fffee00d', 0), item('fffee0dd', 0)]);
  return Buffer.concat([...Array<Buffer>(depth).fill(opening), ...Array<Buffer>(depth).fill(closing)]);
}

/** Empty ones, in the private blocks of one group after another. */
function* privateElements(count: number): Generator<Uint8Array> {
  for (let i = 0; i < count; i++) {
    const group = 0x0021 + 2 * Math.floor(i / 0xe000);
    const number = 0x1000 + (i % 0xe000);
    yield element(`${group.toString(16).padStart(4, '0')}${number.toString(16)}`, 'LO', '');
  }
}
