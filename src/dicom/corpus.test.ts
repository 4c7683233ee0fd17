import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CorpusFile, corpus, readCorpus, withoutCorpus } from '../../test/support/corpus.ts';
import { Problem } from '../base/problem.ts';
import { concatenated } from './bytes.ts';
import { DicomReader, type ReadResult, readDicom } from './reader.ts';
import { writePart10 } from './writer.ts';

const objects = withoutCorpus ? [] : corpus().filter(({ file }) => /^(dicom|dicom-malformed|wsi)\//.test(file));

/** What is no DICOM object, or ends before it has said anything. */
const refused = new Set([
  'dicom-malformed/derived__empty.dcm',
  'dicom-malformed/derived__truncated_in_file_meta.dcm',
  'dicom-malformed/derived__wrong_magic.dcm',
  'dicom-malformed/dicom-test-files__no_meta.dcm',
  'dicom-malformed/go-dicom__OF_DICOM.dcm',
]);

/** Of the files that pydicom reads from byte 132 on, where its data set does not begin. */
const misread = new Set(['dicom-malformed/dcm4che__no_preamble_dicm_in_data.dcm']);

function readOrProblem(file: CorpusFile): ReadResult | Problem {
  try {
    return readDicom(readCorpus(file));
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw new Error(file.file, { cause: thrown });
  }
}

test('every real object is read; what is none is refused as unreadable', { skip: withoutCorpus }, () => {
  for (const object of objects) {
    const read = readOrProblem(object);
    const unreadable = refused.has(object.file) || /\.tiff?$/.test(object.file);
    assert.equal(read instanceof Problem, unreadable, object.file);
    if (read instanceof Problem) assert.equal(read.code, 'dicom/unreadable', object.file);
  }
});

test('every field that is known of a real object is read right, names in Unicode', { skip: withoutCorpus }, () => {
  for (const object of objects) {
    const { file, expected } = object;
    if (expected === undefined || misread.has(file)) continue;
    const read = readOrProblem(object);
    if (read instanceof Problem) continue;
    const { dataset } = read;
    const texts = (keyword: string) => dataset.texts(keyword).join('\\') || null;
    for (const key of [
      'PatientID',
      'StudyInstanceUID',
      'SeriesInstanceUID',
      'SOPInstanceUID',
      'SOPClassUID',
      'Modality',
    ] as const) {
      assert.equal(texts(key), expected[key] || null, `${file} ${key}`);
    }
    // Null where it is absent, or where nobody can say what its bytes mean.
    if (expected.PatientName !== null) {
      assert.equal(texts('PatientName'), expected.PatientName || null, `${file} PatientName`);
    }
    for (const key of ['Rows', 'Columns', 'NumberOfFrames'] as const) {
      assert.equal(dataset.number(key) ?? null, expected[key], `${file} ${key}`);
    }
  }
});

test('a real object that nobody edited is written as the same file, defects included', { skip: withoutCorpus }, () => {
  for (const object of objects) {
    const read = readOrProblem(object);
    if (read instanceof Problem) continue;
    assert.ok(equal(concatenated(writePart10(read)), readCorpus(object)), object.file);
  }
});

test('an element that is added leaves every other element of a real object as it was', { skip: withoutCorpus }, () => {
  for (const object of objects) {
    const read = readOrProblem(object);
    if (read instanceof Problem || read.findings.length > 0 || read.transferSyntax.deflated) continue;
    const before = new Map([...read.dataset.elements.values()].map(({ tag, encoded }) => [tag, encoded]));
    read.dataset.set('InstitutionalDepartmentName', 'FASCIA');
    const again = readDicom(concatenated(writePart10(read)));
    assert.equal(again.dataset.text('InstitutionalDepartmentName'), 'FASCIA', object.file);
    for (const { tag, encoded } of again.dataset.elements.values()) {
      if (tag === 0x0008_1040) continue;
      assert.ok(equal(encoded!, before.get(tag)!), `${object.file} ${tag.toString(16)}`);
    }
  }
});

test('real objects in chunks of 1,000 bytes give the same places and findings as in one', {
  skip: withoutCorpus,
}, () => {
  for (const object of objects) {
    if (refused.has(object.file) || /\.tiff?$/.test(object.file)) continue;
    const bytes = readCorpus(object);
    const [whole, chunked] = [bytes.length, 1000].map((length) => {
      const reader = new DicomReader();
      for (let at = 0; at < bytes.length; at += length) reader.push(bytes.slice(at, at + length));
      const { findings, pixelData, frames, datasetOffset, dataset } = reader.end();
      const places = [...dataset.elements.values()].map(({ tag, vr, offset }) => ({ tag, vr, offset }));
      return { findings, pixelData, frames, datasetOffset, places };
    });
    assert.deepEqual(chunked, whole, object.file);
  }
});

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
