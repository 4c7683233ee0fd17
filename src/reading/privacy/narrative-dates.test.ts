import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datesInProse } from './dates-in-prose.ts';
import { irreversibleDates, restoreDates } from './narrative-dates.ts';
import { datedReport } from './testing/dated-reports.ts';

/** By name: `FASCIA_DATED_REPORTS=100000 npm test -- narrative-dates`. */
const reports = Number(process.env.FASCIA_DATED_REPORTS ?? 1_000);

/**
 * Without what nobody can know: of 12. 11. 2024 whether a day below ten would have a zero before it, of Oct whether September is
 * Sept, and that a month which is not abbreviated has no full stop.
 */
const comparable = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(?<!\d)0(?=\d(?!\d))/g, '')
    .replace(/\bsept\b/g, 'sep')
    .replace(/(?<=\p{L})\./gu, '');

const found = (text: string, language?: string) => datesInProse(text, language).map(({ words, day }) => day ?? words);

test(`of ${reports} reports with dates in prose none is delivered with a date that was moved`, () => {
  let [delivered, stopped] = [0, 0];
  for (let seed = 1; seed <= reports; seed++) {
    const { text, typed, shiftDays, studyDays, language } = datedReport(seed);
    const restored = restoreDates(text, { shiftDays, studyDays: new Set(studyDays), language });
    if (restored.irreversible.length > 0) {
      stopped++;
      continue;
    }
    delivered++;
    let from = 0;
    for (const { words, truths } of typed) {
      const text = comparable(restored.text);
      const written = truths.map(comparable).find((truth) => text.includes(truth, from));
      assert.ok(written, `seed ${seed}: ${truths.join(' or ')} for ${words} in ${restored.text}`);
      from = text.indexOf(written, from) + written.length;
    }
  }
  assert.ok(delivered > reports / 10, `${delivered} delivered`);
  assert.ok(stopped > reports / 10, `${stopped} stopped`);
});

test('what is no whole day is never reversed, and always told', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const { text, typed, shiftDays, studyDays, language } = datedReport(seed);
    const { irreversible } = restoreDates(text, { shiftDays, studyDays: new Set(studyDays), language });
    if (typed.some(({ isWhole }) => !isWhole)) assert.notEqual(irreversible.length, 0, `seed ${seed}: ${text}`);
  }
});

test('a prior is found in every form that readers type', () => {
  for (const [words, language] of [
    ['12.03.2024', 'de'],
    ['12.03.2024', undefined],
    ['12. 3. 2024', 'de'],
    ['2024-03-12', 'en'],
    ['20240312', 'en'],
    ['2024-03-12T10:15', 'en'],
    ['12 March 2024', 'en'],
    ['12th of March, 2024', 'en'],
    ['March 12th, 2024', 'en'],
    ['MAR 12 2024', 'en'],
    ['12-Mar-2024', 'en'],
    ['3/12/2024', 'en-US'],
    ['12/3/2024', 'en-GB'],
    ['12. März 2024', 'de'],
    ['12 mars 2024', 'fr'],
    ['12/03/2024', 'fr'],
    ['12 de marzo de 2024', 'es'],
    ['12 marzo 2024', 'it'],
    ['12 maart 2024', 'nl'],
    ['12 de março de 2024', 'pt'],
    ['12\u201103\u20112024', 'nl'],
    ['\uff11\uff12.03.2024', 'de'],
    ['12.\u00ad03.2024', 'de'],
  ] as const) {
    assert.deepEqual(found(`CT (${words}).`, language), ['2024-03-12'], words);
  }
});

test('a date that may be another, or is not whole, says no day', () => {
  for (const [text, words, language] of [
    ['CT of 3/12/2024.', '3/12/2024', 'en'],
    ['CT of 3/12/24.', '3/12/24', 'en-US'],
    ['CT of 12 March.', '12 March', 'en'],
    ['CT of March of last year.', 'March of last', 'en'],
    ['seen in March', 'in March', 'en'],
    ['since may', 'since may', 'en'],
    ['seit Mai', 'seit Mai', 'de'],
    ['CT vom 12.03. unverändert', '12.03.', 'de'],
    ['MRT 03/2024', '03/2024', 'de'],
    ['since 2019', '2019', 'en'],
    ["l'année dernière", "l'année dernière", 'fr'],
    ['on Tuesday', 'Tuesday', 'en'],
    ['depuis Noël', 'Noël', 'fr'],
    ['Q1 2024', 'Q1 2024', 'en'],
  ] as const) {
    assert.deepEqual(found(text, language), [words], text);
  }
  assert.ok(!found('CT vom 12.-14.03.2024', 'de').includes('2024-03-14'), 'the 12th would be left as it is');
  assert.ok(!found('CT 12 and 14 March 2024', 'en').includes('2024-03-14'));
  assert.ok(!found('CT 12 March 2024 and 15th.', 'en').includes('2024-03-12'));
});

test('measurements, levels, grades and classifications are no dates', () => {
  for (const text of [
    'Nodule of 12.5 x 3.1 mm, 4.2.',
    'L5/S1, Th12/L1, C5/6; 2/3 of the vertebra; grade 3/5',
    'May represent a cyst. This may be benign.',
    'WHO 2021 grade 4, Fleischner (2017), PI-RADS v2.1',
    '2020 ml of fluid, 2024 images, -1010 HU',
    'follow-up in 6 months; seen 3 weeks ago; stable over the last year',
    'at 14:30 by telephone',
    'March fracture of the second metatarsal',
    '1.2.840.113619.2.55.3',
  ]) {
    assert.deepEqual(found(text, 'en'), [], text);
  }
});

test('a date goes back as it was typed, where it is the moved day of a study of this case and of nothing else', () => {
  const dates = { shiftDays: -100, studyDays: new Set(['2024-03-12']), language: 'en' };
  assert.deepEqual(restoreDates('CT of 12th March 2024 and of 2024-03-12: stable.', dates), {
    text: 'CT of 20th June 2024 and of 2024-06-20: stable.',
    irreversible: [],
  });
  assert.deepEqual(restoreDates('CT of 13 March 2024.', dates).irreversible, ['13 March 2024']);
  assert.deepEqual(irreversibleDates('CT of 03/12/2024.', dates), ['03/12/2024']);
  assert.deepEqual(restoreDates('CT of 13 March 2024.', { ...dates, shiftDays: 0 }).irreversible, []);
});

test('what somebody confirmed goes as it stands', () => {
  const dates = { shiftDays: -100, studyDays: new Set<string>(), language: 'en', confirmed: new Set(['2019']) };
  assert.deepEqual(restoreDates('Operated in 2019.', dates), { text: 'Operated in 2019.', irreversible: [] });
});
