import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDoor } from '../testing/test-door.ts';

const match = {
  '0020000D': { vr: 'UI', Value: ['1.2'] },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'A&B^<C>' }] },
};

test('behaviour 16: no match is 200 with an empty array', async (t) => {
  const door = await testDoor(t);
  const answer = await door.get('/studies?PatientID=nobody');
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/dicom+json');
  assert.deepEqual(await answer.json(), []);
});

test('PS3.18 10.6.1: each search resource asks at its level, below what its path names', async (t) => {
  const door = await testDoor(t);
  const asked = async (path: string) => {
    assert.equal((await door.get(path)).status, 200, path);
    const { level, keys } = door.archive.queries.at(-1)!;
    return [level, ...keys.map((key) => key.values[0])];
  };
  assert.deepEqual(await asked('/studies'), ['STUDY']);
  assert.deepEqual(await asked('/studies/'), ['STUDY']);
  assert.deepEqual(await asked('/series?StudyInstanceUID=1.2'), ['SERIES', '1.2']);
  assert.deepEqual(await asked('/instances'), ['IMAGE']);
  assert.deepEqual(await asked('/studies/1.2/series'), ['SERIES', '1.2']);
  assert.deepEqual(await asked('/studies/1.2/instances'), ['IMAGE', '1.2']);
  assert.deepEqual(await asked('/studies/1.2/series/1.3/instances?InstanceNumber=1'), ['IMAGE', '1.2', '1.3', '1']);
});

test('behaviours 2, 4: JSON under both its names, whatever else is in the list', async (t) => {
  const door = await testDoor(t);
  door.archive.found = { matches: [match], remaining: 0 };
  for (const [accept, contentType] of [
    [
      'application/dicom+json, multipart/related; type=application/octet-stream; transfer-syntax=*',
      'application/dicom+json',
    ],
    ['application/json', 'application/json'],
    ['toto, application/dicom+json', 'application/dicom+json'],
    ['*/*', 'application/dicom+json'],
  ] as const) {
    const answer = await door.get('/studies', { Accept: accept });
    assert.equal(answer.headers.get('content-type'), contentType, accept);
    assert.deepEqual(await answer.json(), [match]);
  }
  assert.equal((await door.get('/studies', { Accept: 'toto' })).status, 406);
  assert.equal((await door.get('/studies?accept=image/jpeg')).status, 406);
  assert.equal((await door.get('/studies?accept=application/dicom+json', { Accept: 'image/png' })).status, 200);
  assert.equal((await door.get('/studies?charset=utf-8')).status, 200);
  assert.equal((await door.get('/studies?charset=iso-8859-1')).status, 406);
});

test('PS3.18 8.7.3: XML comes as one part for each match', async (t) => {
  const door = await testDoor(t);
  door.archive.found = { matches: [match, match], remaining: 0 };
  const answer = await door.get('/studies', { Accept: 'multipart/related; type="application/dicom+xml"' });
  assert.equal(answer.status, 200);
  const boundary = /^multipart\/related; type="application\/dicom\+xml"; boundary=(\S+)$/.exec(
    answer.headers.get('content-type')!,
  )![1]!;
  const text = await answer.text();
  assert.equal(Number(answer.headers.get('content-length')), Buffer.byteLength(text));
  const parts = text.split(`--${boundary}`).slice(1, -1);
  assert.equal(parts.length, 2);
  for (const part of parts) {
    assert.match(part, /^\r\nContent-Type: application\/dicom\+xml\r\n[\s\S]*<NativeDicomModel[\s\S]*A&amp;B/);
  }
});

test('behaviour 17: a limit of ours is never silent', async (t) => {
  const door = await testDoor(t);
  door.archive.found = { matches: [match], remaining: 41 };
  const answer = await door.get('/studies?multiplevaluematching=true');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('warning')!, /299 https?:\S+: The multiplevaluematching parameter is not supported/);
  assert.match(answer.headers.get('warning')!, /299 https?:\S+: There are 41 additional results that can be requested/);
});

test('PS3.18 8.3.4: a query that is not understood is 400, never 500 and never everything', async (t) => {
  const door = await testDoor(t);
  for (const raw of [
    'limit=abc',
    'offset=-1',
    'NotAKeyword=1',
    "PatientName'=1",
    'includefield=Nope',
    'PatientName=%FF',
  ]) {
    const answer = await door.get(`/studies?${raw}`);
    assert.equal(answer.status, 400, raw);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  }
  assert.equal(door.archive.queries.length, 0);
});
