import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDataSet } from '../../test/support/any-data-set.ts';
import { Problem } from '../base/problem.ts';
import { parseXml } from '../base/xml-parser.ts';
import { characterSet } from './character-set.ts';
import { DataSet } from './dataset.ts';
import { toJson } from './json.ts';
import type { VR } from './vr.ts';
import { fromXml, toXml } from './xml.ts';

const inner = (xml: string): string =>
  xml.replace(/^.*?<NativeDicomModel[^>]*>/s, '').replace('</NativeDicomModel>', '');
const model = (content: string): string => `<NativeDicomModel>${content}</NativeDicomModel>`;

const refused = (xml: string, reason: RegExp): void => {
  assert.throws(
    () => fromXml(xml),
    (thrown) => thrown instanceof Problem && thrown.code === 'request/malformed' && reason.test(thrown.message),
    String(reason),
  );
};

test('PS3.19 A.1: attributes have tag, VR and keyword, values are numbered', () => {
  const dataset = new DataSet()
    .set('ImageType', ['ORIGINAL', '', 'AXIAL'])
    .set('PixelSpacing', ['0.50', '1'])
    .set('StudyID', null);
  assert.equal(
    inner(toXml(dataset)),
    '<DicomAttribute tag="00080008" vr="CS" keyword="ImageType"><Value number="1">ORIGINAL</Value><Value number="2"/><Value number="3">AXIAL</Value></DicomAttribute>' +
      '<DicomAttribute tag="00200010" vr="SH" keyword="StudyID"/>' +
      '<DicomAttribute tag="00280030" vr="DS" keyword="PixelSpacing"><Value number="1">0.50</Value><Value number="2">1</Value></DicomAttribute>',
  );
});

test('PS3.19 A.1: a name is written by group and component and read back', () => {
  const dataset = new DataSet().set('PatientName', 'Wang^XiaoDong^^Dr.=王^小東');
  const xml = toXml(dataset);
  assert.match(
    xml,
    /<PersonName number="1"><Alphabetic><FamilyName>Wang<\/FamilyName><GivenName>XiaoDong<\/GivenName><NamePrefix>Dr\.<\/NamePrefix><\/Alphabetic><Ideographic><FamilyName>王<\/FamilyName><GivenName>小東<\/GivenName><\/Ideographic><\/PersonName>/,
  );
  assert.equal(fromXml(xml).text('PatientName'), 'Wang^XiaoDong^^Dr.=王^小東');
  assert.equal(fromXml(xml).text('SpecificCharacterSet'), 'ISO_IR 192');
});

test('text beyond ASCII is declared as UTF-8 where the data set declared nothing', () => {
  const dataset = new DataSet();
  dataset.characterSet = characterSet(['ISO_IR 192']);
  dataset.set('LengthToEnd', 1).set('PatientID', 'é');
  assert.match(toXml(dataset), /00080001.*00080005.*ISO_IR 192.*00100020/s);
});

test('PS3.19 A.1: private attributes carry their creator, and get a block where the document reserves none', () => {
  const dataset = new DataSet().set(0x0009_0010, 'ACME', 'LO').set(0x0009_1002, 'x', 'LO');
  assert.match(toXml(dataset), /tag="00091002" vr="LO" privateCreator="ACME"/);
  assert.deepEqual(toJson(fromXml(toXml(dataset))), toJson(dataset));
  const attribute = (creator: string): string =>
    `<DicomAttribute tag="00090002" vr="LO" privateCreator="${creator}"><Value number="1">${creator}</Value></DicomAttribute>`;
  const read = fromXml(model(attribute('A') + attribute('B')));
  assert.deepEqual([read.text(0x0009_0010), read.text(0x0009_1002)], ['A', 'A']);
  assert.deepEqual([read.text(0x0009_0011), read.text(0x0009_1102)], ['B', 'B']);
});

test('PS3.19 A.1: bytes are inline or bulk data by URI or UUID', () => {
  const dataset = new DataSet().set('PixelData', Uint8Array.of(1, 2, 3, 4), 'OW');
  assert.match(toXml(dataset), /<InlineBinary>AQIDBA==<\/InlineBinary>/);
  const xml = toXml(dataset, { bulkDataUri: (path) => `https://pacs/?a&b="${path}"` });
  assert.match(xml, /<BulkData uri="https:\/\/pacs\/\?a&amp;b=&quot;7FE00010&quot;"\/>/);
  const asked: string[] = [];
  const bulkData = (uri: string): Uint8Array => {
    asked.push(uri);
    return Uint8Array.of(9, 9);
  };
  assert.deepEqual(fromXml(xml, { bulkData }).bytes('PixelData'), Uint8Array.of(9, 9));
  fromXml(model('<DicomAttribute tag="7FE00010" vr="OW"><BulkData uuid="d6b0"/></DicomAttribute>'), { bulkData });
  assert.deepEqual(asked, ['https://pacs/?a&b="7FE00010"', 'urn:uuid:d6b0']);
});

test('XML 1.0: markup, line ends and spaces of a text come back, control characters are replaced', () => {
  const text = ' <a> & "b" \'c\' ]]>\r\n\td 😀';
  const dataset = new DataSet().set('ImageComments', text);
  assert.equal(fromXml(toXml(dataset)).text('ImageComments'), text);
  const control = new DataSet().set('ImageComments', 'a\u0001b\fc');
  assert.equal(fromXml(toXml(control)).text('ImageComments'), 'a\ufffdb\ufffdc');
});

test('prefixes, comments, CDATA, declarations and references are understood', () => {
  const xml =
    '\ufeff<?xml version="1.0"?><!-- a --><d:NativeDicomModel xmlns:d="x"><!-- b -->\n' +
    "<d:DicomAttribute vr='LO' tag='00100020' ><d:Value number='1'>&#65;<![CDATA[<&>]]>&#x1F600;&amp;</d:Value ></d:DicomAttribute>" +
    '</d:NativeDicomModel>\n';
  assert.equal(fromXml(xml).text('PatientID'), 'A<&>😀&');
});

const words = fc
  .string({ unit: fc.constantFrom('a', ' ', '<', '&', '"', 'é', '山', '😀'), maxLength: 6 })
  .map((text) => text.trim());
const value: fc.Arbitrary<[number, VR, unknown]> = fc.oneof(
  fc.tuple(fc.constant(0x0010_4000), fc.constant<VR>('LT'), words),
  fc.tuple(fc.constant(0x0010_1001), fc.constant<VR>('PN'), fc.array(words, { maxLength: 3 })),
  fc.tuple(fc.constant(0x0008_1070), fc.constant<VR>('LO'), fc.array(words, { maxLength: 3 })),
  fc.tuple(fc.constant(0x0072_0074), fc.constant<VR>('FD'), fc.array(fc.double(), { maxLength: 3 })),
  fc.tuple(
    fc.constant(0x0072_0082),
    fc.constant<VR>('SV'),
    fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 3 }),
  ),
  fc.tuple(
    fc.constant(0x0009_1001),
    fc.constant<VR>('OB'),
    fc.uint8Array({ maxLength: 6 }).filter((b) => b.length % 2 === 0),
  ),
);

test('whatever is written as XML and read again is the same data set', () => {
  fc.assert(
    fc.property(anyDataSet(value), (dataset) => assert.deepEqual(toJson(fromXml(toXml(dataset))), toJson(dataset))),
    { numRuns: 200 },
  );
});

test('XML that is not the model is refused', () => {
  refused('', /no element/);
  refused('<a/>', /NativeDicomModel/);
  refused(model('<Value/>'), /not DicomAttribute/);
  refused(model('<DicomAttribute tag="0010" vr="LO"/>'), /tag/);
  refused(model('<DicomAttribute tag="00100020" vr="LO"><Valu/></DicomAttribute>'), /none that DicomAttribute/);
  refused(model('<DicomAttribute tag="00100020" vr="LO"><constructor/></DicomAttribute>'), /none that DicomAttribute/);
  refused(model('<DicomAttribute tag="00100020" vr="LO"><Value number="0">a</Value></DicomAttribute>'), /number/);
  refused(
    model('<DicomAttribute tag="00100020" vr="LO"><Value number="99999999">a</Value></DicomAttribute>'),
    /number/,
  );
  refused(model('<DicomAttribute tag="00280010" vr="US"><Value number="1">x</Value></DicomAttribute>'), /integer/);
});

test('XML that is not well-formed is refused with its place', () => {
  const broken = [
    '<a>',
    '<a></b>',
    '</a>',
    '<a b></a>',
    '<a b="1" b="2"/>',
    '<a b="<"/>',
    '<a/><b/>',
    'x<a/>',
    '<a>&nbsp;</a>',
    '<a>& </a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<!-- ',
    '<a><![CDATA[</a>',
    '<',
  ];
  for (const xml of broken) assert.throws(() => parseXml(xml), /XML at character \d+/, xml);
});

test('entities are never defined, nesting and repetition are bounded', () => {
  refused('<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>', /document type/);
  refused('<a>'.repeat(100_000), /nested deeper/);
});

const corpus = join(process.env.FASCIA_SHARED ?? '../shared', 'data/corpus/dicom-json-xml');

test('every XML file of the corpus is read or refused with a reason', {
  skip: !existsSync(corpus) && 'no corpus below FASCIA_SHARED',
}, () => {
  const read: string[] = [];
  for (const name of readdirSync(corpus).filter((file) => file.endsWith('.xml'))) {
    try {
      const dataset = fromXml(readFileSync(join(corpus, name), 'utf8'));
      assert.deepEqual(toJson(fromXml(toXml(dataset))), toJson(dataset), name);
      read.push(name);
    } catch (thrown) {
      assert.ok(thrown instanceof Problem && thrown.code === 'request/malformed', `${name}: ${thrown}`);
    }
  }
  for (const whole of [
    'dicomweb-client__store.xml',
    'dcm4che__mwl.xml',
    'healthcare-dicom-dicom__findscu-study-expected.xml',
  ]) {
    assert.ok(read.includes(whole), whole);
  }
});
