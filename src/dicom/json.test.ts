import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDataSet } from '../../test/support/any-data-set.ts';
import { Problem } from '../base/problem.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { characterSet } from './character-set.ts';
import { DataSet } from './dataset.ts';
import { Element } from './element.ts';
import { type DicomJson, fromJson, jsonPieces, jsonText, limits, toJson } from './json.ts';
import type { VR } from './vr.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** An element with these bytes, whatever they are. */
function withBytes(tag: number, vr: VR, bytes: Uint8Array): DataSet {
  const dataset = new DataSet();
  dataset.add(Element.of(tag, vr, bytes));
  return dataset;
}

function piecesOf(...asked: Parameters<typeof jsonPieces>): { texts: string[]; bulkPaths: string[] } {
  const { texts, bulkPaths } = jsonPieces(...asked);
  return { texts: texts.map((text) => new TextDecoder().decode(text)), bulkPaths };
}

const refused = (json: unknown, reason: RegExp): void => {
  assert.throws(
    () => fromJson(json),
    (thrown) => thrown instanceof Problem && thrown.code === 'request/malformed' && reason.test(thrown.message),
    String(reason),
  );
};

test('PS3.18 F.2.2: attributes have a VR, values by its type, and ascend by tag', () => {
  const dataset = new DataSet()
    .set('Rows', 512)
    .set('StudyDate', '20130409')
    .set('ModalitiesInStudy', ['CT', 'PET'])
    .set('ImagePositionPatient', ['-1.50', '+2', '.5'])
    .set('FrameIncrementPointer', '00540010')
    .set('AccessionNumber', null);
  assert.equal(
    jsonText(dataset),
    '{"00080020":{"vr":"DA","Value":["20130409"]},"00080050":{"vr":"SH"},"00080061":{"vr":"CS","Value":["CT","PET"]},' +
      '"00200032":{"vr":"DS","Value":[-1.50,2,0.5]},"00280009":{"vr":"AT","Value":["00540010"]},"00280010":{"vr":"US","Value":[512]}}',
  );
});

test('PS3.18 F.2.5: the groups of a name are members, absent ones left out, empty values null', () => {
  const dataset = new DataSet();
  dataset.characterSet = characterSet(['ISO_IR 192']);
  dataset
    .set('PatientName', 'Wang^XiaoDong=王^小東=^')
    .set('OperatorsName', ['A^B', '', '=王'])
    .set('ReferringPhysicianName', '^^^^');
  assert.deepEqual(toJson(dataset), {
    '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
    '00080090': { vr: 'PN', Value: [{ Alphabetic: '^^^^' }] },
    '00081070': { vr: 'PN', Value: [{ Alphabetic: 'A^B' }, null, { Ideographic: '王' }] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小東', Phonetic: '^' }] },
  });
});

test('PS3.18 F.2.1: text is UTF-8, and (0008,0005) says so whatever it said before', () => {
  const declared = new DataSet().set('SpecificCharacterSet', 'ISO_IR 100').set('PatientName', 'Buc^Jérôme');
  assert.equal(toJson(declared)['00080005']?.Value?.[0], 'ISO_IR 192');
  assert.deepEqual(toJson(declared)['00100010']?.Value, [{ Alphabetic: 'Buc^Jérôme' }]);
  const undeclared = withBytes(0x0010_0010, 'PN', latin1('M\xfcller'));
  undeclared.set('SOPInstanceUID', '1.2.3').set('LengthToEnd', 1);
  assert.deepEqual(Object.keys(JSON.parse(jsonText(undeclared))), ['00080001', '00080005', '00080018', '00100010']);
  const ascii = new DataSet().set('PatientID', 'A');
  assert.equal(jsonText(ascii), '{"00100020":{"vr":"LO","Value":["A"]}}');
  assert.equal(
    jsonText(withBytes(0x0010_0010, 'PN', latin1('\xfc'))),
    '{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"ü"}]}}',
  );
});

test('PS3.18 F.2.2: empty sequences have no Value, empty items are empty objects', () => {
  const dataset = new DataSet()
    .set('ReferencedImageSequence', [])
    .set('RequestAttributesSequence', [new DataSet(), new DataSet().set('ScheduledProcedureStepID', 'S1')]);
  assert.deepEqual(toJson(dataset), {
    '00081140': { vr: 'SQ' },
    '00400275': { vr: 'SQ', Value: [{}, { '00400009': { vr: 'SH', Value: ['S1'] } }] },
  });
});

test('a DS or IS that is no number stays a string, and nothing is lost', () => {
  const dataset = withBytes(0x0020_0013, 'IS', latin1('abc\\ 12\\\\1e999\\007\\-.5'));
  assert.equal(jsonText(dataset), '{"00200013":{"vr":"IS","Value":["abc",12,null,"1e999",7,-0.5]}}');
});

test('SV and UV beyond 2^53 are strings, what is not finite is a string', () => {
  const dataset = new DataSet()
    .set('SelectorUVValue', [1n, 2n ** 64n - 1n])
    .set('SelectorSVValue', [-(2n ** 53n) + 1n, -(2n ** 63n)])
    .set('SelectorFDValue', [1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  const json = toJson(dataset);
  assert.deepEqual(json['00720083']?.Value, [1, '18446744073709551615']);
  assert.deepEqual(json['00720082']?.Value, [-9007199254740991, '-9223372036854775808']);
  assert.deepEqual(json['00720074']?.Value, [1.5, 'NaN', 'Infinity', '-Infinity']);
  assert.deepEqual(fromJson(json).bigints('SelectorUVValue'), [1n, 2n ** 64n - 1n]);
});

test('group lengths, File Meta Information and trailing padding are not in the model, private elements are', () => {
  const dataset = new DataSet()
    .set(0x0002_0010, '1.2.840.10008.1.2', 'UI')
    .set(0x0008_0000, 12, 'UL')
    .set(0x0009_0010, 'ACME', 'LO')
    .set(0x0009_1001, 'x', 'LO')
    .set(0xfffc_fffc, new Uint8Array(2), 'OB');
  assert.deepEqual(Object.keys(toJson(dataset)), ['00090010', '00091001']);
});

test('control characters, quotes and backslashes are escaped', () => {
  const text = 'a"b\\c\u0001\r\nd';
  const dataset = new DataSet().set('ImageComments', text);
  assert.deepEqual(JSON.parse(jsonText(dataset))['00204000'].Value, [text]);
});

test('PS3.18 F.2.6 and F.2.7: bytes are inline or by reference, as the caller says', () => {
  const dataset = new DataSet()
    .set('PixelData', Uint8Array.of(1, 2, 3, 4), 'OW')
    .set(0x0009_1001, new Uint8Array(0), 'OB');
  assert.deepEqual(toJson(dataset), { '00091001': { vr: 'OB' }, '7FE00010': { vr: 'OW', InlineBinary: 'AQIDBA==' } });
  const uris = toJson(dataset, { bulkDataUri: (path) => `https://pacs/"${path}"` });
  assert.deepEqual(uris['7FE00010'], { vr: 'OW', BulkDataURI: 'https://pacs/"7FE00010"' });
});

test('pieces and URIs between them are the whole text', () => {
  const item = new DataSet().set(0x0009_1001, new Uint8Array(2000), 'OB').set('ImageComments', '\u0000 and "quotes"');
  const dataset = new DataSet().set('ReferencedImageSequence', [new DataSet(), item]).set('PatientID', 'A');
  dataset.add(Element.of(0x7fe0_0010, 'OW', { bulk: true, offset: 1000, length: 524_288 }));
  const { texts, bulkPaths } = piecesOf(dataset, {
    isBulk: ({ value }) => value instanceof Uint8Array && value.length > 1024,
  });
  assert.deepEqual(bulkPaths, ['00081140/2/00091001', '7FE00010']);
  assert.equal(texts.length, 3);
  const joined = texts.map((text, at) => text + (bulkPaths[at] === undefined ? '' : `/bulk/${bulkPaths[at]}`)).join('');
  assert.equal(
    joined,
    jsonText(dataset, { bulkDataUri: (path) => (bulkPaths.includes(path) ? `/bulk/${path}` : undefined) }),
  );
  // Without a URI a value that is not at hand is left out, its VR stays.
  assert.deepEqual(toJson(dataset)['7FE00010'], { vr: 'OW' });
});

const printable = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '1', 'é', '山', '"', '😀'), maxLength: 8 });
const words = printable.map((text) => text.trim());
const value: fc.Arbitrary<[number, VR, unknown]> = fc.oneof(
  fc.tuple(fc.constant(0x0010_4000), fc.constant<VR>('LT'), words),
  fc.tuple(fc.constant(0x0008_0081), fc.constant<VR>('ST'), words),
  fc.tuple(fc.constant(0x0010_1001), fc.constant<VR>('PN'), fc.array(words, { minLength: 1, maxLength: 3 })),
  fc.tuple(fc.constant(0x0008_1070), fc.constant<VR>('LO'), fc.array(words, { minLength: 1, maxLength: 3 })),
  fc.tuple(
    fc.constant(0x0028_0106),
    fc.constant<VR>('SS'),
    fc.array(fc.integer({ min: -32768, max: 32767 }), { maxLength: 3 }),
  ),
  fc.tuple(fc.constant(0x0072_0074), fc.constant<VR>('FD'), fc.array(fc.double(), { maxLength: 3 })),
  fc.tuple(
    fc.constant(0x0072_0083),
    fc.constant<VR>('UV'),
    fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 3 }),
  ),
  fc.tuple(
    fc.constant(0x0020_0013),
    fc.constant<VR>('IS'),
    fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 3 }),
  ),
  fc.tuple(
    fc.constant(0x0009_1001),
    fc.constant<VR>('UN'),
    fc.uint8Array({ maxLength: 6 }).filter((b) => b.length % 2 === 0),
  ),
  fc.tuple(
    fc.constant(0x0028_0009),
    fc.constant<VR>('AT'),
    fc.array(fc.constantFrom('00100010', '7FE00010'), { maxLength: 3 }),
  ),
);

test('whatever is written as JSON and read again is the same JSON and the same values', () => {
  fc.assert(
    fc.property(anyDataSet(value), (dataset) => {
      const json = toJson(dataset);
      const again = fromJson(json);
      assert.deepEqual(toJson(again), json);
      for (const { tag, vr } of dataset.elements.values()) {
        if (vr === 'FD') assert.deepEqual(again.numbers(tag), dataset.numbers(tag));
        else if (vr !== 'SQ') assert.deepEqual(again.texts(tag), dataset.texts(tag));
      }
    }),
    { numRuns: 200 },
  );
});

test('the pieces of any data set, joined, are its text', () => {
  fc.assert(
    fc.property(anyDataSet(value), (dataset) => {
      const { texts, bulkPaths } = piecesOf(dataset, { isBulk: ({ vr }) => vr === 'UN' });
      assert.equal(texts.length, bulkPaths.length + 1);
      JSON.parse(texts.join('uri'));
    }),
    { numRuns: 50 },
  );
});

/** Bytes that are a number, a name or padding in the one place and nothing in another. */
const oddBytes = fc
  .array(fc.constantFrom(...' \0\\=-+.01e^aZ~"\u001b\u007f\u00b1'), { minLength: 1, maxLength: 7 })
  .map((characters) => latin1(characters.join('')));

test('what goes from bytes to JSON as it is and what is decoded first have the same values', () => {
  const anyVr = fc.constantFrom<VR>('AE', 'CS', 'DA', 'DS', 'IS', 'LO', 'LT', 'PN', 'SH', 'UC', 'UI', 'UR', 'UT');
  fc.assert(
    fc.property(oddBytes, anyVr, fc.constantFrom('', 'ISO_IR 13', 'ISO_IR 192'), (bytes, vr, declared) => {
      const dataset = withBytes(0x0009_1001, vr, bytes);
      dataset.characterSet = characterSet([declared]);
      const texts = dataset.texts(0x0009_1001);
      const written = toJson(dataset)['00091001']!.Value ?? [null];
      assert.equal(written.length, Math.max(1, texts.length));
      written.forEach((one, at) => {
        const text = texts[at] ?? '';
        if (typeof one === 'number') assert.equal(one, Number(text));
        else if (vr === 'PN') assert.deepEqual(one ?? {}, componentGroups(text));
        else assert.equal(one ?? '', text);
      });
    }),
    { numRuns: 3000 },
  );
});

/** PS3.18 F.2.2: without those that are absent or only spaces. */
function componentGroups(name: string): Record<string, string> {
  const [Alphabetic = '', Ideographic = '', Phonetic = ''] = name.split('=');
  return Object.fromEntries(Object.entries({ Alphabetic, Ideographic, Phonetic }).filter(([, text]) => text.trim()));
}

test('text longer than is written at once comes whole, and what surrounds it', () => {
  const long = 'x'.repeat(20_000);
  const dataset = new DataSet()
    .set(0x0009_1001, long, 'UT')
    .set(0x0009_1002, `é${long}`, 'UT')
    .set(0x0009_1003, Array<string>(3000).fill('1.5'), 'DS')
    .set(0x0009_1004, new Uint8Array(20_000), 'OB');
  const json = toJson(dataset);
  assert.deepEqual(json['00091001']!.Value, [long]);
  assert.deepEqual(json['00091002']!.Value, [`é${long}`]);
  assert.deepEqual(json['00091003']!.Value, Array<number>(3000).fill(1.5));
  assert.deepEqual(fromBase64(json['00091004']!.InlineBinary!), new Uint8Array(20_000));
  assert.deepEqual(json['00080005']!.Value, ['ISO_IR 192']);
});

test('what would be too large to keep as JSON is refused before it is made', () => {
  const dataset = new DataSet();
  for (let at = 0; at < 2000; at++) dataset.set(0x0009_1000 + at, '\u0001'.repeat(10_000), 'UT');
  assert.throws(
    () => jsonPieces(dataset),
    (thrown) => thrown instanceof Problem && thrown.code === 'dicom/limit' && thrown.details.limit === 'piecesBytes',
  );
});

test('JSON that is not the model is refused with its place', () => {
  refused(null, /not an object/);
  refused([], /not an object/);
  refused({ PatientID: { vr: 'LO' } }, /not a tag/);
  refused(JSON.parse('{"__proto__":{"vr":"LO"}}'), /not a tag/);
  refused({ '00100020': 'A' }, /00100020: an attribute is not an object/);
  refused({ '00100020': { vr: 'ZZ' } }, /vr/);
  refused({ '00100020': { vr: 'constructor' } }, /vr/);
  refused({ '00100020': { vr: 'LO', Value: 'A' } }, /not an array/);
  refused({ '00100020': { vr: 'LO', Value: [{}] } }, /JSON types/);
  refused({ '00100020': { vr: 'LO', Value: ['A\\B'] } }, /backslash/);
  refused({ '00100020': { vr: 'LO', Value: ['A'], InlineBinary: '' } }, /exclude/);
  refused({ '00100020': { vr: 'LO', Value: ['\ud800'] } }, /Unicode/);
  refused({ '00080018': { vr: 'UI', Value: ['é'] } }, /default repertoire/);
  refused({ '00280010': { vr: 'US', Value: [65536] } }, /range/);
  refused({ '00280010': { vr: 'US', Value: [1.5] } }, /integer/);
  refused({ '00280010': { vr: 'US', Value: [null] } }, /not a number/);
  refused({ '7FE00010': { vr: 'OW', InlineBinary: '!!' } }, /base64/);
  refused({ '7FE00010': { vr: 'OW', Value: [1] } }, /no Value/);
  refused({ '7FE00010': { vr: 'OW', BulkDataURI: 1 } }, /not a string/);
  refused({ '00081140': { vr: 'SQ', Value: [{ '0008': {} }] } }, /00081140\/1\/: /);
});

test('JSON nested 100,000 deep is refused, not followed', () => {
  const deep = JSON.parse(`${'{"00081140":{"vr":"SQ","Value":['.repeat(100_000)}{}${']}}'.repeat(100_000)}`);
  refused(deep, /too deep/);
});

test('a data set nested deeper than the limit is refused, not written half', () => {
  let dataset = new DataSet();
  for (let depth = 0; depth <= limits.depth; depth++) dataset = new DataSet().set('ReferencedImageSequence', [dataset]);
  assert.throws(
    () => jsonText(dataset),
    (thrown) => thrown instanceof Problem && thrown.code === 'dicom/limit',
  );
});

test('bulk data is asked for by URI and path; what nobody has is left out', () => {
  const json: DicomJson = { '7FE00010': { vr: 'OW', BulkDataURI: 'bulk/1' }, '00090010': { vr: 'LO', Value: ['A'] } };
  const asked: string[] = [];
  const bulkData = (uri: string, path: string): Uint8Array => {
    asked.push(`${uri} ${path}`);
    return Uint8Array.of(1, 2);
  };
  assert.deepEqual(fromJson(json, { bulkData }).bytes('PixelData'), Uint8Array.of(1, 2));
  assert.deepEqual(asked, ['bulk/1 7FE00010']);
  assert.equal(fromJson(json).has('PixelData'), false);
});

test('a missing vr is the dictionary\u2019s, a private one by its creator', () => {
  const dataset = fromJson({ '00190010': { Value: ['SIEMENS MR HEADER'] }, '0019100C': { Value: [1000] } });
  assert.equal(dataset.get(0x0019_100c)?.vr, 'IS');
});

test('RFC 4648: base64 both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
    }),
  );
  assert.equal(fromBase64('AQID\r\nBA')?.length, 4);
  assert.equal(fromBase64('A'), undefined);
  assert.equal(fromBase64('A*=='), undefined);
  assert.equal(fromBase64('AÄ=='), undefined);
});

const corpus = join(process.env.FASCIA_SHARED ?? '../shared', 'data/corpus/dicom-json-xml');

test('every JSON file of the corpus is read or refused with a reason', {
  skip: !existsSync(corpus) && 'no corpus below FASCIA_SHARED',
}, () => {
  const read: string[] = [];
  for (const name of readdirSync(corpus).filter((file) => file.endsWith('.json'))) {
    try {
      const dataset = fromJson(JSON.parse(readFileSync(join(corpus, name), 'utf8')));
      assert.deepEqual(toJson(fromJson(toJson(dataset))), toJson(dataset), name);
      read.push(name);
    } catch (thrown) {
      assert.ok(thrown instanceof Problem && thrown.code === 'request/malformed', `${name}: ${thrown}`);
    }
  }
  for (const whole of ['dcmjs__sample-sr.json', 'orthanc-tests__DummyCT.json', 'pydicom__test_PN.json']) {
    assert.ok(read.includes(whole), whole);
  }
});
