import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type TestDoor, testDoor } from '../testing/test-door.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';
const OBJECT = 'requestType=WADO&studyUID=1.2&seriesUID=1.3&objectUID=1.4';

async function doorWith(t: TestContext): Promise<TestDoor> {
  const door = await testDoor(t);
  door.archive.keep({ study: '1.2', series: '1.3', instance: '1.4' }, Buffer.from('the file'));
  return door;
}

test('PS3.18 9: an instance comes as JPEG unless something else is wanted, and as its file in a transfer syntax', async (t) => {
  const door = await doorWith(t);
  const picture = await door.get(`/wado?${OBJECT}`, { Accept: 'image/avif,image/webp,*/*' });
  assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/jpeg']);
  const png = await door.get(`/wado?${OBJECT}&contentType=image/png`);
  assert.equal(png.headers.get('content-type'), 'image/png');
  for (const transferSyntax of ['', `&transferSyntax=${EXPLICIT}`]) {
    const file = await door.get(`/wado?${OBJECT}&contentType=application/dicom${transferSyntax}`);
    assert.equal(file.headers.get('content-type'), `application/dicom; transfer-syntax=${EXPLICIT}`);
    assert.equal(await file.text(), 'the file');
  }
  const other = `/wado?${OBJECT}&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2.4.80`;
  assert.equal((await door.get(other)).status, 406);
});

test('PS3.18 9.4: size, region, window, quality and frame reach the renderer', async (t) => {
  const door = await doorWith(t);
  const wish = async (query: string) => {
    const {
      sopInstanceUid: _,
      mediaType: __,
      moves: ___,
      ...rest
    } = (await (await door.get(`/wado?${OBJECT}&${query}`)).json()) as Record<string, unknown>;
    return rest;
  };
  assert.deepEqual(await wish('rows=100&columns=200'), { viewport: { width: 200, height: 100 } });
  assert.deepEqual(await wish('rows=100'), { viewport: { height: 100 } });
  assert.deepEqual(await wish('region=0.25,0,0.75,1'), {
    viewport: { region: { x: 0.25, y: 0, width: 0.5, height: 1, in: 'fractions' } },
  });
  assert.deepEqual(await wish('windowCenter=40&windowWidth=400'), {
    window: { center: 40, width: 400, function: 'LINEAR' },
  });
  assert.deepEqual(await wish('frameNumber=3&imageQuality=70'), { frame: 3, quality: 70 });
});

test('what cannot be meant is 400, an unknown object 404, and an anonymous one is refused rather than given with its names', async (t) => {
  const door = await doorWith(t);
  for (const query of [
    '',
    'requestType=WADO',
    OBJECT.replace('&objectUID=1.4', ''),
    OBJECT.replace('1.3', 'x'),
    OBJECT.replace('WADO', 'PUT'),
    `${OBJECT}&transferSyntax=${EXPLICIT}`,
    `${OBJECT}&contentType=application/dicom&transferSyntax=x`,
    `${OBJECT}&windowCenter=40`,
    `${OBJECT}&rows=0`,
    `${OBJECT}&region=0,0,1`,
    `${OBJECT}&region=0.5,0,0.5,1`,
    `${OBJECT}&frameNumber=0`,
    `${OBJECT}&objectUID=1.5`,
  ]) {
    assert.equal((await door.get(`/wado?${query}`)).status, 400, query);
  }
  assert.equal((await door.get(`/wado?${OBJECT.replace('1.4', '1.5')}`)).status, 404);
  assert.equal((await door.get(`/wado?${OBJECT.replace('1.4', '1.5')}&contentType=application/dicom`)).status, 404);
  const anonymous = await door.get(`/wado?${OBJECT}&anonymize=yes`);
  assert.equal(anonymous.status, 406);
  assert.match(((await anonymous.json()) as { detail: string }).detail, /anonymize/);
  assert.equal((await door.get(`/wado?${OBJECT}&contentType=application/x-nonsense`)).status, 406);
});
