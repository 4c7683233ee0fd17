import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testArchive } from '../../test/support/archive.ts';
import { ctSlice } from '../../test/support/ct-slice.ts';
import { DataSet } from '../dicom/dataset.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '../dicom/transfer-syntax.ts';
import { instancesBelow } from '../storage/catalogue.ts';
import { isDescriptive } from './compare.ts';

const STUDY = '2.25.1';
/** Values too large to be held, in words of two bytes, and a private block. */
const attributes = { RedPaletteColorLookupTableDescriptor: [256, 0, 16] };

for (const [name, transferSyntaxUid] of [
  ['implicit VR', IMPLICIT_VR_LITTLE_ENDIAN],
  ['big endian', EXPLICIT_VR_BIG_ENDIAN],
  ['deflated', DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN],
] as const) {
  test(`the same instance in ${name} is a transcoded duplicate, whichever came first`, async (t) => {
    const archive = await testArchive(t);
    const slice = ctSlice({ studyUid: STUDY, attributes });
    const transcoded = ctSlice({ studyUid: STUDY, attributes, transferSyntaxUid });
    assert.equal((await archive.cStore(slice)).keptAs, 'first');
    assert.equal((await archive.cStore(transcoded)).keptAs, 'transcoded');
    assert.equal((await archive.stow(transcoded.file)).keptAs, 'same');
    const other = { ...attributes, PatientName: 'Roe^Rita' };
    assert.equal(
      (await archive.cStore(ctSlice({ studyUid: '2.25.2', attributes, transferSyntaxUid }))).keptAs,
      'first',
    );
    assert.equal((await archive.cStore(ctSlice({ studyUid: '2.25.2', attributes }))).keptAs, 'transcoded');
    assert.equal((await archive.cStore(ctSlice({ studyUid: '2.25.2', attributes: other }))).keptAs, 'demographics');
    const pixels = ctSlice({ studyUid: '2.25.2', attributes, transferSyntaxUid, pixel: 5 });
    assert.equal((await archive.cStore(pixels)).keptAs, 'conflict');
  });
}

test('both are kept under one UID: the first is served, the other is classed and told in the event feed', async (t) => {
  const archive = await testArchive(t);
  const slice = ctSlice({ studyUid: STUDY });
  const first = await archive.cStore(slice);
  for (const [changed, keptAs] of [
    [{ attributes: { PatientName: 'Doe^Janet' } }, 'demographics'],
    [{ attributes: { ImagePositionPatient: ['0', '0', '0'] } }, 'conflict'],
    [{ attributes: { ImageLaterality: 'R' } }, 'conflict'],
    [{ pixel: 17 }, 'conflict'],
  ] as const) {
    const kept = await archive.cStore(ctSlice({ studyUid: STUDY, ...(changed as object) }));
    assert.equal(kept.keptAs, keptAs);
    assert.notEqual(kept.instanceId, first.instanceId);
  }
  const served = await instancesBelow(archive.database, 1, { sopInstanceUid: slice.sopInstanceUid });
  assert.deepEqual(
    served.map(({ id }) => id),
    [first.instanceId],
  );
  const versions = await archive.database.query('select version, class, served from instance order by version');
  assert.deepEqual(versions, [
    { version: 1, class: 'first', served: true },
    { version: 2, class: 'demographics', served: false },
    { version: 3, class: 'conflict', served: false },
    { version: 4, class: 'conflict', served: false },
    { version: 5, class: 'conflict', served: false },
  ]);
  assert.equal(archive.files().length, 5);
  const kinds = await archive.database.query<{ kind: string }>('select kind from event order by id');
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['instances-kept', 'instance-demographics', 'instance-conflict', 'instance-conflict', 'instance-conflict'],
  );
  const [study] = await archive.database.query('select instance_count from study');
  assert.deepEqual(study, { instance_count: 1 });
});

test('a policy may serve the latest, but never one in conflict', async (t) => {
  const archive = await testArchive(t, { served: 'latest' });
  await archive.cStore(ctSlice({ studyUid: STUDY }));
  const update = await archive.cStore(
    ctSlice({ studyUid: STUDY, attributes: { StudyDescription: 'CT of the chest' } }),
  );
  await archive.cStore(ctSlice({ studyUid: STUDY, pixel: 99 }));
  const served = await instancesBelow(archive.database, 1, { studyInstanceUid: STUDY });
  assert.deepEqual(
    served.map(({ id }) => id),
    [update.instanceId],
  );
});

test('eight different objects under one UID at once are eight versions', async (t) => {
  const archive = await testArchive(t);
  const kept = await Promise.all(
    Array.from({ length: 8 }, (_, pixel) => archive.cStore(ctSlice({ studyUid: STUDY, pixel: pixel + 1 }))),
  );
  assert.deepEqual(kept.map(({ keptAs }) => keptAs).sort(), [...Array(7).fill('conflict'), 'first']);
  const versions = await archive.database.query<{ version: number }>('select version from instance order by version');
  assert.deepEqual(
    versions.map(({ version }) => version),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
});

test('what could turn left into right, or moves or measures the image, is never a mere description', () => {
  const tagOf = (keyword: string) => new DataSet().set(keyword, null).elements.keys().next().value!;
  for (const keyword of [
    'Laterality',
    'ImageLaterality',
    'PatientPosition',
    'PatientOrientation',
    'ImageType',
    'Modality',
  ]) {
    assert.equal(isDescriptive(tagOf(keyword)), false, keyword);
  }
  for (const keyword of ['PixelSpacing', 'RescaleSlope', 'ContentSequence', 'BodyPartExamined', 'SliceThickness']) {
    assert.equal(isDescriptive(tagOf(keyword)), false, keyword);
  }
  for (const keyword of ['PatientName', 'PatientID', 'StudyDescription', 'AccessionNumber', 'ReferringPhysicianName']) {
    assert.equal(isDescriptive(tagOf(keyword)), true, keyword);
  }
});
