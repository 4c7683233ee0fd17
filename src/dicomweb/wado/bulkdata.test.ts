import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { partsOf } from '../testing/parts.ts';
import { type TestDoor, testDoor } from '../testing/test-door.ts';

const JPEG_LS = '1.2.840.10008.1.2.4.80';
const INSTANCE = '/studies/1.2/series/1.3/instances/1.4';
const OCTETS = 'multipart/related; type="application/octet-stream"';

async function doorWith(t: TestContext): Promise<TestDoor> {
  const door = await testDoor(t);
  door.archive.keep({ study: '1.2', series: '1.3', instance: '1.4' }, Buffer.alloc(0), { transferSyntaxUid: JPEG_LS });
  door.archive.valuesOf.set('54000100/1/54001010', {
    mediaType: 'application/octet-stream',
    bytes: Buffer.from('waves'),
  });
  door.archive.valuesOf.set('00420011', { mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 and so on') });
  door.archive.valuesOf.set('7FE00010', 'frames');
  door.archive.framesOf.set('1.4', [Buffer.from('one'), Buffer.from('two')]);
  return door;
}

test('behaviour 31: a value comes alone when asked without multipart, and in one part when asked with it', async (t) => {
  const door = await doorWith(t);
  const path = `${INSTANCE}/bulkdata/54000100/1/54001010`;
  for (const accept of ['application/octet-stream', '*/*', 'application/octet-stream; transfer-syntax=*']) {
    const answer = await door.get(path, { Accept: accept });
    assert.equal(answer.headers.get('content-type'), 'application/octet-stream', accept);
    assert.equal(answer.headers.get('content-length'), '5');
    assert.equal(await answer.text(), 'waves');
  }
  for (const accept of [OCTETS, 'multipart/related', 'multipart/*', `${OCTETS}; transfer-syntax=*`]) {
    const [part] = await partsOf(await door.get(path, { Accept: accept }));
    assert.equal(part!.content.toString(), 'waves', accept);
    assert.equal(part!.headers.get('content-type'), 'application/octet-stream');
    assert.equal(part!.headers.get('content-location'), door.root + path);
  }
  assert.equal((await door.get(path, { Accept: 'image/jpeg' })).status, 406);
  assert.equal((await door.get(path, { Accept: `${OCTETS}; transfer-syntax=${JPEG_LS}` })).status, 406);
  assert.equal((await door.get(`${INSTANCE}/bulkdata/00091010`)).status, 404);
});

test('behaviour 31: a PDF is application/pdf to a browser, octets to whoever asks for octets, and comes in ranges', async (t) => {
  const door = await doorWith(t);
  const path = `${INSTANCE}/bulkdata/00420011`;
  for (const accept of ['*/*', 'application/pdf', 'text/html, application/pdf;q=0.9, */*;q=0.1']) {
    const answer = await door.get(path, { Accept: accept });
    assert.equal(answer.headers.get('content-type'), 'application/pdf', accept);
    assert.equal(answer.headers.get('content-disposition'), 'inline; filename="1.4.pdf"');
    assert.equal(await answer.text(), '%PDF-1.7 and so on');
  }
  const octets = await door.get(path, { Accept: 'application/octet-stream' });
  assert.equal(octets.headers.get('content-type'), 'application/octet-stream');
  const [part] = await partsOf(await door.get(path, { Accept: 'multipart/related; type="application/pdf"' }));
  assert.equal(part!.headers.get('content-type'), 'application/pdf');
  const range = await door.get(path, { Accept: '*/*', Range: 'bytes=5-7' });
  assert.deepEqual([range.status, range.headers.get('content-range')], [206, 'bytes 5-7/18']);
  assert.equal(await range.text(), '1.7');
});

test('compressed pixels as bulk data or pixel data are a part for each frame', async (t) => {
  const door = await doorWith(t);
  for (const path of [`${INSTANCE}/bulkdata/7FE00010`, `${INSTANCE}/pixeldata`]) {
    const answer = await door.get(path, { Accept: `${OCTETS}; transfer-syntax=*` });
    const parts = await partsOf(answer);
    assert.deepEqual(
      parts.map(({ content }) => content.toString()),
      ['one', 'two'],
    );
    assert.equal(parts[0]!.headers.get('content-type'), `application/octet-stream; transfer-syntax=${JPEG_LS}`);
    assert.equal(
      (await door.get(path, { Accept: 'application/octet-stream' })).status,
      406,
      'two frames are not one value',
    );
  }
});
