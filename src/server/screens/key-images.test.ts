import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../viewer/dicom-json.ts';
import { selectedImages } from './key-images.ts';

const reference = (uid: string, ...frames: number[]): JsonObject => ({
  '00081155': { vr: 'UI', Value: [uid] },
  ...(frames.length > 0 && { '00081160': { vr: 'IS', Value: frames } }),
});
const item = (type: string, ref: JsonObject, content: JsonObject[] = []): JsonObject => ({
  '0040A040': { vr: 'CS', Value: [type] },
  '00081199': { vr: 'SQ', Value: [ref] },
  '0040A730': { vr: 'SQ', Value: content },
});
const document = (code: string, meaning: string, content: JsonObject[]): JsonObject => ({
  '0040A043': {
    vr: 'SQ',
    Value: [{ '00080100': { vr: 'SH', Value: [code] }, '00080104': { vr: 'LO', Value: [meaning] } }],
  },
  '0040A730': { vr: 'SQ', Value: content },
});

test('PS3.3 A.35.4: what a Key Object Selection points at, image by image and frame by frame, wherever it stands', () => {
  const content = [item('IMAGE', reference('1.1')), item('CONTAINER', {}, [item('IMAGE', reference('1.2', 3, 7))])];
  const selected = selectedImages(document('113000', 'Of Interest', [...content, item('COMPOSITE', reference('1.3'))]));
  assert.deepEqual(
    selected.map(({ sopInstanceUid, frame, title }) => [sopInstanceUid, frame, title]),
    [
      ['1.1', undefined, 'Of Interest'],
      ['1.2', 3, 'Of Interest'],
      ['1.2', 7, 'Of Interest'],
    ],
  );
});

test('IHE IOCM: what was selected because nobody should see it is no key image', () => {
  for (const code of ['113001', '113037', '113038', '113039']) {
    assert.deepEqual(selectedImages(document(code, 'Rejected', [item('IMAGE', reference('1.1'))])), []);
  }
});
