// IHE IRWF.b: a CD from elsewhere is kept under the identity that its patient has here, and what it said itself stays known.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { DataSet } from '../../src/dicom/dataset.ts';
import type { Fragments } from '../../src/dicom/element.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '../../src/dicom/transfer-syntax.ts';
import { getJson, type Json, retrieve, stow, value } from '../support/dicomweb.ts';
import { freshUid, makeInstance, makeMixedStudy, RLE_LOSSLESS } from '../support/instances.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';

const local = freshUid();

async function hospital(t: TestContext) {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const attributes = { PatientName: 'Müller^Jörg', PatientID: 'L-7', IssuerOfPatientID: 'HERE', PatientSex: 'M' };
  const { file } = makeInstance({ studyInstanceUid: local, attributes });
  assert.equal((await stow(node.url, [file])).status, 200);
  return node;
}

function pixels(dataset: DataSet): (Uint8Array | undefined)[] {
  const value = dataset.get('PixelData')?.value;
  if (value === undefined || value instanceof Uint8Array) return [value];
  return (value as Fragments).fragments.map(({ bytes }) => bytes);
}

const foreign = {
  PatientName: 'Mueller^Joerg',
  PatientID: '4711',
  IssuerOfPatientID: 'ELSEWHERE',
  AccessionNumber: 'X1',
};

test('what is imported is kept under the local person and order, in every encoding, its pixels untouched', async (t) => {
  const node = await hospital(t);
  const studyInstanceUid = freshUid();
  const rle = makeMixedStudy([RLE_LOSSLESS])[0]!;
  const made = [
    ...[EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN].map(
      (transferSyntaxUid) => makeInstance({ studyInstanceUid, transferSyntaxUid, attributes: foreign }),
    ),
    makeInstance({ studyInstanceUid, attributes: { ...foreign, PixelData: undefined, Rows: undefined } }),
    rle,
  ];
  const path = `/studies?patientof=${local}&accession=ACC-9`;
  const { status } = await stow(
    node.url,
    made.map(({ file }) => file),
    { path },
  );
  assert.equal(status, 200);
  for (const uid of [studyInstanceUid, rle.studyInstanceUid]) {
    const [study, ...others] = await getJson(node.url, `/studies?StudyInstanceUID=${uid}&includefield=00100021`);
    assert.equal(others.length, 0);
    const said = ['00100010', '00100020', '00100021', '00100040', '00080050'].map((tag) => value(study!, tag));
    assert.deepEqual(said, ['Müller^Jörg', 'L-7', 'HERE', 'M', 'ACC-9']);
  }
  const kept = [studyInstanceUid, rle.studyInstanceUid].map((uid) => retrieve(node.url, `/studies/${uid}`));
  const files = (await Promise.all(kept)).flat().map((file) => readDicom(file, { strict: true }));
  for (const original of made) {
    const found = files.find(({ dataset }) => dataset.text('SOPInstanceUID') === original.sopInstanceUid)!;
    assert.equal(found.transferSyntax.uid, original.transferSyntaxUid);
    assert.deepEqual(pixels(found.dataset), pixels(readDicom(original.file).dataset));
    const [item] = found.dataset.items('OriginalAttributesSequence');
    assert.equal(item!.text('ReasonForTheAttributeModification'), 'COERCE');
    assert.equal(item!.text('ModifyingSystem'), 'FASCIA');
    const before = item!.items('ModifiedAttributesSequence')[0]!;
    for (const keyword of ['PatientName', 'PatientID', 'IssuerOfPatientID', 'AccessionNumber']) {
      assert.equal(before.text(keyword), original.dataset.text(keyword), keyword);
    }
    assert.equal(found.dataset.text('StudyDescription'), original.dataset.text('StudyDescription'));
  }
});

test('without an order the accession number of elsewhere goes, as one of ours may be the same', async (t) => {
  const node = await hospital(t);
  const { file, studyInstanceUid } = makeInstance({ attributes: foreign });
  assert.equal((await stow(node.url, [file], { path: `/studies?patientof=${local}` })).status, 200);
  assert.deepEqual(await getJson(node.url, '/studies?AccessionNumber=X1'), []);
  const [object] = (await getJson(node.url, `/studies/${studyInstanceUid}/metadata`)) as Json[];
  assert.equal(value(object!, '00100020'), 'L-7');
});

test('a CD that is imported twice is there once, and its corrected order is a correction, not a conflict', async (t) => {
  const node = await hospital(t);
  const { file, studyInstanceUid } = makeInstance({ attributes: foreign });
  const bring = async (accession: string) => {
    const path = `/studies?patientof=${local}&accession=${accession}`;
    const { status, answer } = await stow(node.url, [file], { path });
    const [item] = answer['00081199']!.Value as Json[];
    return [status, value(item!, '00081196')];
  };
  assert.deepEqual(await bring('ACC-9'), [200, undefined]);
  assert.deepEqual(await bring('ACC-9'), [200, undefined]);
  assert.deepEqual(await bring('ACC-8'), [202, 0xb000], 'the first is served, which the sender is told');
  const explained = await fetch(`${node.url}/api/v1/explain/${studyInstanceUid}`);
  const { studies } = (await explained.json()) as {
    studies: { versions: { class: string }[]; instanceCount: number }[];
  };
  assert.deepEqual(
    studies.map(({ versions, instanceCount }) => [instanceCount, versions.map((each) => each.class)]),
    [[1, ['demographics', 'transcoded']]],
  );
});

test('who the local person is must be clear, and be there', async (t) => {
  const node = await hospital(t);
  const { file } = makeInstance({ attributes: foreign });
  const status = async (query: string) => (await stow(node.url, [file], { path: `/studies?${query}` })).status;
  assert.equal(await status(`patientof=${freshUid()}`), 404);
  assert.equal(await status('patientof=somebody'), 400);
  assert.equal(await status('accession=ACC-9'), 400);
  assert.equal(await status(`patientof=${local}&accession=${'9'.repeat(17)}`), 400);
  const disputed = freshUid();
  const two = ['A', 'B'].map(
    (PatientID) => makeInstance({ studyInstanceUid: disputed, attributes: { PatientID } }).file,
  );
  await stow(node.url, two);
  assert.equal(await status(`patientof=${disputed}`), 400);
  const bad = await stow(node.url, [new TextEncoder().encode('no DICOM'.repeat(50))], {
    path: `/studies?patientof=${local}`,
  });
  assert.equal(bad.status, 409);
  assert.deepEqual(await getJson(node.url, '/studies?PatientID=4711'), []);
});
