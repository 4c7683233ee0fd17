import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatPersonName, matchablePersonName, parsePersonName, soundsOf, wordsOf } from './person-name.ts';

test('PS3.5 6.2.1.1: Rev. John Robert Quincy Adams, B.A. M.Div.', () => {
  assert.deepEqual(parsePersonName('Adams^John Robert Quincy^^Rev.^B.A. M.Div.'), {
    alphabetic: { family: 'Adams', given: 'John Robert Quincy', prefix: 'Rev.', suffix: 'B.A. M.Div.' },
  });
});

test('PS3.5 H.3.1: a Japanese name has three component groups', () => {
  assert.deepEqual(parsePersonName('Yamada^Tarou=山田^太郎=やまだ^たろう'), {
    alphabetic: { family: 'Yamada', given: 'Tarou' },
    ideographic: { family: '山田', given: '太郎' },
    phonetic: { family: 'やまだ', given: 'たろう' },
  });
  assert.deepEqual(parsePersonName('=山田^太郎'), { ideographic: { family: '山田', given: '太郎' } });
  assert.deepEqual(parsePersonName('^^^^'), {});
});

test('a name that is parsed and formatted again is the same but for trailing delimiters', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'é', '山', ' ', '-'), maxLength: 4 }).map((text) => text.trim());
  const group = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('^').replace(/\^+$/, ''));
  const name = fc.array(group, { maxLength: 3 }).map((groups) => groups.join('=').replace(/=+$/, ''));
  fc.assert(fc.property(name, (text) => assert.equal(formatPersonName(parsePersonName(text)), text)));
});

test('case, width and trailing delimiters do not tell names apart', () => {
  const same: [string, string][] = [
    ['MÜLLER^JÖRG^^', 'müller^jörg'],
    ['Müller^Jörg ', 'Mu\u0308ller^Jo\u0308rg'],
    ['ŁUKASZ^Ørsted', 'łukasz^ørsted'],
    ['ﾔﾏﾀﾞ^ﾀﾛｳ', 'ヤマダ^タロウ'],
    ['Doe ^ John', 'doe^john'],
    ['ЁЛКИН', 'ёлкин'],
    ['ΓΙΏΡΓΟΣ', 'γιώργος'],
  ];
  for (const [a, b] of same) assert.deepEqual(matchablePersonName(a), matchablePersonName(b), `${a} ${b}`);
  assert.ok(matchablePersonName('ΠΑΣΧΆΛΗΣ').alphabetic!.startsWith(matchablePersonName('πας').alphabetic!));
});

test('accents tell names apart, unless their sound is asked for', () => {
  const names: [string, string][] = [
    ['Müller', 'Muller'],
    ['Łukasz', 'Lukasz'],
    ['Groß', 'Gross'],
    ['İnci', 'inci'],
    ['Ёлкин', 'елкин'],
  ];
  for (const [a, b] of names) {
    assert.notDeepEqual(matchablePersonName(a), matchablePersonName(b), `${a} ${b}`);
    assert.deepEqual(soundsOf(a), soundsOf(b), `${a} ${b}`);
  }
});

test('Hangul syllables and voiced kana stay single characters, so that ? matches one', () => {
  assert.equal(matchablePersonName('홍^길동').alphabetic, '홍^길동');
  assert.equal(matchablePersonName('やまだ').alphabetic, 'やまだ');
});

test('wildcards and inner delimiters of a key are kept', () => {
  assert.deepEqual(matchablePersonName('*^John?=山*'), { alphabetic: '*^john?', ideographic: '山*' });
  assert.deepEqual(matchablePersonName('^^Marie'), { alphabetic: '^^marie' });
});

test('names that sound alike have a code in common, others have not', () => {
  const alike = [
    ['Meyer', 'Maier', 'Mayr', 'Meier'],
    ['Smith', 'Smyth', 'Schmidt'],
    ['Catherine', 'Katherine', 'Cathryn'],
    ['Philip', 'Filip', 'Phillip'],
    ['Jackson', 'Jakson', 'Jaxon'],
    ["O'Neill", 'ONeil'],
    ['Wagner', 'Vagner'],
    ['Müller', 'Muller', 'MULER'],
    ['ヤマダ', 'やまだ'],
  ];
  for (const names of alike) {
    for (const name of names) assert.deepEqual(soundsOf(name), soundsOf(names[0]!), `${name} ${names[0]}`);
  }
  const different = ['Meyer', 'Smith', 'Catherine', 'Philip', 'Jackson', 'Wagner', 'Peter', 'Bader', '山田', '홍'];
  const codes = different.flatMap((name) => soundsOf(name));
  assert.equal(new Set(codes).size, different.length);
});

test('the words of a name keep their accents and vowel signs', () => {
  assert.deepEqual(wordsOf("Müller-Lüdenscheid^Jörg O'Neill"), ['müller', 'lüdenscheid', 'jörg', 'oneill']);
  assert.deepEqual(wordsOf('हिन्दी^*'), ['हिन्दी']);
});

test('every word of a name has its code, delimiters and wildcards have none', () => {
  assert.deepEqual(soundsOf('Smith^John=山田'), [...soundsOf('Smith'), ...soundsOf('John'), '山田']);
  assert.deepEqual(soundsOf('Smi*th'), soundsOf('Smith'));
  assert.deepEqual(soundsOf('^*=?'), []);
});
