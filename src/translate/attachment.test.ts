import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64 } from '../dicom/base64.ts';
import { type Attachment, instancesOfAttachment } from './attachment.ts';
import type { FileContext } from './made-instance.ts';
import { tinyPng } from './testing/files.ts';

const context: FileContext = {
  patient: { id: 'P1' },
  study: { studyInstanceUid: '2.25.1' },
  instance: { number: 1, date: '20260131', time: '101500' },
  uidOfStudy: () => '2.25.2',
  uidOfFile: () => '2.25.3',
};
const made = async (attachment: Attachment) =>
  (await Array.fromAsync(instancesOfAttachment(attachment, context))).map(({ dataset }) => dataset);

test('R4 Attachment: what it holds says what it becomes, its creation when it was made', async () => {
  const data = toBase64(new TextEncoder().encode('%PDF-1.7'));
  const [letter] = await made({ contentType: 'image/png', data, title: 'Letter', creation: '2026-02-03T04:05:06Z' });
  assert.equal(letter!.text('SOPClassUID'), '1.2.840.10008.5.1.4.1.1.104.1');
  assert.equal(letter!.text('DocumentTitle'), 'Letter');
  assert.equal(letter!.text('AcquisitionDateTime'), '20260203040506');
  const [photo] = await made({ data: tinyPng() });
  assert.equal(photo!.text('SOPClassUID'), '1.2.840.10008.5.1.4.1.1.77.1.4');
  assert.equal(photo!.text('ContentDate'), '20260131');
  const [model] = await made({ contentType: 'model/stl; charset=binary', data: new Uint8Array(84) });
  assert.equal(model!.text('SOPClassUID'), '1.2.840.10008.5.1.4.1.1.104.3');
});

test('an attachment that is text, or no base64, is refused', async () => {
  await assert.rejects(
    made({ contentType: 'text/plain', data: toBase64(new TextEncoder().encode('Dear colleague')) }),
    {
      code: 'dicom/not-expressible',
    },
  );
  await assert.rejects(made({ data: '!!!' }), { code: 'dicom/unreadable' });
});
