import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../../dicom/dataset.ts';
import { jsonText } from '../../dicom/json.ts';
import { DicomReader, readDicom } from '../../dicom/reader.ts';
import { part10 } from '../../dicom/testing/objects.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { Step } from '../step.ts';
import { image, studyObjects, studyUid } from '../testing/study-objects.ts';
import { copyOf } from './copy-of.ts';
import { editsOf } from './edits.ts';
import { transformInstance } from './transform.ts';
import { planUids } from './uid-plan.ts';

const uidOf = (text: string) => `1.9.${text.length}.${text.replace(/\D/g, '').slice(0, 40)}`;
const steps: Step[] = [{ set: { InstitutionName: '京都' } }, { remove: ['EchoTime'] }, { remapUids: {} }];

/** The head as it is read from a file whose large values are left where they are. */
function headOf(bytes: Uint8Array): DataSet {
  const reader = new DicomReader({ form: 'part10', holdValuesUpTo: 256 });
  reader.push(bytes);
  return reader.end().dataset;
}

function transformed(dataset: DataSet): DataSet {
  const heads = studyObjects().map((object) => ({
    sopInstanceUid: object.text('SOPInstanceUID')!,
    seriesInstanceUid: object.text('SeriesInstanceUID')!,
    dataset: object,
  }));
  const uids = planUids(steps, studyUid, heads, uidOf)!;
  const note = { modifyingSystem: 'FASCIA', at: new Date(0) };
  const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
  assert.equal(transformInstance(steps, dataset, { syntax, uids, uidOf, coerced: {}, note }).stopped, false);
  return dataset;
}

const json = (dataset: DataSet) => jsonText(dataset, { bulkDataUri: () => undefined });

test('the head alone, transformed, tells all that changes, and the pixels are not among it', () => {
  for (const object of studyObjects()) {
    const bytes = part10(object, EXPLICIT_VR_LITTLE_ENDIAN);
    const received = headOf(bytes);
    const { elements, recoding } = editsOf(received, transformed(copyOf(received)))!;
    assert.equal(elements.has(0x7fe0_0010), false);
    assert.equal(recoding, undefined, 'it was UTF-8 before');
    const leaving = readDicom(bytes).dataset;
    for (const [tag, element] of elements) {
      leaving.delete(tag);
      if (element !== undefined) leaving.add(element);
    }
    const inOrder = new DataSet();
    for (const element of [...leaving.elements.values()].sort((a, b) => a.tag - b.tag)) inOrder.add(element);
    assert.equal(
      json(inOrder),
      json(readDicom(part10(transformed(readDicom(bytes).dataset), EXPLICIT_VR_LITTLE_ENDIAN)).dataset),
    );
  }
});

test('the data set that was read is not touched, and a copy nobody edits makes no edits', () => {
  const received = headOf(part10(studyObjects()[6]!, EXPLICIT_VR_LITTLE_ENDIAN));
  const before = json(received);
  assert.equal(editsOf(received, copyOf(received)), undefined);
  transformed(copyOf(received));
  assert.equal(json(received), before);
});

test('text that the old character set does not have is said to be written in another', () => {
  const received = headOf(part10(image(1, 1).set('SpecificCharacterSet', 'ISO_IR 100'), EXPLICIT_VR_LITTLE_ENDIAN));
  const sent = copyOf(received).set('InstitutionName', '京都');
  const { recoding, elements } = editsOf(received, sent)!;
  assert.deepEqual(recoding?.to.declared, ['ISO_IR 192']);
  assert.ok(elements.has(0x0008_0005));
});
