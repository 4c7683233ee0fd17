import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { GoldenField } from '../identity/golden-record.ts';
import { differences, fieldRows } from './pair-fields.ts';
import type { Side } from './reviews.ts';

const field = (value: string, others: Partial<GoldenField>[] = []): GoldenField => ({
  value,
  count: 1,
  timestamp: '2026-01-01T00:00:00Z',
  site: 'NORTH',
  medium: 'hl7',
  others: others as GoldenField[],
});
const side = (fields: Side['fields']): Side => ({ id: 'P1', sightings: 1, studies: [], identifiers: [], fields });

test('a value is marked where two part: between the beginning and the end that they share', () => {
  assert.deepEqual(differences('1961-03-07', '1961-08-07'), [
    [
      { text: '1961-0', differs: false },
      { text: '3', differs: true },
      { text: '-07', differs: false },
    ],
    [
      { text: '1961-0', differs: false },
      { text: '8', differs: true },
      { text: '-07', differs: false },
    ],
  ]);
});

test('what is marked and what is not is the value, whatever the two are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
      const parts = differences(left, right);
      assert.deepEqual(
        parts.map((each) => each.map(({ text }) => text).join('')),
        [left, right],
      );
      const unmarked = parts.map((each) => each.filter(({ differs }) => !differs).length);
      if (left === right) assert.deepEqual(unmarked, left === '' ? [0, 0] : [1, 1]);
    }),
  );
});

test('case and accents are no difference, a value that one side lacks is said to be missing, one that both lack is not told', () => {
  const rows = fieldRows([
    side({ name: field('MÜLLER^Jörg'), sex: field('M'), birthDate: field('19610307') }),
    side({
      name: field('Muller^jorg', [{ value: 'Huber^Jörg', site: 'SOUTH', count: 2 }]),
      birthDate: field('19610308'),
    }),
  ]);
  assert.deepEqual(
    rows.map(({ label, verdict }) => [label, verdict]),
    [
      ['Name', 'same'],
      ['Born', 'different'],
      ['Sex', 'unknown'],
    ],
  );
  assert.deepEqual(rows[0]!.sides[1].others, ['HUBER, Jörg (SOUTH, 2 times)']);
});
