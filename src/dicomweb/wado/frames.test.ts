import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { partsOf } from '../testing/parts.ts';
import { type TestDoor, testDoor } from '../testing/test-door.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';
const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70';
const JPEG_LS = '1.2.840.10008.1.2.4.80';
const HTJ2K = '1.2.840.10008.1.2.4.201';
const RLE = '1.2.840.10008.1.2.5';
const OCTETS = 'multipart/related; type="application/octet-stream"';
const PATH = '/studies/1.2/series/1.3/instances/1.4/frames';

const frames = ['first frame', 'second', 'the third one'];

/** An instance of three frames. */
async function doorWith(t: TestContext, transferSyntaxUid: string, makes: readonly string[] = []): Promise<TestDoor> {
  const door = await testDoor(t);
  const instance = { study: '1.2', series: '1.3', instance: '1.4' };
  door.archive.keep(instance, Buffer.alloc(0), { transferSyntaxUid });
  door.archive.framesOf.set(
    '1.4',
    frames.map((each) => Buffer.from(each)),
  );
  door.archive.makes = makes;
  return door;
}

async function textsOf(answer: Response): Promise<string[]> {
  return (await partsOf(answer)).map(({ content }) => content.toString());
}

async function only(answer: Response): Promise<{ contentType: string | undefined; text: string }> {
  assert.equal(answer.status, 200);
  const [part] = await partsOf(answer);
  return { contentType: part!.headers.get('content-type'), text: part!.content.toString() };
}

test('behaviour 1: the type may be quoted or not, with white space around it and parameters in any order', async (t) => {
  const door = await doorWith(t, JPEG_LS);
  for (const accept of [
    'multipart/related; type=application/octet-stream; transfer-syntax=*',
    'multipart/related; type="application/octet-stream"; transfer-syntax=*',
    'multipart/related;transfer-syntax=*;type="application/octet-stream"',
    'multipart/related ; type = application/octet-stream ; transfer-syntax = "*"',
  ]) {
    const { contentType, text } = await only(await door.get(`${PATH}/2`, { Accept: accept }));
    assert.equal(contentType, `application/octet-stream; transfer-syntax=${JPEG_LS}`, accept);
    assert.equal(text, 'second');
  }
});

test('behaviour 3: any multipart, anything, nothing and the list of a browser get native samples', async (t) => {
  const door = await doorWith(t, JPEG_LS, [EXPLICIT]);
  for (const accept of [
    'multipart/*',
    'multipart/related',
    '*/*',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/x-unknown, */*; q=.2',
  ]) {
    const { contentType, text } = await only(await door.get(`${PATH}/1`, { Accept: accept }));
    assert.equal(contentType, `application/octet-stream; transfer-syntax=${EXPLICIT}`, accept);
    assert.equal(text, `${EXPLICIT} of first frame`);
  }
});

test('behaviour 4: unknown alternatives are skipped, only unknown ones are 406', async (t) => {
  const door = await doorWith(t, EXPLICIT);
  assert.equal((await door.get(`${PATH}/1`, { Accept: `toto, ${OCTETS}` })).status, 200);
  for (const accept of ['toto', 'application/dicom', 'multipart/related; type="text/plain"', 'video/mp4']) {
    assert.equal((await door.get(`${PATH}/1`, { Accept: accept })).status, 406, accept);
  }
});

test('behaviour 5: the query parameter `accept` takes the place of the header', async (t) => {
  const door = await doorWith(t, JPEG_LS);
  const query = `?accept=${encodeURIComponent('image/jls')}`;
  const answer = await door.get(`${PATH}/3${query}`, { Accept: 'text/html' });
  assert.equal(answer.headers.get('content-type'), `image/jls; transfer-syntax=${JPEG_LS}`);
  assert.equal(await answer.text(), 'the third one');
});

test('behaviour 6: no transfer syntax is Explicit VR Little Endian, `*` is as stored, a UID is that one or 406', async (t) => {
  const door = await doorWith(t, JPEG_LS, [EXPLICIT, HTJ2K]);
  const rows = [
    [OCTETS, EXPLICIT],
    [`${OCTETS}; transfer-syntax=*`, JPEG_LS],
    [`${OCTETS}; transfer-syntax=${EXPLICIT}`, EXPLICIT],
    [`${OCTETS}; transfer-syntax=${JPEG_LOSSLESS}, ${OCTETS}; transfer-syntax=${HTJ2K}; q=0.2`, HTJ2K],
  ] as const;
  for (const [accept, syntax] of rows) {
    const { contentType } = await only(await door.get(`${PATH}/1`, { Accept: accept }));
    assert.equal(contentType, `application/octet-stream; transfer-syntax=${syntax}`, accept);
  }
  for (const accept of [
    `${OCTETS}; transfer-syntax=${JPEG_LOSSLESS}`,
    'multipart/related; type="image/jp2"',
    `multipart/related; type="image/jphc"; transfer-syntax=${JPEG_LS}`,
  ]) {
    const answer = await door.get(`${PATH}/1`, { Accept: accept });
    assert.equal(answer.status, 406, accept);
    assert.match(
      ((await answer.json()) as { detail: string }).detail,
      /image\/jls; transfer-syntax=1\.2\.840\.10008\.1\.2\.4\.80/,
    );
  }
});

test('behaviour 6: compressed frames that nobody here can decode are served as stored to whoever named no syntax', async (t) => {
  const door = await doorWith(t, JPEG_LS);
  const { contentType, text } = await only(await door.get(`${PATH}/1`, { Accept: OCTETS }));
  assert.deepEqual([contentType, text], [`application/octet-stream; transfer-syntax=${JPEG_LS}`, 'first frame']);
});

test('behaviour 7: to whoever takes anything, compressed frames come as samples that a browser can show', async (t) => {
  const door = await doorWith(t, JPEG_LS, [HTJ2K, EXPLICIT]);
  for (const accept of ['*/*', `*/*; transfer-syntax=${EXPLICIT}`, `${OCTETS}, */*; q=0.1`]) {
    const { contentType } = await only(await door.get(`${PATH}/1`, { Accept: accept }));
    assert.equal(contentType, `application/octet-stream; transfer-syntax=${EXPLICIT}`, accept);
  }
});

test('behaviour 8: the body begins with its boundary, lines end with CRLF, the head of a part is short, the end is said', async (t) => {
  const door = await doorWith(t, EXPLICIT);
  const answer = await door.get(`${PATH}/1,2`, { Accept: OCTETS });
  const body = Buffer.from(await answer.arrayBuffer());
  const boundary = /boundary=(\S+)$/.exec(answer.headers.get('content-type')!)![1]!;
  const head = (text: string) =>
    `--${boundary}\r\nContent-Type: application/octet-stream; transfer-syntax=${EXPLICIT}\r\nContent-Length: ${text.length}\r\n\r\n`;
  assert.ok(head(frames[0]!).length < 1000);
  assert.equal(
    body.toString('latin1'),
    `${head(frames[0]!)}${frames[0]}\r\n${head(frames[1]!)}${frames[1]}\r\n--${boundary}--\r\n`,
  );
  assert.equal(answer.headers.get('content-length'), String(body.length));
});

/** A multipart answer with one frame as it went over the wire, in lossless syntaxes that have no media type of their own. */
async function wireForms(t: TestContext): Promise<{ syntax: string; body: string }[]> {
  const forms = [];
  for (const syntax of [JPEG_LOSSLESS, JPEG_LS, HTJ2K, RLE]) {
    const door = await doorWith(t, syntax);
    const accept = `multipart/related; type=application/octet-stream; transfer-syntax=${syntax}`;
    const answer = await door.get(`${PATH}/1`, { Accept: accept });
    forms.push({ syntax, body: await answer.text() });
  }
  return forms;
}

test('behaviour 9: the header of a part is spelt `Content-Type:`, as clients compare it', async (t) => {
  for (const { body } of await wireForms(t)) {
    assert.match(body, /\r\nContent-Type: /);
    assert.doesNotMatch(body, /\r\ncontent-type/);
  }
});

test('behaviour 10: the transfer syntax stands in the Content-Type of the part without quotes', async (t) => {
  for (const { body, syntax } of await wireForms(t)) {
    assert.equal(/\r\nContent-Type: [^\r]*transfer-syntax=([^\r;]*)\r\n/.exec(body)?.[1], syntax);
  }
});

test('behaviour 11: what a client would guess wrongly carries its UID, as octets and under its media type', async (t) => {
  for (const { body, syntax } of await wireForms(t)) assert.ok(body.includes(`transfer-syntax=${syntax}\r\n`), syntax);
  for (const [mediaType, syntax] of [
    ['image/jpeg', JPEG_LOSSLESS],
    ['image/jphc', HTJ2K],
    ['image/dicom-rle', RLE],
  ] as const) {
    const door = await doorWith(t, syntax);
    const accept = `multipart/related; type="${mediaType}"; transfer-syntax=${syntax}`;
    const { contentType } = await only(await door.get(`${PATH}/1`, { Accept: accept }));
    assert.equal(contentType, `${mediaType}; transfer-syntax=${syntax}`);
  }
});

test('behaviour 13: a part says its length, and the boundary of what is made is long and another each time', async (t) => {
  const door = await doorWith(t, JPEG_LS, [HTJ2K]);
  const boundaries = new Set<string>();
  for (let time = 0; time < 3; time++) {
    const answer = await door.get(`${PATH}/1`, { Accept: `${OCTETS}; transfer-syntax=${HTJ2K}` });
    const text = `${HTJ2K} of first frame`;
    assert.match(await answer.text(), new RegExp(`\r\nContent-Length: ${text.length}\r\n\r\n${text}\r\n--`));
    const boundary = /boundary=(\S+)$/.exec(answer.headers.get('content-type')!)![1]!;
    assert.ok(boundary.length >= 40, boundary);
    boundaries.add(boundary);
  }
  assert.equal(boundaries.size, 3);
});

test('behaviour 12: all parts of an answer are in one transfer syntax, in the order of the list, twice if asked twice', async (t) => {
  const door = await doorWith(t, JPEG_LS, [EXPLICIT]);
  for (const accept of [OCTETS, `${OCTETS}; transfer-syntax=*`]) {
    const parts = await partsOf(await door.get(`${PATH}/3,1,3`, { Accept: accept }));
    assert.equal(new Set(parts.map(({ headers }) => headers.get('content-type'))).size, 1);
    assert.deepEqual(
      parts.map(({ content }) => content.toString().replace(`${EXPLICIT} of `, '')),
      ['the third one', 'first frame', 'the third one'],
    );
  }
  assert.deepEqual(await textsOf(await door.get(`${PATH}/2%2C1`, { Accept: `${OCTETS}; transfer-syntax=*` })), [
    'second',
    'first frame',
  ]);
});

test('behaviour 14: a frame alone is the bare bytes', async (t) => {
  const door = await doorWith(t, HTJ2K);
  for (const accept of [
    'image/jphc',
    'application/octet-stream; transfer-syntax=*',
    `image/jphc; transfer-syntax=${HTJ2K}`,
  ]) {
    const answer = await door.get(`${PATH}/2`, { Accept: accept });
    assert.equal(answer.status, 200, accept);
    assert.equal(answer.headers.get('content-type'), `${accept.split(';')[0]}; transfer-syntax=${HTJ2K}`);
    assert.equal(await answer.text(), 'second');
  }
  assert.equal(
    (await door.get(`${PATH}/1,2`, { Accept: 'image/jphc' })).status,
    406,
    'several frames do not come alone',
  );
});

test('behaviour 22: a frame that is not there is 404, a list that is none is 400, another method is 405', async (t) => {
  const door = await doorWith(t, EXPLICIT);
  for (const list of ['0', '4', '1,99', '999999999'])
    assert.equal((await door.get(`${PATH}/${list}`)).status, 404, list);
  for (const list of ['x', '1,,2', '-1', '1.5', '']) {
    assert.equal((await door.get(`${PATH}/${encodeURIComponent(list)}`)).status, list === '' ? 404 : 400, list);
  }
  assert.equal((await door.get(PATH.replace('1.4', '1.5').concat('/1'))).status, 404);
  const refused = await door.get(`${PATH}/1`, {}, 'DELETE');
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.get('allow'), 'GET, HEAD, OPTIONS');
});

test('behaviour 33: a stretch of a frame is 206 with Content-Range, of the whole multipart body too, and none of it is 416', async (t) => {
  const door = await doorWith(t, HTJ2K, [EXPLICIT]);
  const alone = { Accept: 'image/jphc' };
  const rows = [
    ['bytes=0-4', 'bytes 0-4/11', 'first'],
    ['bytes=6-', 'bytes 6-10/11', 'frame'],
    ['bytes=-3', 'bytes 8-10/11', 'ame'],
    ['bytes=6-400', 'bytes 6-10/11', 'frame'],
  ] as const;
  for (const [range, contentRange, text] of rows) {
    const answer = await door.get(`${PATH}/1`, { ...alone, Range: range });
    assert.equal(answer.status, 206, range);
    assert.equal(answer.headers.get('content-range'), contentRange);
    assert.equal(await answer.text(), text);
  }
  const beyond = await door.get(`${PATH}/1`, { ...alone, Range: 'bytes=11-' });
  assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, 'bytes */11']);
  for (const ignored of ['bytes=4-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-']) {
    assert.equal((await door.get(`${PATH}/1`, { ...alone, Range: ignored })).status, 200, ignored);
  }
  // In pieces of seven bytes the multipart body is what it is as a whole, whatever the pieces cut.
  const parts = { Accept: `${OCTETS}; transfer-syntax=*` };
  const whole = await (await door.get(`${PATH}/1,3`, parts)).text();
  let pieces = '';
  while (pieces.length < whole.length) {
    const piece = await door.get(`${PATH}/1,3`, { ...parts, Range: `bytes=${pieces.length}-${pieces.length + 6}` });
    assert.equal(piece.status, 206);
    pieces += await piece.text();
  }
  assert.equal(pieces, whole);
  const made = await door.get(`${PATH}/1`, { Accept: 'application/octet-stream', Range: 'bytes=0-6' });
  assert.deepEqual([made.status, await made.text()], [206, EXPLICIT.slice(0, 7)]);
});

test('RFC 9110 13: who has the frame already gets 304, and a stretch only of the state it knows', async (t) => {
  const door = await doorWith(t, HTJ2K);
  const etag = (await door.get(`${PATH}/1`, { Accept: 'image/jphc' })).headers.get('etag')!;
  const again = await door.get(`${PATH}/1`, { Accept: 'image/jphc', 'If-None-Match': etag });
  assert.deepEqual([again.status, (await again.arrayBuffer()).byteLength], [304, 0]);
  assert.notEqual((await door.get(`${PATH}/1`, { Accept: OCTETS })).headers.get('etag'), etag);
  const range = { Accept: 'image/jphc', Range: 'bytes=0-1' };
  assert.equal((await door.get(`${PATH}/1`, { ...range, 'If-Range': etag })).status, 206);
  assert.equal((await door.get(`${PATH}/1`, { ...range, 'If-Range': '"older"' })).status, 200);
});

test('a frame that was made once is whole for everybody who asks for it, alone and in parts, however large', async (t) => {
  const door = await doorWith(t, JPEG_LS, [HTJ2K]);
  const large = 'x'.repeat(3 << 20);
  door.archive.framesOf.set('1.4', [Buffer.from(large)]);
  const expected = `${HTJ2K} of ${large}`;
  for (const accept of [
    `image/jphc; transfer-syntax=${HTJ2K}`,
    `multipart/related; type="image/jphc"; transfer-syntax=${HTJ2K}`,
  ]) {
    for (let client = 0; client < 3; client++) {
      const answer = await door.get(`${PATH}/1`, { Accept: accept });
      const text = accept.startsWith('image') ? await answer.text() : (await only(answer)).text;
      assert.ok(text === expected, `${text.length} characters as ${accept}`);
    }
  }
});
