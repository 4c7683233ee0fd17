import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatenated } from '../../dicom/bytes.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { writeDataSet } from '../../dicom/writer.ts';
import { image } from '../testing/study-objects.ts';
import { outgoing } from './outgoing.ts';
import type { TransformContext } from './transform.ts';

const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
const context: TransformContext = {
  syntax,
  uidOf: (text) => `1.9.${text.length}`,
  coerced: {},
  note: { modifyingSystem: 'FASCIA', at: new Date(0) },
};

/** In pieces, each gone when the next comes. */
async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const room = new Uint8Array(1000);
  for (let at = 0; at < bytes.length; at += room.length) {
    const piece = bytes.subarray(at, at + room.length);
    room.set(piece);
    yield room.subarray(0, piece.length);
  }
}

const large = () => image(1, 1).set('PixelData', new Uint8Array(3_000_000).fill(7), 'OW');
const bytesOf = (dataset = large()) => concatenated(writeDataSet(dataset, syntax));

test('an instance is transformed as it is read, and what changes is said without its pixels', async () => {
  const steps = [{ set: { InstitutionName: 'North' } }, { remove: ['EchoTime'] }];
  const { dataset, edits, stopped } = await outgoing(piecesOf(bytesOf()), steps, context);
  assert.equal(stopped, false);
  assert.equal(dataset.text('InstitutionName'), 'North');
  assert.deepEqual(new Set(edits!.elements.keys()), new Set([0x0008_0080, 0x0018_0081]));
  assert.equal(edits!.elements.get(0x0018_0081), undefined);
});

test('no more is read than the head', async () => {
  let read = 0;
  async function* counted() {
    for await (const piece of piecesOf(bytesOf())) {
      read += piece.length;
      yield piece;
    }
  }
  await outgoing(counted(), [], context);
  assert.ok(read < 10_000, `${read}`);
});

test('without a step that changes something it leaves as it is', async () => {
  assert.equal('edits' in (await outgoing(piecesOf(bytesOf()), [], context)), false);
  const steps = [{ remove: ['ImageComments'] }];
  assert.equal('edits' in (await outgoing(piecesOf(bytesOf()), steps, context)), false);
});

test('what stops a step is told, with nothing to send', async () => {
  const { stopped, findings } = await outgoing(piecesOf(bytesOf()), [{ coerce: { from: 'order' } }], context);
  assert.equal(stopped, true);
  assert.equal(findings[0]!.code, 'no-value');
});
