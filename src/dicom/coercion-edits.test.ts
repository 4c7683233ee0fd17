import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeInstance, RLE_LOSSLESS, type Wanted } from '../../test/support/instances.ts';
import { concatenated } from './bytes.ts';
import { type CoercedValues, coerce } from './coercion.ts';
import { coercionEdits } from './coercion-edits.ts';
import { DataSet } from './dataset.ts';
import { jsonText } from './json.ts';
import { readDicom } from './reader.ts';
import { Reencoder } from './reencode.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from './transfer-syntax.ts';
import { writeDataSet } from './writer.ts';

const note = { modifyingSystem: 'FASCIA', at: new Date('2026-01-15T10:11:12.345Z'), sourceOfPreviousValues: 'CT1' };
const CHUNK_BYTES = 97;

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.slice(at, at + CHUNK_BYTES);
}

/** The data set as it leaves. */
async function edited(bytes: Uint8Array, uid: string, values: CoercedValues): Promise<Uint8Array> {
  const coercion = await coercionEdits(chunksOf(bytes), uid, { values, note });
  if (coercion === undefined) return bytes;
  const { edits, transferSyntax: syntax } = coercion;
  return concatenated(await Array.fromAsync(new Reencoder(syntax, syntax, { edits }).through(chunksOf(bytes))));
}

const read = (bytes: Uint8Array, transferSyntaxUid: string) => readDicom(bytes, { transferSyntaxUid, strict: true });

const values: CoercedValues = {
  PatientID: 'P7',
  PatientName: 'Nachname^Neu',
  IssuerOfPatientID: 'FASCIA',
  TypeOfPatientID: undefined,
  OtherPatientIDsSequence: [{ PatientID: '4711', IssuerOfPatientID: 'NORTH' }, { PatientID: '12' }],
};

const syntaxes: Record<string, Wanted> = {
  [IMPLICIT_VR_LITTLE_ENDIAN]: {},
  [EXPLICIT_VR_LITTLE_ENDIAN]: {},
  [EXPLICIT_VR_BIG_ENDIAN]: {},
  [DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN]: {},
  [RLE_LOSSLESS]: { codestreams: [Uint8Array.from({ length: 300 }, (_, i) => i % 251), new Uint8Array(64)] },
};

for (const [uid, wanted] of Object.entries(syntaxes)) {
  test(`an object is coerced on its way as it would be in memory, its pixels untouched: ${transferSyntax(uid)!.name}`, async () => {
    const attributes = { TypeOfPatientID: 'RFID', IssuerOfPatientID: 'NORTH', InstitutionName: 'North' };
    const { bytes } = makeInstance({ ...wanted, transferSyntaxUid: uid, attributes });
    const inMemory = read(bytes, uid).dataset;
    const pixels = inMemory.get('PixelData')!.value;
    coerce(inMemory, values, note);
    const leaving = read(await edited(bytes, uid, values), uid).dataset;
    assert.equal(jsonText(leaving), jsonText(inMemory));
    assert.deepEqual(withoutPlaces(leaving.get('PixelData')!.value), withoutPlaces(pixels));
  });
}

/** Of fragments, their bytes. */
function withoutPlaces(value: object): unknown {
  return 'fragments' in value ? (value.fragments as { bytes: Uint8Array }[]).map(({ bytes }) => [...bytes]) : value;
}

test('what has these values already leaves byte for byte, and a second person is noted after the first', async () => {
  const uid = EXPLICIT_VR_LITTLE_ENDIAN;
  const { bytes } = makeInstance();
  const once = await edited(bytes, uid, values);
  assert.equal(await edited(once, uid, values), once);
  const twice = read(await edited(once, uid, { PatientID: 'P8' }), uid).dataset;
  const ids = twice
    .items('OriginalAttributesSequence')
    .map((item) => item.items('ModifiedAttributesSequence')[0]!.text('PatientID'));
  assert.deepEqual(ids, ['P-1', 'P7']);
});

test('PS3.3 C.12.1.1.2: where a name needs another character set all text is in it, that of items too', async () => {
  const uid = EXPLICIT_VR_LITTLE_ENDIAN;
  const inner = new DataSet().set('SpecificCharacterSet', 'ISO_IR 144').set('CodeMeaning', 'Череп');
  const { bytes } = makeInstance({
    attributes: { SpecificCharacterSet: 'ISO_IR 100', PatientName: 'Müller^Jörg', StudyDescription: 'Schädel' },
  });
  const dataset = read(bytes, uid).dataset.set('ProcedureCodeSequence', [inner]);
  dataset.set('TextValue', 'ä'.repeat(40_000), 'UT');
  const stored = concatenated(writeDataSet(dataset, transferSyntax(uid)!));
  const leaving = read(await edited(stored, uid, { PatientName: 'Иванов^Иван' }), uid).dataset;
  assert.deepEqual(leaving.texts('SpecificCharacterSet'), ['ISO_IR 192']);
  assert.equal(leaving.text('PatientName'), 'Иванов^Иван');
  assert.equal(leaving.text('StudyDescription'), 'Schädel');
  assert.equal(leaving.text('TextValue'), 'ä'.repeat(40_000));
  const [code] = leaving.items('ProcedureCodeSequence');
  assert.deepEqual([code!.text('CodeMeaning'), code!.has('SpecificCharacterSet')], ['Череп', false]);
  const [original] = leaving.items('OriginalAttributesSequence')[0]!.items('ModifiedAttributesSequence');
  assert.equal(original!.text('PatientName'), 'Müller^Jörg');
});

test('what comes after the attributes of the patient is not held: a document leaves as it comes', async () => {
  const uid = EXPLICIT_VR_LITTLE_ENDIAN;
  const document = new Uint8Array(3_000_000).fill(7);
  const dataset = new DataSet().set('PatientID', 'P-1').set('EncapsulatedDocument', document);
  const stored = concatenated(writeDataSet(dataset, transferSyntax(uid)!));
  const coercion = await coercionEdits(chunksOf(stored), uid, { values: { PatientID: 'P7' }, note });
  const reencoder = new Reencoder(transferSyntax(uid)!, transferSyntax(uid)!, { edits: coercion!.edits });
  let left = 0;
  let most = 0;
  for await (const chunk of chunksOf(stored)) {
    left += chunk.length;
    for (const part of reencoder.push(chunk)) left -= part.length;
    most = Math.max(most, left);
  }
  assert.ok(most < 10_000, `${most} bytes held`);
});
