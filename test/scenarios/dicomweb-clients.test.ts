// What real clients and viewers ask of a whole node, and what they read in its answers: OHIF's study list, searches that
// others get wrong, names in older character sets, and what a proxy between us and a viewer needs.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { getJson, type Json, retrieve, stow, value } from '../support/dicomweb.ts';
import { freshUid, makeInstance, makeMixedStudy, makeStudy, RLE_LOSSLESS } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

let node: NodeProcess;
const cleanUps: (() => Promise<void>)[] = [];
before(async () => {
  node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), { environment: openDoors });
});
test.after(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

async function keep(...instances: readonly { file: Uint8Array }[]): Promise<void> {
  const { status } = await stow(
    node.url,
    instances.map(({ file }) => file),
  );
  assert.equal(status, 200);
}

/** A study of one instance, of a patient whom no other test has. */
async function keepOne(attributes: Parameters<typeof makeInstance>[0] = {}) {
  const instance = makeInstance(attributes);
  await keep(instance);
  return instance;
}

const isNumeric = (found: unknown): boolean => typeof found === 'number' || /^\d+$/.test(String(found));

test('behaviour 26: OHIF finds every attribute of its study list, numbers as numbers and names by their groups', async () => {
  const study = makeStudy(2, 3, { attributes: { PatientID: 'OHIF-1', PatientName: 'Viewer^Vera' } });
  await keep(...study);
  const includefield = 'includefield=00081030,00080060,00080090,00100030';
  for (const filter of [
    'PatientName=*viewer*',
    '00100020=*OHIF-1*',
    `StudyInstanceUID=${study[0]!.studyInstanceUid}`,
  ]) {
    const path = `/studies?limit=101&offset=0&fuzzymatching=false&${includefield}&${filter}`;
    const found = await getJson(node.url, path);
    assert.equal(found.length, 1, filter);
    const [row] = found as [Json];
    const wanted = {
      '0020000D': study[0]!.studyInstanceUid,
      '00080020': '20260115',
      '00080030': '101112',
      '00080050': 'ACC-1',
      '00100020': 'OHIF-1',
      '00100030': '19700101',
      '00081030': 'CT thorax',
      '00080061': 'CT',
    };
    for (const [tag, text] of Object.entries(wanted)) assert.equal(value(row, tag), text, tag);
    assert.deepEqual(row['00100010']?.Value, [{ Alphabetic: 'Viewer^Vera' }]);
    assert.deepEqual(row['00080090']?.Value, [{ Alphabetic: 'Referrer^Rita' }]);
    assert.ok(isNumeric(value(row, '00201208')));
    assert.equal(Number(value(row, '00201208')), 6);
  }
});

test('behaviour 27: a series says its study, number, modality and count, whatever fields were asked for', async () => {
  const study = makeStudy(2, 2, { attributes: { PatientID: 'OHIF-2' } });
  await keep(...study);
  const { studyInstanceUid } = study[0]!;
  for (const query of ['?includefield=0008103E,00080021', '', '?includefield=all']) {
    const found = await getJson(node.url, `/studies/${studyInstanceUid}/series${query}`);
    assert.equal(found.length, 2);
    for (const series of found) {
      assert.equal(value(series, '0020000D'), studyInstanceUid);
      assert.ok(study.some(({ seriesInstanceUid }) => seriesInstanceUid === value(series, '0020000E')));
      assert.equal(value(series, '00080060'), 'CT');
      assert.ok(isNumeric(value(series, '00200011')));
      assert.equal(Number(value(series, '00201209')), 2);
      if (query.startsWith('?includefield=0008')) {
        assert.equal(value(series, '0008103E'), 'axial 1.25');
        assert.equal(value(series, '00080021'), '20260115');
      }
    }
  }
});

test('behaviour 28: the metadata of all series, asked for at once, is whole, compressed and has a validator', async () => {
  const study = makeStudy(8, 4, { attributes: { PatientID: 'BURST' } });
  await keep(...study);
  const { studyInstanceUid } = study[0]!;
  const series = [...new Set(study.map(({ seriesInstanceUid }) => seriesInstanceUid))];
  const ask = (uid: string, headers: Record<string, string> = {}) =>
    fetch(`${node.url}/dicomweb/studies/${studyInstanceUid}/series/${uid}/metadata`, { headers });
  const answers = await Promise.all(series.map((uid) => ask(uid, { 'Accept-Encoding': 'gzip' })));
  for (const [at, answer] of answers.entries()) {
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    const instances = (await answer.json()) as Json[];
    assert.deepEqual(new Set(instances.map((each) => value(each, '0020000E'))), new Set([series[at]]));
    assert.equal(instances.length, 4);
    const again = await ask(series[at]!, { 'If-None-Match': answer.headers.get('etag')! });
    assert.equal(again.status, 304);
  }
});

test('behaviour 36: behind a proxy that passes headers on, a frame says its syntax, and one that drops Accept gets samples', async () => {
  const compressed = makeMixedStudy([RLE_LOSSLESS]).slice(0, 1);
  await keep(...compressed);
  const [{ studyInstanceUid, seriesInstanceUid, sopInstanceUid }] = compressed as [(typeof compressed)[0]];
  const path = `/dicomweb/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}/frames`;
  const stored = 'multipart/related; type=application/octet-stream; transfer-syntax=*';
  const asked = await fetch(`${node.url}${path}/1`, { headers: { Accept: stored } });
  assert.match(await asked.text(), new RegExp(`Content-Type: [^\r]*transfer-syntax=${RLE_LOSSLESS}\r\n`));
  const boundary = /boundary=(\S+)$/.exec(asked.headers.get('content-type')!)![1]!;
  assert.ok(boundary.length >= 32, `a boundary that pixels will not hold: ${boundary}`);
  const single = 'application/octet-stream; transfer-syntax=*';
  const alone = await fetch(`${node.url}${path}/1`, { headers: { Accept: single } });
  assert.match(alone.headers.get('content-type')!, new RegExp(`transfer-syntax=${RLE_LOSSLESS}$`));
  const dropped = await fetch(`${node.url}${path}/1`);
  assert.match(await dropped.text(), /transfer-syntax=1\.2\.840\.10008\.1\.2\.1\r\n/);
  for (const [failing, status] of [
    [`${path}/2`, 404],
    [`${path.replace(sopInstanceUid, '1.2.3')}/1`, 404],
    [`${path}/x`, 400],
  ] as const) {
    const answer = await fetch(`${node.url}${failing}`, { headers: { Accept: stored } });
    assert.equal(answer.status, status, failing);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  }
});

test('a frame that was made for one client is there for the next', async () => {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = await keepOne();
  const path = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}/frames/1`;
  const accept = 'image/jls; transfer-syntax=1.2.840.10008.1.2.4.80';
  const bodies: string[] = [];
  for (let time = 0; time < 3; time++) {
    const answer = await fetch(`${node.url}/dicomweb${path}`, { headers: { accept } });
    assert.equal(answer.status, 200, `time ${time + 1}`);
    bodies.push(Buffer.from(await answer.arrayBuffer()).toString('hex'));
  }
  assert.ok(bodies[0]!.length > 0);
  assert.deepEqual(bodies, Array(3).fill(bodies[0]));
});

test('behaviour 39: names match whatever their case, in Cyrillic too; UIDs exactly; dates and times in ranges, open ones too', async () => {
  const attributes = { PatientID: 'CYR-1', PatientName: 'Петров^Пётр', StudyDate: '19700102', StudyTime: '093000' };
  const one = await keepOne({ attributes });
  const two = await keepOne({ attributes: { ...attributes, StudyDate: '19710102', StudyTime: '103000' } });
  const [first, second] = [one.studyInstanceUid, two.studyInstanceUid];
  for (const [query, ...wanted] of [
    ['PatientName=петров*', first, second],
    ['PatientName=ПЕТРОВ^п%3Fтр', first, second],
    ['PatientName=*ётр', first, second],
    ['StudyDate=19700102', first],
    ['StudyDate=19700102-19700103', first],
    ['StudyDate=-19700601', first],
    ['StudyDate=19700601-19711231', second],
    ['StudyDate=19700102-19710102&StudyTime=100000-110000', second],
    ['StudyTime=-100000', first],
    ['StudyTime=100000-', second],
    [`StudyInstanceUID=${first}`, first],
    [`StudyInstanceUID=${first}%5C${second}`, first, second],
    [`StudyInstanceUID=${first},${second}`, first, second],
    [`StudyInstanceUID=${first.slice(0, -1)}`],
    ['PatientName=петров'],
    ['StudyDescription=CT%20thor*&StudyDate=-19700601', first],
    ['AccessionNumber=ACC-%3F&StudyDate=-19700601', first],
  ] as const) {
    const found = await getJson(node.url, `/studies?PatientID=CYR-1&${query}`);
    assert.deepEqual(found.map((each) => value(each, '0020000D')).sort(), [...wanted].sort(), query);
  }
});

test('behaviour 40: Modalities in Study is true of any series, and counts are counted, whatever the headers say', async () => {
  const lies = { NumberOfStudyRelatedInstances: '99', NumberOfStudyRelatedSeries: '98', ModalitiesInStudy: ['US'] };
  const studyInstanceUid = freshUid();
  const attributes = { PatientID: 'MOD-1', ...lies };
  await keep(
    ...makeStudy(1, 2, { studyInstanceUid, attributes }),
    makeInstance({ studyInstanceUid, attributes: { ...attributes, Modality: 'PT' } }),
  );
  for (const [query, count] of [
    ['ModalitiesInStudy=CT', 1],
    ['ModalitiesInStudy=PT', 1],
    ['ModalitiesInStudy=MR,PT', 1],
    ['ModalitiesInStudy=MR%5CCT', 1],
    ['ModalitiesInStudy=US', 0],
    ['ModalitiesInStudy=MR', 0],
  ] as const) {
    const found = await getJson(node.url, `/studies?PatientID=MOD-1&${query}`);
    assert.equal(found.length, count, query);
    for (const study of found) {
      assert.deepEqual([...(study['00080061']?.Value ?? [])].sort(), ['CT', 'PT']);
      assert.deepEqual([value(study, '00201206'), value(study, '00201208')].map(Number), [2, 3]);
    }
  }
});

test('behaviour 41: a name in another character set is UTF-8 in every answer, and (0008,0005) says so; the file is as it was', async () => {
  for (const [characterSet, name] of [
    ['ISO_IR 144', 'Люкceмбypг'],
    ['ISO_IR 100', 'Müller^Jörg'],
    ['GB18030', '王^小东'],
  ] as const) {
    const attributes = { SpecificCharacterSet: characterSet, PatientName: name, PatientID: `CS-${characterSet}` };
    const instance = await keepOne({ attributes });
    const { studyInstanceUid, file } = instance;
    assert.equal(Buffer.from(file).includes(Buffer.from(name)), false, 'the file is not in UTF-8');
    for (const path of [`/studies?StudyInstanceUID=${studyInstanceUid}`, `/studies/${studyInstanceUid}/metadata`]) {
      const [found] = (await getJson(node.url, path)) as [Json];
      assert.equal(value(found, '00100010'), name, path);
      assert.equal(value(found, '00080005'), 'ISO_IR 192', path);
    }
    assert.deepEqual(Buffer.from((await retrieve(node.url, `/studies/${studyInstanceUid}`))[0]!), Buffer.from(file));
  }
});

test('behaviour 43: pages that are turned while studies arrive name each study that was there once', async () => {
  const attributes = { PatientID: 'PAGES' };
  const there = Array.from({ length: 7 }, () => makeInstance({ attributes }));
  await keep(...there);
  const seen: unknown[] = [];
  for (let offset = 0; offset < there.length; offset += 2) {
    const page = await getJson(node.url, `/studies?PatientID=PAGES&limit=2&offset=${offset}`);
    seen.push(...page.map((each) => value(each, '0020000D')));
    await keepOne({ attributes });
  }
  assert.equal(new Set(seen).size, seen.length, 'none twice');
  for (const { studyInstanceUid } of there) assert.ok(seen.includes(studyInstanceUid));
});
