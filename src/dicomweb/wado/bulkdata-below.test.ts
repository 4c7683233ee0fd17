import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf } from '../testing/parts.ts';
import { testDoor } from '../testing/test-door.ts';

const OCTETS = 'multipart/related; type="application/octet-stream"';
const JPEG_LS = '1.2.840.10008.1.2.4.80';

test('PS3.18 10.4.1.1.4: the bulk data of a study is every value below it, each with where it can be had by itself', async (t) => {
  const door = await testDoor(t);
  for (const instance of ['1.4', '1.5']) door.archive.keep({ study: '1.2', series: '1.3', instance }, Buffer.alloc(0));
  const waves = { mediaType: 'application/octet-stream', bytes: Buffer.from('waves') };
  door.archive.valuesOf.set('54000100/1/54001010', waves);
  door.archive.described = (instance) => ({
    '00081030': { vr: 'LO', Value: ['"BulkDataURI":"/bulkdata/00420011"'] },
    '54000100': {
      vr: 'SQ',
      Value: [{ '54001010': { vr: 'OW', BulkDataURI: `/x/${instance}/bulkdata/54000100/1/54001010` } }],
    },
  });
  for (const [path, count] of [
    ['/studies/1.2', 2],
    ['/studies/1.2/series/1.3', 2],
    ['/studies/1.2/series/1.3/instances/1.5', 1],
  ] as const) {
    const parts = await partsOf(await door.get(`${path}/bulkdata`, { Accept: OCTETS }));
    assert.deepEqual(
      parts.map(({ content }) => content.toString()),
      Array(count).fill('waves'),
    );
    const locations = parts.map(({ headers }) => headers.get('content-location'));
    const at = (uid: string) => `${door.root}/studies/1.2/series/1.3/instances/${uid}/bulkdata/54000100/1/54001010`;
    assert.deepEqual(locations, [at('1.4'), at('1.5')].slice(-count));
  }
  assert.equal((await door.get('/studies/1.2/pixeldata', { Accept: OCTETS })).status, 404, 'none has pixels');
  assert.equal((await door.get('/studies/1.2/bulkdata', { Accept: 'image/jpeg' })).status, 406);
  assert.equal((await door.get('/studies/9.9/bulkdata', { Accept: OCTETS })).status, 404);
});

test('PS3.18 10.4.1.1.5: the pixel data of a series is a part for each compressed frame, in the form that is acceptable', async (t) => {
  const door = await testDoor(t);
  for (const instance of ['1.4', '1.5']) {
    door.archive.keep({ study: '1.2', series: '1.3', instance }, Buffer.alloc(0), { transferSyntaxUid: JPEG_LS });
  }
  door.archive.valuesOf.set('7FE00010', 'frames');
  door.archive.framesOf.set('1.4', [Buffer.from('one'), Buffer.from('two')]);
  door.archive.framesOf.set('1.5', [Buffer.from('three')]);
  door.archive.described = () => ({ '7FE00010': { vr: 'OB', BulkDataURI: '/bulkdata/7FE00010' } });
  const accept = 'multipart/related; type="image/jls"';
  const parts = await partsOf(await door.get('/studies/1.2/series/1.3/pixeldata', { Accept: accept }));
  assert.deepEqual(
    parts.map(({ content }) => content.toString()),
    ['one', 'two', 'three'],
  );
  assert.equal(parts[0]!.headers.get('content-type'), `image/jls; transfer-syntax=${JPEG_LS}`);
  const refused = await door.get('/studies/1.2/pixeldata', { Accept: 'multipart/related; type="image/jp2"' });
  assert.equal(refused.status, 404);
});
