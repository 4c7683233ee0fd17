import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { Problem } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { fileMeta } from '../../dicom/file-meta.ts';
import { readDicom } from '../../dicom/reader.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import { writeDataSet } from '../../dicom/writer.ts';
import { limits } from '../limits.ts';
import { type MemoryArchive, SOP_CLASS } from '../testing/memory-archive.ts';
import { partsOf } from '../testing/parts.ts';
import { memoryPeak, testDoor, travelsPlain } from '../testing/test-door.ts';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const JPEG_LS = '1.2.840.10008.1.2.4.80';
const JPEG_2000 = '1.2.840.10008.1.2.4.90';
const RLE = '1.2.840.10008.1.2.5';
const DICOM = 'multipart/related; type="application/dicom"';

/** An object of zeros, in chunks as a disk gives them. */
function large(sizeBytes: number, look: () => void = () => {}) {
  return {
    sizeBytes,
    async *open() {
      for (let at = 0; at < sizeBytes; at += 1 << 18) {
        await new Promise(setImmediate);
        look();
        yield Buffer.allocUnsafeSlow(1 << 18);
      }
    },
  };
}

/** A file of two rows of two pixels. */
function image(transferSyntaxUid: string, sopInstanceUid: string): { file: Buffer; datasetOffset: number } {
  const dataset = new DataSet()
    .set('SOPClassUID', SOP_CLASS)
    .set('SOPInstanceUID', sopInstanceUid)
    .set('Rows', 2)
    .set('Columns', 2)
    .set('BitsAllocated', 16)
    .set('PixelData', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 'OW');
  const head = fileMeta({ sopClassUid: SOP_CLASS, sopInstanceUid, transferSyntaxUid });
  return {
    file: Buffer.concat([head, ...writeDataSet(dataset, transferSyntax(transferSyntaxUid)!)]),
    datasetOffset: head.length,
  };
}

/** Study 1.2 with series 1.2.3, one instance 1.2.3.n in each of the transfer syntaxes. */
function keep(archive: MemoryArchive, ...transferSyntaxUids: string[]): Buffer[] {
  return transferSyntaxUids.map((transferSyntaxUid, n) => {
    const instance = `1.2.3.${n + 1}`;
    // What is compressed is served as stored: any bytes will do.
    const isCompressed = transferSyntaxUid.startsWith('1.2.840.10008.1.2.4');
    const { file, datasetOffset } = isCompressed
      ? { file: Buffer.from(`compressed ${n}`), datasetOffset: 0 }
      : image(transferSyntaxUid, instance);
    archive.keep({ study: '1.2', series: '1.2.3', instance }, file, { transferSyntaxUid, datasetOffset });
    return file;
  });
}

test('PS3.18 10.4: study, series and instance come as the files that were stored, each with its length', async (t) => {
  const door = await testDoor(t);
  const files = keep(door.archive, EXPLICIT, EXPLICIT, EXPLICIT);
  for (const [path, expected] of [
    ['/studies/1.2', files],
    ['/studies/1.2/series/1.2.3', files],
    ['/studies/1.2/series/1.2.3/instances/1.2.3.2', [files[1]!]],
  ] as const) {
    const answer = await door.get(path, { Accept: DICOM });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type')!, /^multipart\/related; type="application\/dicom"; boundary=/);
    assert.ok(Number(answer.headers.get('content-length')) > 0, 'the length of the whole is known');
    const parts = await partsOf(answer);
    assert.deepEqual(
      parts.map((part) => part.content),
      expected,
    );
    for (const part of parts) {
      assert.equal(part.headers.get('content-type'), `application/dicom; transfer-syntax=${EXPLICIT}`);
      assert.equal(part.headers.get('content-length'), String(part.content.length));
    }
  }
});

test('behaviours 3, 6: without a wish for a transfer syntax it is Explicit VR Little Endian, or as stored where compressed', async (t) => {
  const door = await testDoor(t);
  const files = keep(door.archive, IMPLICIT, BIG_ENDIAN, DEFLATED, EXPLICIT, JPEG_LS);
  for (const accept of [DICOM, '*/*', 'multipart/*', 'multipart/related', 'text/html, */*; q=.2']) {
    const parts = await partsOf(await door.get('/studies/1.2', { Accept: accept }));
    assert.deepEqual(
      parts.map((part) => /transfer-syntax=(\S+)$/.exec(part.headers.get('content-type')!)![1]),
      [EXPLICIT, EXPLICIT, EXPLICIT, EXPLICIT, JPEG_LS],
    );
    for (const part of parts.slice(0, 3)) {
      assert.equal(part.headers.get('content-length'), String(part.content.length));
      const { transferSyntax, dataset } = readDicom(part.content);
      assert.equal(transferSyntax.uid, EXPLICIT);
      assert.equal(dataset.number('Rows'), 2);
    }
    // The same pixels, whichever byte order they were stored in.
    assert.deepEqual(
      parts.slice(0, 2).map((part) => readDicom(part.content).dataset.bytes('PixelData')?.join()),
      Array(2).fill('1,2,3,4,5,6,7,8'),
    );
    assert.deepEqual(
      parts.slice(3).map((part) => part.content),
      files.slice(3),
    );
  }
});

test('behaviour 6: `*` is as stored, a UID is that syntax or 406', async (t) => {
  const door = await testDoor(t);
  const files = keep(door.archive, IMPLICIT, JPEG_LS);
  const get = (syntax: string, path = '/studies/1.2') =>
    door.get(path, { Accept: `${DICOM}; transfer-syntax=${syntax}` });
  assert.deepEqual(
    (await partsOf(await get('*'))).map((part) => part.content),
    files,
  );
  const implicit = '/studies/1.2/series/1.2.3/instances/1.2.3.1';
  const compressed = '/studies/1.2/series/1.2.3/instances/1.2.3.2';
  assert.deepEqual((await partsOf(await get(JPEG_LS, compressed)))[0]!.content, files[1]);
  const [swapped] = await partsOf(await get(BIG_ENDIAN, implicit));
  assert.equal(readDicom(swapped!.content).transferSyntax.uid, BIG_ENDIAN);
  for (const [syntax, path] of [
    [EXPLICIT, compressed],
    [JPEG_LS, implicit],
    ['1.2.3.4', implicit],
  ] as const) {
    assert.equal((await get(syntax, path)).status, 406, `${syntax} of ${path}`);
  }
  const either = await door.get(compressed, {
    Accept: `${DICOM}; transfer-syntax=${EXPLICIT}, ${DICOM}; transfer-syntax=*; q=0.1`,
  });
  assert.deepEqual((await partsOf(either))[0]!.content, files[1], 'the next best wish counts');
});

test('behaviour 22: where some of it cannot be had in that syntax, the rest is 206 with a warning', async (t) => {
  const door = await testDoor(t);
  const files = keep(door.archive, IMPLICIT, JPEG_LS);
  const answer = await door.get('/studies/1.2', { Accept: `${DICOM}; transfer-syntax=${JPEG_LS}` });
  assert.equal(answer.status, 206);
  assert.match(answer.headers.get('warning')!, /^299 .*1 instances are not available/);
  assert.deepEqual(
    (await partsOf(answer)).map((part) => part.content),
    [files[1]],
  );
});

test('one instance comes alone as application/dicom; several do not', async (t) => {
  const door = await testDoor(t);
  const files = keep(door.archive, EXPLICIT, EXPLICIT);
  const alone = await door.get('/studies/1.2/series/1.2.3/instances/1.2.3.1', { Accept: 'application/dicom' });
  assert.equal(alone.status, 200);
  assert.equal(alone.headers.get('content-type'), `application/dicom; transfer-syntax=${EXPLICIT}`);
  assert.equal(alone.headers.get('content-length'), String(files[0]!.length));
  assert.deepEqual(Buffer.from(await alone.arrayBuffer()), files[0]);
  assert.equal((await door.get('/studies/1.2', { Accept: 'application/dicom' })).status, 406);
  assert.equal((await door.get('/studies/1.2', { Accept: 'application/x-nonsense' })).status, 406);
});

test('an instance too large to be re-encoded at once is streamed, without a length', async (t) => {
  const usual = { ...limits };
  t.after(() => Object.assign(limits, usual));
  limits.wholeReencodeBytes = 10;
  const door = await testDoor(t);
  keep(door.archive, IMPLICIT, IMPLICIT);
  const answer = await door.get('/studies/1.2');
  assert.equal(answer.headers.get('content-length'), null);
  const parts = await partsOf(answer);
  assert.equal(parts.length, 2);
  for (const part of parts) {
    assert.equal(part.headers.has('content-length'), false);
    assert.equal(readDicom(part.content).dataset.number('Columns'), 2);
  }
});

test('a file that cannot be read is a 500 before its first byte, and a broken connection after it', async (t) => {
  const door = await testDoor(t);
  const damaged = new Problem('storage/damaged', { objectId: 'x' });
  const part = (instance: string) => ({ study: '1.2', series: '1.2.3', instance });
  door.archive.keep(part('1.1'), Buffer.alloc(10), {
    open() {
      throw damaged;
    },
  });
  const single = await door.get('/studies/1.2', { Accept: 'application/dicom' });
  assert.equal(single.status, 500);
  assert.equal(((await single.json()) as { type: string }).type, 'urn:fascia:problem:storage/damaged');
  door.archive.keep(part('1.0'), Buffer.alloc(10), {
    async *open() {
      yield Buffer.alloc(5);
      throw damaged;
    },
  });
  const half = '/studies/1.2/series/1.2.3/instances/1.0';
  await assert.rejects(async () => (await door.get(half)).arrayBuffer());
  assert.ok(door.logged.some((line) => line.includes('answer broken off')));
});

test('a long answer leaves no listeners behind', async (t) => {
  const door = await testDoor(t);
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  t.after(() => process.off('warning', note));
  const sizeBytes = 32 << 20;
  door.archive.keep({ study: '1.2', series: '1.2.3', instance: '1.2.3.4' }, Buffer.alloc(0), large(sizeBytes));
  const answer = await door.get('/studies/1.2', { Accept: 'application/dicom' });
  assert.equal((await answer.arrayBuffer()).byteLength, sizeBytes);
  assert.deepEqual(warnings, []);
});

test('an object passes through memory, not into it: 256 MB in less than 24 MB', {
  skip: !travelsPlain() && 'a client over TLS takes memory of its own',
}, async (t) => {
  const door = await testDoor(t);
  const sizeBytes = 256 << 20;
  const peak = memoryPeak();
  door.archive.keep(
    { study: '1.2', series: '1.2.3', instance: '1.2.3.4' },
    Buffer.alloc(0),
    large(sizeBytes, peak.look),
  );
  let gotBytes = 0;
  const client = connect({
    host: '127.0.0.1',
    port: Number(new URL(door.root).port),
    // The client takes no memory of its own.
    onread: {
      buffer: new Uint8Array(1 << 16),
      callback: (length) => {
        gotBytes += length;
        return true;
      },
    },
  });
  client.write('GET /dicomweb/studies/1.2 HTTP/1.1\r\nHost: pacs\r\nConnection: close\r\n\r\n');
  await once(client, 'close');
  assert.ok(gotBytes > sizeBytes);
  assert.ok(peak.bytes() < 24 << 20, `${peak.bytes()} bytes`);
});

test('a client that goes away stops the reading, one that stands still slows it', async (t) => {
  const door = await testDoor(t);
  const stopped = Promise.withResolvers<void>();
  let givenBytes = 0;
  door.archive.keep({ study: '1.2', series: '1.2.3', instance: '1.2.3.4' }, Buffer.alloc(0), {
    sizeBytes: 2 ** 40,
    async *open() {
      try {
        for (;;) {
          givenBytes += 1 << 20;
          yield Buffer.allocUnsafeSlow(1 << 20);
          await new Promise(setImmediate);
        }
      } finally {
        stopped.resolve();
      }
    },
  });
  const socket = door.connect();
  socket.write('GET /dicomweb/studies/1.2 HTTP/1.1\r\nHost: pacs\r\n\r\n');
  await once(socket, 'readable');
  // The door has filled what the sockets hold; a second client is served meanwhile.
  for (let n = 0; n < 20; n++) assert.equal((await door.get('/studies')).status, 200);
  assert.ok(givenBytes < 64 << 20, `${givenBytes} bytes read for a client that takes none`);
  socket.destroy();
  await stopped.promise;
  assert.ok(door.archive.requests[0]!.signal.aborted);
});

test('two hundred clients that take nothing hold less than 80 MB between them', async (t) => {
  const door = await testDoor(t);
  const opened = Promise.withResolvers<void>();
  let standing = 0;
  const peak = memoryPeak();
  door.archive.keep({ study: '1.2', series: '1.2.3', instance: '1.2.3.4' }, Buffer.alloc(0), {
    sizeBytes: 2 ** 40,
    async *open() {
      for (let chunk = 0; ; chunk++) {
        peak.look();
        if (chunk === 1 && ++standing === 200) opened.resolve();
        yield Buffer.allocUnsafeSlow(1 << 18);
        await new Promise(setImmediate);
      }
    },
  });
  const sockets = Array.from({ length: 200 }, () => {
    const socket = door.connect();
    socket.pause();
    socket.write('GET /dicomweb/studies/1.2 HTTP/1.1\r\nHost: pacs\r\n\r\n');
    return socket;
  });
  await opened.promise;
  // Whoever else is served meanwhile has given all of them their turn.
  for (let n = 0; n < 50; n++) assert.equal((await door.get('/studies')).status, 200);
  peak.look();
  for (const socket of sockets) socket.destroy();
  assert.ok(peak.bytes() < 80 << 20, `${peak.bytes()} bytes`);
});

test('behaviour 28: metadata has a validator; who has it already gets 304', async (t) => {
  const door = await testDoor(t);
  keep(door.archive, EXPLICIT, EXPLICIT);
  for (const path of [
    '/studies/1.2/metadata',
    '/studies/1.2/series/1.2.3/metadata',
    '/studies/1.2/series/1.2.3/instances/1.2.3.1/metadata',
  ]) {
    const answer = await door.get(path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/dicom+json');
    const etag = answer.headers.get('etag')!;
    assert.match(etag, /^"[^"]+"$/);
    assert.ok(((await answer.json()) as unknown[]).length > 0);
    for (const names of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const unchanged = await door.get(path, { 'If-None-Match': names });
      assert.equal(unchanged.status, 304, names);
      assert.equal(unchanged.headers.get('etag'), etag);
      assert.equal((await unchanged.arrayBuffer()).byteLength, 0);
    }
    assert.equal((await door.get(path, { 'If-None-Match': '"other"' })).status, 200);
    const xml = await door.get(path, { Accept: 'multipart/related; type="application/dicom+xml"' });
    assert.match(await xml.text(), /NativeDicomModel/);
    assert.notEqual(xml.headers.get('etag'), etag, 'another representation has another validator');
  }
});

test('PS3.19 A.1: metadata as XML keeps bulk data behind its URI, in items too', async (t) => {
  const door = await testDoor(t);
  const uri = (path: string) => `${door.root}/studies/1.2/series/1.3/instances/1.4/bulkdata/${path}`;
  const metadata = [
    {
      '00081140': { vr: 'SQ', Value: [{ '00091010': { vr: 'OB', BulkDataURI: uri('00081140/1/00091010') } }] },
      '7FE00010': { vr: 'OW', BulkDataURI: uri('7FE00010') },
    },
  ];
  door.archive.metadata = async () => ({ etag: 'v1', body: async () => Buffer.from(JSON.stringify(metadata)) });
  const text = await (await door.get('/studies/1.2/metadata?accept=application/dicom%2Bxml')).text();
  for (const path of ['00081140/1/00091010', '7FE00010'])
    assert.ok(text.includes(`<BulkData uri="${uri(path)}"/>`), path);
  assert.doesNotMatch(text, /InlineBinary/);
});

test('metadata that is kept as gzip is sent so to those who take it', async (t) => {
  const door = await testDoor(t);
  const body = Buffer.from('[]');
  const gzipped = Buffer.from(
    await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  );
  door.archive.metadata = async () => ({ etag: 'v1', body: async () => body, gzip: async () => gzipped });
  for (const [coding, encoded] of [
    ['gzip', true],
    ['br, gzip;q=0.5', true],
    ['*', true],
    ['identity', false],
    ['gzip;q=0', false],
    ['br', false],
  ] as const) {
    const answer = await door.get('/studies/1.2/metadata', { 'Accept-Encoding': coding });
    assert.equal(answer.headers.get('content-encoding'), encoded ? 'gzip' : null, coding);
    assert.deepEqual(await answer.json(), []);
    assert.match(answer.headers.get('vary')!, /Accept-Encoding/);
  }
});

test('behaviour 30: URLs in answers begin as the client sees us', async (t) => {
  const door = await testDoor(t);
  keep(door.archive, EXPLICIT);
  await door.get('/studies/1.2', { Forwarded: 'host=pacs.example.org;proto=https' });
  assert.equal(door.archive.requests.at(-1)!.baseUrl, 'https://pacs.example.org/dicomweb');
  await door.get('/studies/1.2');
  assert.equal(door.archive.requests.at(-1)!.baseUrl, door.root);
});

test('PS3.18 8.7.3.5: compressed pixels come decoded unless `*` says as stored, or in the syntax that was asked for', async (t) => {
  const door = await testDoor(t);
  const stored = Buffer.from('a JPEG-LS file');
  const made = Buffer.from('a data set');
  door.archive.keep({ study: '1.2', series: '1.2.3', instance: '1.2.3.1' }, stored, {
    transferSyntaxUid: JPEG_LS,
    transcodable: {
      transferSyntaxes: [EXPLICIT, JPEG_2000, RLE],
      open: async (uid) => {
        if (uid === RLE) throw new Problem('dimse/unsupported-transfer-syntax', { transferSyntaxUid: uid });
        return { sizeBytes: made.length, chunks: Readable.from([made]) };
      },
    },
  });
  const get = (accept: string) => door.get('/studies/1.2/series/1.2.3/instances/1.2.3.1', { Accept: accept });
  const rows = [
    [DICOM, EXPLICIT],
    [`${DICOM}; transfer-syntax=*`, JPEG_LS],
    [`${DICOM}; transfer-syntax=${JPEG_2000}`, JPEG_2000],
    // Its frames turn out not to fit: it comes as it is, and says so.
    [`${DICOM}; transfer-syntax=${RLE}`, JPEG_LS],
  ] as const;
  for (const [accept, expected] of rows) {
    const answer = await get(accept);
    assert.equal(answer.status, 200);
    const [part] = await partsOf(answer);
    assert.equal(part!.headers.get('content-type'), `application/dicom; transfer-syntax=${expected}`);
    assert.equal(part!.content.subarray(-made.length).equals(made), expected !== JPEG_LS);
  }
  const alone = await get(`application/dicom; transfer-syntax=${JPEG_2000}`);
  assert.equal(alone.headers.get('content-type'), `application/dicom; transfer-syntax=${JPEG_2000}`);
  assert.equal((await get(`application/dicom; transfer-syntax=${RLE}`)).status, 406);
  assert.equal((await get(`application/dicom; transfer-syntax=${IMPLICIT}`)).status, 406);
});

test('PS3.5 A.4: what has no pixels comes in Explicit VR Little Endian where a compressed syntax is wanted, and says so', async (t) => {
  const door = await testDoor(t);
  const report = Buffer.from('a report');
  const chunks = (async function* () {
    yield report;
  })();
  const open = async () => ({ sizeBytes: report.length, transferSyntaxUid: EXPLICIT, chunks });
  const transcodable = { transferSyntaxes: [JPEG_2000], open };
  const uids = { study: '1.2', series: '1.3', instance: '1.4' };
  door.archive.keep(uids, Buffer.alloc(1), { transferSyntaxUid: IMPLICIT, transcodable });
  const answer = await door.get('/studies/1.2/series/1.3/instances/1.4', {
    Accept: `application/dicom; transfer-syntax=${JPEG_2000}`,
  });
  assert.equal(answer.headers.get('content-type'), `application/dicom; transfer-syntax=${EXPLICIT}`);
  const file = Buffer.from(await answer.arrayBuffer());
  assert.ok(file.subarray(-report.length).equals(report));
  assert.ok(file.includes(`${EXPLICIT}\0`));
});
