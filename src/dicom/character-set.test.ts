import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { characterSet, limits, utf8 } from './character-set.ts';
import { readDicom } from './reader.ts';
import type { VR } from './vr.ts';

/** Byte literals as the standard prints them: one character a byte, ESC as \x1b. */
const bytes = (literal: string): Uint8Array => Uint8Array.from(literal, (c) => c.charCodeAt(0));
const decode = (terms: string[], literal: string, vr: VR = 'PN') => characterSet(terms).decode(bytes(literal), vr);

/** PS3.5 Annexes H, I, J and K, and the single-byte examples of the DICOM test set: declaration, bytes, text. */
const printedInTheStandard: [clause: string, terms: string[], literal: string, text: string][] = [
  [
    'PS3.5 H.3.1',
    ['', 'ISO 2022 IR 87'],
    'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B',
    'Yamada^Tarou=山田^太郎=やまだ^たろう',
  ],
  [
    'PS3.5 H.3.2',
    ['ISO 2022 IR 13', 'ISO 2022 IR 87'],
    '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J',
    'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
  ],
  [
    'PS3.5 I.2',
    ['', 'ISO 2022 IR 149'],
    'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf',
    'Hong^Gildong=洪^吉洞=홍^길동',
  ],
  ['PS3.5 J.1', ['ISO_IR 192'], 'Wang^XiaoDong=\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1', 'Wang^XiaoDong=王^小東'],
  ['PS3.5 J.3', ['GB18030'], 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab', 'Wang^XiaoDong=王^小东'],
  ['PS3.5 J.4', ['GBK'], 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab', 'Wang^XiaoDong=王^小东'],
  [
    'PS3.5 K.2',
    ['', 'ISO 2022 IR 58'],
    'Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab',
    'Zhang^XiaoDong=张^小东',
  ],
  ['ISO 8859-1', ['ISO_IR 100'], 'Buc^J\xe9r\xf4me', 'Buc^Jérôme'],
  ['ISO 8859-1', ['ISO_IR 100'], '\xc4neas^R\xfcdiger', 'Äneas^Rüdiger'],
  ['ISO 8859-2', ['ISO_IR 101'], 'W\xb3odarczyk^\xa3ukasz', 'Włodarczyk^Łukasz'],
  ['ISO 8859-3', ['ISO_IR 109'], '\xa1amrun^\xe6e\xf1', 'Ħamrun^ĉeñ'],
  ['ISO 8859-4', ['ISO_IR 110'], 'B\xe7rzi\xf2\xf0', 'Bįrziōđ'],
  ['ISO 8859-5', ['ISO_IR 144'], '\xbb\xee\xdace\xdc\xd1yp\xd3', 'Люкceмбypг'],
  ['ISO 8859-6', ['ISO_IR 127'], '\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1', 'قباني^لنزار'],
  ['ISO 8859-7', ['ISO_IR 126'], '\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2', 'Διονυσιος'],
  ['ISO 8859-8', ['ISO_IR 138'], '\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4', 'שרון^דבורה'],
  ['ISO 8859-9', ['ISO_IR 148'], '\xc7avu\xfeo\xf0lu^\xddnci', 'Çavuşoğlu^İnci'],
  ['ISO 8859-15', ['ISO_IR 203'], '\xbcuvre^5 \xa4', 'Œuvre^5 €'],
  ['TIS 620', ['ISO_IR 166'], '\xb9\xd2\xc1\xca\xa1\xd8\xc5', 'นามสกุล'],
];

for (const [clause, terms, literal, text] of printedInTheStandard) {
  test(`${clause}: ${terms.join('\\')} reads and writes ${text}`, () => {
    assert.equal(decode(terms, literal), text);
    assert.deepEqual(characterSet(terms).encode(text, 'PN'), bytes(literal));
    assert.equal(characterSet(terms).read(bytes(literal), 'PN').misfit, undefined);
    assert.deepEqual(characterSet(terms).findings, []);
  });
}

test('PS3.5 6.1.2.5.3: after a backslash, a caret and a new line the set of Value 1 is in force again', () => {
  const terms = ['ISO 2022 IR 100', 'ISO 2022 IR 144'];
  assert.equal(decode(terms, '\x1b-L\xbb\\\xbb', 'LO'), 'Л\\»');
  assert.equal(decode(terms, '\x1b-L\xbb^\xbb', 'PN'), 'Л^»');
  assert.equal(decode(terms, '\x1b-L\xbb^\xbb', 'LO'), 'Л^Л');
  assert.equal(decode(terms, '\x1b-L\xbb\r\n\xbb', 'LT'), 'Л\r\n»');
  assert.deepEqual(characterSet(terms).encode('Л\\»', 'LO'), bytes('\x1b-L\xbb\x1b-A\\\xbb'));
});

test('a byte 5C inside a multi-byte character does not separate values', () => {
  assert.deepEqual(decode(['GBK'], '\x8f\x5c\\\xcd\xf5', 'LO').split('\\'), ['廫', '王']);
  assert.equal(decode(['', 'ISO 2022 IR 87'], '\x1b$B%\\\x1b(B', 'LO'), 'ボ');
  assert.equal(decode(['SHIFT_JIS'], '\x83\x5c\\a', 'LO'), 'ソ\\a');
});

test('JIS X 0201: 5C separates values where the VR has several, and is a yen sign where it has one', () => {
  assert.equal(decode(['ISO_IR 13'], '\xb1\\\xb2', 'LO'), 'ｱ\\ｲ');
  assert.equal(decode(['ISO_IR 13'], '\\100', 'LT'), '¥100');
  assert.equal(decode(['ISO_IR 13'], 'a\\b', 'CS'), 'a\\b');
});

const misspelt: [string, string][] = [
  ['ISO IR 100', 'ISO_IR 100'],
  ['ISO-IR 100', 'ISO_IR 100'],
  ['iso_ir 100', 'ISO_IR 100'],
  ['ISO_IR100', 'ISO_IR 100'],
  ['iso8859-1', 'ISO_IR 100'],
  ['latin1', 'ISO_IR 100'],
  ['ISO_IR_192', 'ISO_IR 192'],
  ['UTF-8', 'ISO_IR 192'],
  ['ISO 2022 IR 192', 'ISO_IR 192'],
  ['gb18030', 'GB18030'],
  ['GB2312', 'GBK'],
  ['ISO2022IR87', 'ISO 2022 IR 87'],
  ['ISO_IR 87', 'ISO 2022 IR 87'],
  ['ISO 2022 58', 'ISO 2022 IR 58'],
  ['windows-1251', 'windows-1251'],
];

for (const [written, meant] of misspelt) {
  test(`"${written}" is understood as ${meant}, with a finding`, () => {
    const { terms, findings } = characterSet([written]);
    assert.deepEqual(terms, [meant]);
    assert.deepEqual(findings, [{ code: 'charset-misspelt', assumed: meant }]);
  });
}

test('a value that nobody can understand is a finding, and ASCII is still read', () => {
  for (const value of ['KLINGON', 'ISO_IR 999', '???', 'utf-16']) {
    const set = characterSet([value]);
    assert.deepEqual(
      set.findings.map((f) => f.code),
      ['charset-unknown'],
      value,
    );
    assert.equal(set.decode(bytes('Doe^Jane'), 'PN'), 'Doe^Jane');
  }
});

const wronglyDeclared: [string, string[], string, string, string][] = [
  ['undeclared UTF-8', [], 'M\xc3\xbcller', 'Müller', 'ISO_IR 192'],
  ['undeclared Latin-1', [], 'M\xfcller', 'Müller', 'windows-1252'],
  ['UTF-8 declared as Latin-1', ['ISO_IR 100'], 'M\xc3\xbcller', 'Müller', 'ISO_IR 192'],
  ['UTF-8 declared as Cyrillic', ['ISO_IR 144'], '\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd', 'Иван', 'ISO_IR 192'],
  ['UTF-8 declared as GB18030', ['GB18030'], 'Caf\xc3\xa9 \xe2\x82\xac', 'Café €', 'ISO_IR 192'],
  ['Windows punctuation declared as Latin-1', ['ISO_IR 100'], 'O\x92Neill', 'O’Neill', 'windows-1252'],
  ['Shift-JIS declared as JIS X 0201', ['ISO_IR 13'], '\x8eR\x93c', '山田', 'shift_jis'],
  ['Shift-JIS beside ISO 2022 IR 87', ['', 'ISO 2022 IR 87'], '\x8eR\x93c', '山田', 'shift_jis'],
  ['Korean without its escape', ['', 'ISO 2022 IR 149'], '\xc8\xab', '홍', 'ISO 2022 IR 149 without its escape'],
  ['an escape that was not declared', ['ISO_IR 100'], '\x1b$B;3\x1b(B', '山', 'ISO 2022 IR 87'],
];

for (const [name, terms, literal, text, misfit] of wronglyDeclared) {
  test(`${name} is read as what it is, and said`, () => {
    assert.deepEqual(characterSet(terms).read(bytes(literal), 'LO'), { text, misfit });
  });
}

test('Cyrillic capitals that happen to be valid UTF-8 stay Cyrillic', () => {
  assert.deepEqual(characterSet(['ISO_IR 144']).read(bytes('\xc2\xbe'), 'LO'), { text: 'ТО' });
});

test('bytes that are not the UTF-8 that was declared become U+FFFD, since nobody can tell what they are', () => {
  for (const [literal, text] of [
    ['M\xc3\xbcn\xc3', 'Mün\ufffd'],
    ['M\xfcller', 'M\ufffdller'],
  ] as const) {
    const read = utf8.read(bytes(literal), 'SH');
    assert.equal(read.text, text);
    assert.match(read.misfit ?? '', /U\+FFFD/);
  }
});

test('a text that the set does not have is not encoded', () => {
  assert.equal(characterSet([]).encode('Müller', 'PN'), undefined);
  assert.equal(characterSet(['ISO_IR 100']).encode('山田', 'PN'), undefined);
  assert.equal(characterSet(['ISO_IR 144']).encode('é', 'LO'), undefined);
  assert.equal(characterSet(['GBK']).encode('𠀀', 'LO'), undefined);
  assert.equal(utf8.encode('\ud800', 'LO'), undefined);
  // Without code extension the second set is not reachable.
  assert.equal(characterSet(['ISO 2022 IR 100']).encode('Л', 'LO'), undefined);
});

test('VRs outside PS3.5 6.1.2.3 are read in the default repertoire whatever is declared', () => {
  assert.equal(characterSet(['ISO_IR 13']).decode(bytes('1.2.840~'), 'UI'), '1.2.840~');
  assert.equal(characterSet(['GB18030']).decode(bytes('A\\B'), 'CS'), 'A\\B');
});

test('whatever a set can write, it reads back', () => {
  const alphabets: [string[], string][] = [
    [['ISO_IR 100'], 'aé ^=ß.'],
    [['ISO_IR 192'], 'aé 山한😀^='],
    [['GB18030'], 'aé 山한😀𠀀€^='],
    [['GBK'], 'a 山东^='],
    [['', 'ISO 2022 IR 87', 'ISO 2022 IR 159'], 'a 山丂やー^=/'],
    [['ISO 2022 IR 13', 'ISO 2022 IR 87'], 'a ﾔ山や^=/'],
    [['', 'ISO 2022 IR 149'], 'a 洪홍^='],
    [['ISO 2022 IR 100', 'ISO 2022 IR 144', 'ISO 2022 IR 126', 'ISO 2022 IR 58'], 'aé ЛΔ张^='],
  ];
  for (const [terms, alphabet] of alphabets) {
    const set = characterSet(terms);
    const text = fc.array(fc.constantFrom(...Array.from(alphabet)), { maxLength: 24 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom<VR>('PN', 'LO', 'LT'), (written, vr) => {
        const encoded = set.encode(written, vr);
        assert.ok(encoded !== undefined);
        assert.deepEqual(set.read(encoded, vr), { text: written });
      }),
      { numRuns: 60 },
    );
  }
});

test('no bytes and no declaration make it throw, and only so many declarations are kept', () => {
  const declaration = fc.array(fc.oneof(fc.string(), fc.constantFrom('ISO 2022 IR 87', 'ISO_IR 13', '')), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(declaration, fc.uint8Array({ maxLength: 40 }), (values, input) => {
      const set = characterSet(values);
      assert.equal(typeof set.decode(input, 'PN'), 'string');
      assert.ok(set.declared.length <= limits.characterSetValues);
    }),
  );
  assert.equal(characterSet(['ISO_IR 100']), characterSet(['ISO_IR 100']));
});

test('a megabyte of bytes that fit no declaration is read in less than a second, whatever they are', () => {
  for (const byte of [0x1b, 0x80, 0x81, 0xe9, 0xff]) {
    for (const terms of [[], ['ISO_IR 13'], ['', 'ISO 2022 IR 87', 'ISO 2022 IR 149'], ['GB18030']]) {
      const started = process.cpuUsage().user;
      characterSet(terms).read(new Uint8Array(2 ** 20).fill(byte), 'LO');
      const tookMs = (process.cpuUsage().user - started) / 1000;
      assert.ok(tookMs < 1000, `${byte.toString(16)} in ${terms.join('\\')}: ${tookMs} ms`);
    }
  }
});

const corpus = join(process.env.FASCIA_SHARED ?? '../shared', 'data/corpus');

test('every name of the corpus beyond ASCII is read as the corpus says', {
  skip: !existsSync(corpus) && 'no corpus below FASCIA_SHARED',
}, () => {
  const rows: { file: string; PatientName: string | null }[] = readFileSync(join(corpus, 'expected.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const beyondAscii = rows.filter(({ PatientName }) => PatientName !== null && /[^\0-\x7f]/.test(PatientName));
  assert.ok(beyondAscii.length > 10);
  for (const { file, PatientName } of beyondAscii) {
    const { dataset } = readDicom(new Uint8Array(readFileSync(join(corpus, file))));
    assert.equal(dataset.text('PatientName'), PatientName, file);
  }
});
