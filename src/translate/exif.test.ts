import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sourceOf } from './byte-source.ts';
import { exifFinding, exifOf } from './exif.ts';
import { instanceOfFile } from './instance-of-file.ts';
import { jpeg, withExif } from './testing/files.ts';

const personal = { orientation: 6, model: 'Phone 9', artist: 'Rita', takenAt: '2026:01:15 10:11:12', position: true };

test('CIPA DC-008: orientation, time, and whether place, camera and owner are said, in either byte order', () => {
  for (const little of [true, false]) {
    assert.deepEqual(exifOf(withExif(jpeg({}), { ...personal, little })), {
      orientation: 6,
      takenAt: { date: '20260115', time: '101112' },
      says: ['where it was taken', 'by which camera', 'by whom'],
    });
  }
  assert.equal(exifOf(jpeg({})), undefined);
});

test('a clock that was never set says nothing', () => {
  for (const takenAt of ['0000:00:00 00:00:00', '    :  :     :  :  ', '2026:13:01 10:11:12', '2026:01:15 24:00:00']) {
    assert.equal(exifOf(withExif(jpeg({}), { takenAt }))!.takenAt, undefined, takenAt);
  }
});

test('the finding says what is in the picture and nothing of what it says', () => {
  const { assumed, code } = exifFinding(exifOf(withExif(jpeg({}), personal))!)!;
  assert.equal(code, 'exif');
  assert.match(assumed, /when it was taken, where it was taken, by which camera, by whom; orientation 6/);
  assert.doesNotMatch(assumed, /Rita|Phone|2026/);
  assert.equal(exifFinding(exifOf(withExif(jpeg({}), { orientation: 1 }))!), undefined);
});

test('a photograph with EXIF is an instance with the time of its camera and a finding', async () => {
  const context = {
    patient: { id: 'P1' },
    study: { studyInstanceUid: '2.25.1' },
    series: { seriesInstanceUid: '2.25.2' },
    instance: { sopInstanceUid: '2.25.3', number: 1, date: '20260131', time: '120000' },
  };
  const { dataset, findings } = await instanceOfFile(sourceOf(withExif(jpeg({}), personal)), context);
  assert.deepEqual(
    ['AcquisitionDate', 'AcquisitionTime'].map((keyword) => dataset.text(keyword)),
    ['20260115', '101112'],
  );
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['exif'],
  );
});

test('law: whatever bytes stand where EXIF belongs, it is read or it is not', () => {
  const file = withExif(jpeg({}), personal);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 12, max: 400 }), fc.integer({ min: 0, max: 255 }))), (changes) => {
      const damaged = file.slice();
      for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
      exifOf(damaged);
    }),
  );
});
