import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from './character-set.ts';
import { readMessage } from './reader.ts';

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));

/** A message whose PID-5 is `name`, declared as `declared`. */
function message(declared: string, name: number[], assumed?: string) {
  const before = `MSH|^~\\&|RIS|RAD|||||ADT^A08|42|P|2.5||||||${declared}\rPID|1||7||`;
  return readMessage(
    Uint8Array.from([...ascii(before), ...name, ...ascii('\r')]),
    assumed === undefined ? {} : { characterSet: assumed },
  );
}

const nameOf = (declared: string, name: number[], assumed?: string) =>
  message(declared, name, assumed).segment('PID')!.text(5);

test('table 0211: names in each character set that MSH-18 may declare', () => {
  const esc = 0x1b;
  const cases: [string, number[], string][] = [
    ['ASCII', ascii('MILLER'), 'MILLER'],
    ['8859/1', [0x4d, 0xfc, 0x6c], 'Mül'],
    ['8859/2', [0xaf, 0xf3, 0xb3, 0xe6], 'Żółć'],
    ['8859/5', [0xb8, 0xd2, 0xd0, 0xdd], 'Иван'],
    ['8859/7', [0xc1, 0xe8], 'Αθ'],
    ['8859/8', [0xe9, 0xec], 'יל'],
    ['8859/9', [0xdd, 0xfe], 'İş'],
    ['8859/15', [0xa4, 0xbd], '€œ'],
    ['UNICODE UTF-8', [...new TextEncoder().encode('山田')], '山田'],
    ['~ISO IR87', [esc, ...ascii('$B'), 0x3b, 0x33, 0x45, 0x44, esc, ...ascii('(B')], '山田'],
    ['ISO IR14~ISO IR87', [esc, ...ascii('(I'), 0x54, 0x4f, esc, ...ascii('(J')], 'ﾔﾏ'],
    ['~ISO IR87~ISO IR159', [esc, ...ascii('$(D'), 0x30, 0x21, esc, ...ascii('(B')], '丂'],
    ['KS X 1001', [0xb1, 0xe8], '김'],
    ['GB 18030-2000', [0xcd, 0xf5], '王'],
    ['BIG-5', [0xa4, 0xfd], '王'],
  ];
  for (const [declared, bytes, text] of cases) {
    assert.equal(nameOf(declared, bytes), text, declared);
    assert.deepEqual(message(declared, bytes).findings, [], declared);
  }
});

test('two-byte characters that look like delimiters are none', () => {
  // JIS X 0208 0x217c: the second byte is a vertical line in ASCII.
  assert.equal(nameOf('~ISO IR87', [0x1b, ...ascii('$B'), 0x21, 0x7c, 0x1b, ...ascii('(B'), ...ascii('^B')]).length, 1);
});

test('other spellings of a declared character set are understood', () => {
  for (const declared of ['ISO-8859-1', 'ISO8859/1', 'Latin1', 'iso_8859-1'])
    assert.equal(nameOf(declared, [0xfc]), 'ü', declared);
});

test('UTF-8 that is declared as something else, or not declared, is read as UTF-8 with a finding', () => {
  for (const declared of ['8859/1', 'ASCII', '', 'KLINGON']) {
    const read = message(declared, [...new TextEncoder().encode('Müller')]);
    assert.equal(read.segment('PID')!.text(5), 'Müller', declared);
    assert.ok(
      read.findings.some(({ where, assumed }) => where === 'MSH-18' && assumed === 'UNICODE UTF-8'),
      declared,
    );
  }
});

test('bytes that are not UTF-8 although declared are read as 8859/1 with a finding', () => {
  const read = message('UNICODE UTF-8', [0x4d, 0xfc, 0x6c]);
  assert.equal(read.segment('PID')!.text(5), 'Mül');
  assert.deepEqual(read.findings, [{ where: 'MSH-18', what: 'the bytes are not UNICODE UTF-8', assumed: '8859/1' }]);
});

test('a sender that declares nothing can have a character set of its own', () => {
  assert.equal(nameOf('', [0xb8, 0xd2], '8859/5'), 'Ив');
  assert.equal(nameOf('', [0xb8]), '¸');
});

test('what a character set cannot say is not written in it', () => {
  assert.deepEqual(encode('Żółć', '8859/2'), Uint8Array.from([0xaf, 0xf3, 0xb3, 0xe6]));
  assert.equal(encode('山', '8859/2'), undefined);
  assert.equal(encode('é', 'ASCII'), undefined);
});
