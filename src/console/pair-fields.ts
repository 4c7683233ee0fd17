// Two people beside each other, field by field: what is the same, what is not, and where in a value they part.

import type { FieldValue, GoldenFieldName } from '../identity/golden-record.ts';
import { shownDate } from '../viewer/dates.ts';
import { shownName } from '../viewer/dicom-json.ts';
import type { Side } from './reviews.ts';

export interface Part {
  text: string;
  differs: boolean;
}

export interface Shown {
  parts: Part[];
  /** Other values, with who said them. */
  others: string[];
}

export interface FieldRow {
  label: string;
  /** `unknown`: one side says nothing. */
  verdict: 'same' | 'different' | 'unknown';
  sides: [Shown, Shown];
}

const name = (value: string): string =>
  value
    .split('=')
    .map((group) => shownName(group))
    .filter((group) => group !== '')
    .join(' · ');
const asItIs = (value: string): string => value;

const fields: readonly [GoldenFieldName, string, (value: string) => string][] = [
  ['name', 'Name', name],
  ['birthName', 'Name at birth', name],
  ['birthDate', 'Born', shownDate],
  ['sex', 'Sex', asItIs],
  ['nationalId', 'National id', asItIs],
  ['address', 'Address', asItIs],
  ['phone', 'Phone', asItIs],
];

/** Fields of which neither side says anything are left out. */
export function fieldRows(sides: readonly [Side, Side]): FieldRow[] {
  return fields.flatMap(([field, label, shown]) => {
    const [left, right] = sides.map((side) => side.fields[field]) as [Side['fields']['name'], Side['fields']['name']];
    if (left === undefined && right === undefined) return [];
    const values = [left, right].map((each) => (each === undefined ? '' : shown(each.value))) as [string, string];
    const parts = differences(...values);
    const [leftOthers, rightOthers] = [left, right].map((each) => othersOf(each?.others ?? [], shown));
    return {
      label,
      verdict: verdictOf(values),
      sides: [
        { parts: parts[0], others: leftOthers! },
        { parts: parts[1], others: rightOthers! },
      ],
    };
  });
}

function verdictOf([left, right]: [string, string]): FieldRow['verdict'] {
  if (left === '' || right === '') return 'unknown';
  return plain(left) === plain(right) ? 'same' : 'different';
}

const othersOf = (others: readonly FieldValue[], shown: (value: string) => string): string[] =>
  others.map(({ value, site, count }) => `${shown(value)} (${site}${count > 1 ? `, ${count} times` : ''})`);

/** What lies between the same beginning and the same end; letters and their case count as one. */
export function differences(left: string, right: string): [Part[], Part[]] {
  const sides = [[...left], [...right]] as const;
  const [a, b] = sides.map((letters) => letters.map(plain)) as [string[], string[]];
  if (left === '' || right === '' || plain(left) === plain(right)) return [whole(left), whole(right)];
  const shorter = Math.min(a.length, b.length);
  let begin = 0;
  while (begin < shorter && a[begin] === b[begin]) begin += 1;
  let end = 0;
  while (end < shorter - begin && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return sides.map((letters) => partsOf(letters, begin, letters.length - end)) as [Part[], Part[]];
}

const whole = (text: string): Part[] => (text === '' ? [] : [{ text, differs: false }]);

const partsOf = (letters: readonly string[], begin: number, end: number): Part[] =>
  [
    { text: letters.slice(0, begin).join(''), differs: false },
    { text: letters.slice(begin, end).join(''), differs: true },
    { text: letters.slice(end).join(''), differs: false },
  ].filter(({ text }) => text !== '');

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
