import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type TestDoor, testDoor } from '../testing/test-door.ts';

const STUDY = '/studies/1.2';
const INSTANCE = `${STUDY}/series/1.3/instances/1.4`;

async function doorWith(t: TestContext): Promise<TestDoor> {
  const door = await testDoor(t);
  door.archive.keep({ study: '1.2', series: '1.3', instance: '1.4' }, Buffer.alloc(0));
  return door;
}

/** What the archive was asked to render. */
async function asked(answer: Response): Promise<Record<string, unknown>> {
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as Record<string, unknown>;
}

test('behaviour 32: study, series, instance and frame have a rendering and a thumbnail, JPEG unless something else is wanted', async (t) => {
  const door = await doorWith(t);
  for (const level of [STUDY, `${STUDY}/series/1.3`, INSTANCE, `${INSTANCE}/frames/1`]) {
    for (const [accept, mediaType] of [
      ['*/*', 'image/jpeg'],
      ['image/jpeg', 'image/jpeg'],
      ['image/*', 'image/jpeg'],
      ['image/png', 'image/png'],
      ['image/avif,image/webp,*/*;q=0.8', 'image/webp'],
      ['image/gif', 'image/gif'],
    ] as const) {
      const answer = await door.get(`${level}/rendered`, { Accept: accept });
      assert.equal(answer.headers.get('content-type'), mediaType, accept);
      const { frame, moves, viewport } = await asked(answer);
      assert.equal(frame, level.endsWith('/1') ? 1 : undefined);
      assert.deepEqual([moves, viewport], [false, undefined]);
    }
    assert.deepEqual((await asked(await door.get(`${level}/thumbnail`))).viewport, { width: 200, height: 200 });
    assert.deepEqual((await asked(await door.get(`${level}/thumbnail?viewport=64,48`))).viewport, {
      width: 64,
      height: 48,
    });
  }
});

test('behaviour 5: an <img> names its media type in the address', async (t) => {
  const door = await doorWith(t);
  const answer = await door.get(`${INSTANCE}/thumbnail?accept=image/png`, { Accept: 'image/avif,image/*;q=0.8' });
  assert.equal(answer.headers.get('content-type'), 'image/png');
});

test('several frames move as GIF, and stand still as everything else, as one frame, and as a thumbnail', async (t) => {
  const door = await doorWith(t);
  door.archive.framesOf.set('1.4', [Buffer.alloc(1), Buffer.alloc(1)]);
  const moves = async (path: string, accept: string) => (await asked(await door.get(path, { Accept: accept }))).moves;
  assert.equal(await moves(`${INSTANCE}/rendered`, 'image/gif'), true);
  assert.equal(await moves(`${INSTANCE}/rendered`, 'image/png'), false);
  assert.equal(await moves(`${INSTANCE}/rendered`, '*/*'), false);
  assert.equal(await moves(`${INSTANCE}/frames/2/rendered`, 'image/gif'), false);
  assert.equal(await moves(`${INSTANCE}/thumbnail`, 'image/gif'), false);
});

test('several frames are a video where one can be made, else 406 says why there is none', async (t) => {
  const door = await doorWith(t);
  door.archive.framesOf.set('1.4', [Buffer.alloc(1), Buffer.alloc(1)]);
  const refused = await door.get(`${INSTANCE}/rendered`, { Accept: 'video/mp4' });
  assert.equal(refused.status, 406);
  assert.match(((await refused.json()) as { detail: string }).detail, /nobody makes one/);
  assert.equal((await door.get(`${INSTANCE}/rendered`, { Accept: 'video/mp4, image/gif' })).status, 200);
  door.archive.films = true;
  const video = await door.get(`${INSTANCE}/rendered?quality=50`, { Accept: 'video/mp4' });
  assert.equal(video.headers.get('content-type'), 'video/mp4');
  const { mediaType, moves, quality } = await asked(video);
  assert.deepEqual([mediaType, moves, quality], ['video/mp4', true, 50]);
  const stretch = await door.get(`${INSTANCE}/rendered?quality=50`, { Accept: 'video/mp4', Range: 'bytes=2-5' });
  assert.equal(stretch.status, 206);
  assert.equal(
    stretch.headers.get('content-range'),
    `bytes 2-5/${JSON.stringify({ mediaType, moves, quality }).length}`,
  );
  assert.equal(stretch.headers.get('etag'), video.headers.get('etag'));
  assert.equal((await door.get(`${INSTANCE}/frames/1/rendered`, { Accept: 'video/mp4' })).status, 406);
  assert.equal((await door.get(`${INSTANCE}/thumbnail`, { Accept: 'video/mp4' })).status, 406);
});

test('RFC 9110 13.1.5, 14: a stretch of a video, made or stored, is had where the state is the same; beyond its end there is none', async (t) => {
  const door = await doorWith(t);
  const stored = { mediaType: 'video/mp4', bytes: Buffer.from('a stored video') };
  for (const make of [
    () => door.archive.framesOf.set('1.4', [Buffer.alloc(1), Buffer.alloc(1)]),
    () => door.archive.valuesOf.set('00420011', stored),
  ]) {
    make();
    door.archive.films = true;
    const get = (headers: Record<string, string>) =>
      door.get(`${INSTANCE}/rendered`, { Accept: 'video/mp4', ...headers });
    const whole = await get({});
    const [etag, video] = [whole.headers.get('etag')!, await whole.text()];
    const { length } = video;
    const told = async (headers: Record<string, string>) => {
      const answer = await get(headers);
      return [answer.status, answer.headers.get('content-range'), await answer.text()];
    };
    const stretch = [206, `bytes 2-5/${length}`, video.slice(2, 6)];
    const all = [200, null, video];
    assert.deepEqual(await told({ Range: 'bytes=2-5' }), stretch);
    assert.deepEqual(await told({ Range: 'bytes=2-5', 'If-Range': etag }), stretch);
    assert.deepEqual(await told({ Range: 'bytes=-3' }), [
      206,
      `bytes ${length - 3}-${length - 1}/${length}`,
      video.slice(-3),
    ]);
    for (const other of ['"older"', `W/${etag}`, 'Sat, 31 Jan 2026 10:15:00 GMT']) {
      assert.deepEqual(await told({ Range: 'bytes=2-5', 'If-Range': other }), all, other);
    }
    for (const Range of ['bytes=0-1,4-5', 'frames=1-2', 'bytes=5-2'])
      assert.deepEqual(await told({ Range }), all, Range);
    const beyond = await get({ Range: `bytes=${length}-` });
    assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, `bytes */${length}`]);
    assert.equal((await get({ Range: 'bytes=2-5', 'If-None-Match': etag })).status, 304);
  }
});

test('a video that is not made yet is sent while it is made to whoever takes all of it, and whole to whoever asks for a stretch', async (t) => {
  const door = await doorWith(t);
  door.archive.framesOf.set('1.4', [Buffer.alloc(1), Buffer.alloc(1)]);
  door.archive.films = true;
  let quality = 0;
  const isSentWhileMade = async (headers: Record<string, string>): Promise<boolean> => {
    // Of another quality it is another video.
    const path = `${INSTANCE}/rendered?quality=${++quality}`;
    const answer = await door.get(path, { Accept: 'video/mp4', ...headers });
    await answer.arrayBuffer();
    // What is being made has no length yet.
    return answer.status === 200 && answer.headers.get('content-length') === null;
  };
  assert.equal(await isSentWhileMade({}), true);
  assert.equal(await isSentWhileMade({ Range: 'bytes=0-' }), true);
  assert.equal(await isSentWhileMade({ Range: 'bytes=2-5', 'If-Range': '"older"' }), true);
  assert.equal(await isSentWhileMade({ Range: 'bytes=2-5' }), false);
});

test('PS3.18 8.3.5: window, viewport, quality and ICC profile are understood', async (t) => {
  const door = await doorWith(t);
  const rows: [string, Record<string, unknown>][] = [
    ['window=40,400,linear', { window: { center: 40, width: 400, function: 'LINEAR' } }],
    ['window=-600,1500', { window: { center: -600, width: 1500, function: 'LINEAR' } }],
    ['window=1e3,0.5,linear-exact', { window: { center: 1000, width: 0.5, function: 'LINEAR_EXACT' } }],
    ['window=0,2,SIGMOID', { window: { center: 0, width: 2, function: 'SIGMOID' } }],
    ['viewport=512,256', { viewport: { width: 512, height: 256 } }],
    [
      'viewport=64,64,10,20,30,40',
      { viewport: { width: 64, height: 64, region: { x: 10, y: 20, width: 30, height: 40, in: 'pixels' } } },
    ],
    [
      'viewport=64,64,,,-30,',
      { viewport: { width: 64, height: 64, region: { x: 0, y: 0, width: -30, in: 'pixels' } } },
    ],
    ['quality=1', { quality: 1 }],
    ['iccprofile=srgb', { iccProfile: 'srgb' }],
    ['annotation=technique', { annotation: ['technique'] }],
    ['annotation=patient,technique', { annotation: ['patient', 'technique'] }],
  ];
  for (const [query, wish] of rows) {
    const found = await asked(await door.get(`${INSTANCE}/rendered?${query}`, { Accept: 'image/png' }));
    assert.deepEqual(found, { sopInstanceUid: '1.4', mediaType: 'image/png', moves: false, ...wish }, query);
  }
});

test('a parameter that cannot be meant is 400 with its reason', async (t) => {
  const door = await doorWith(t);
  for (const query of [
    'window=40',
    'window=a,b',
    'window=40,0',
    'window=40,0,sigmoid',
    'window=40,400,cubic',
    'window=40,400,linear,5',
    'window=1,2&window=3,4',
    'viewport=0,10',
    'viewport=10',
    'viewport=10,9999999',
    'viewport=10.5,10',
    'viewport=10,10,1,1,0,5',
    'viewport=10,10,1,1,x,5',
    'viewport=10,10,1',
    'quality=0',
    'quality=101',
    'quality=high',
    'iccprofile=maybe',
    'annotation=everything',
    'annotation=',
  ]) {
    const answer = await door.get(`${INSTANCE}/rendered?${query}`);
    assert.equal(answer.status, 400, query);
    assert.ok(((await answer.json()) as { detail: string }).detail.length > 10);
  }
  assert.equal((await door.get(`${INSTANCE}/thumbnail?viewport=10,10,1,1,5,5`)).status, 400);
  assert.equal((await door.get(`${INSTANCE}/frames/1,2/rendered`)).status, 400);
});

test('who has the picture already gets 304 before anything is rendered', async (t) => {
  const door = await doorWith(t);
  const etag = (await door.get(`${INSTANCE}/rendered`, { Accept: 'image/png' })).headers.get('etag')!;
  const again = await door.get(`${INSTANCE}/rendered`, { Accept: 'image/png', 'If-None-Match': etag });
  assert.deepEqual([again.status, (await again.arrayBuffer()).byteLength], [304, 0]);
  assert.equal((await door.get(`${INSTANCE}/rendered`, { Accept: 'image/jpeg', 'If-None-Match': etag })).status, 200);
});

test('behaviour 31: the rendering of a PDF or a video is the document itself, with ranges', async (t) => {
  const door = await doorWith(t);
  for (const mediaType of ['application/pdf', 'video/mp4']) {
    door.archive.valuesOf.set('00420011', { mediaType, bytes: Buffer.from('document') });
    const answer = await door.get(`${INSTANCE}/rendered`, { Accept: `${mediaType}, */*;q=0.1` });
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, mediaType]);
    assert.equal(await answer.text(), 'document');
    const part = await door.get(`${INSTANCE}/rendered`, { Accept: '*/*', Range: 'bytes=4-' });
    assert.deepEqual([part.status, await part.text()], [206, 'ment']);
    assert.equal((await door.get(`${INSTANCE}/rendered`, { Accept: 'image/jpeg' })).status, 406);
  }
});

test('behaviour 4: only unknown media types are 406', async (t) => {
  const door = await doorWith(t);
  for (const path of ['rendered', 'thumbnail']) {
    assert.equal((await door.get(`${INSTANCE}/${path}`, { Accept: 'application/x-nonsense' })).status, 406);
    assert.equal((await door.get(`${INSTANCE}/${path}`, { Accept: 'toto, image/png' })).status, 200);
  }
});
