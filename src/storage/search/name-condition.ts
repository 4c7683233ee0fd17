// Person names in SQL. The columns hold each component group as `matchablePersonName` gives it. PS3.5 6.2.1, PS3.4
// C.2.2.2.1 (literal matching, case does not matter) and C.2.2.2.1.3 (fuzzy semantic matching).

import { matchablePersonName, personNameGroups, soundsOf, wordsOf } from '../../dicom/person-name.ts';
import { hasWildcard } from '../../dicom/wildcards.ts';
import type { Parameters } from './statement.ts';
import { anyOf, EMPTY_VALUE, equalsAny, isEmpty, matchesPattern } from './text-condition.ts';

/** `columns` are those of the three groups. A key without `=` may be in any of them, as people do not type the delimiter. */
export function nameCondition(
  columns: readonly string[],
  value: string,
  fuzzy: boolean,
  parameters: Parameters,
): string {
  if (value === EMPTY_VALUE) return columns.map(isEmpty).join(' and ');
  if (fuzzy) return fuzzyCondition(columns, value, parameters);
  const groups = matchablePersonName(value);
  if (!value.includes('=')) {
    const group = groups.alphabetic;
    return group === undefined
      ? hasName(columns)
      : anyOf(columns.map((column) => groupCondition(column, group, parameters)));
  }
  const conditions = personNameGroups.flatMap((name, at) => {
    const group = groups[name];
    return group === undefined || /^\*+$/.test(group) ? [] : [groupCondition(columns[at]!, group, parameters)];
  });
  return conditions.length === 0 ? hasName(columns) : conditions.join(' and ');
}

/** A key of delimiters alone is any name. */
const hasName = (columns: readonly string[]): string => `coalesce(${columns.join(', ')}) is not null`;

const groupCondition = (column: string, group: string, parameters: Parameters): string =>
  hasWildcard(group) ? matchesPattern(column, group, parameters) : equalsAny(column, [group], parameters);

/** Each word of the key begins a word of the name, or sounds like one. */
function fuzzyCondition(columns: readonly string[], value: string, parameters: Parameters): string {
  const conditions = wordsOf(value).map((word) => {
    const sounds = `s.patient_name_sounds && ${parameters.bind(soundsOf(word))}::text[]`;
    const begins = columns.map((column) => beginsWord(column, word, parameters));
    return anyOf([sounds, ...begins]);
  });
  return conditions.length === 0 ? hasName(columns) : conditions.join(' and ');
}

/** What stands between the words of a name, as components do. */
const separators = ' -,;:/()[]_&+';
const components = (column: string): string =>
  `'^' || translate(${column}, '${separators}', '${'^'.repeat(separators.length)}')`;

/** The first comparison is for the index of trigrams; the second sees that the word begins where a word does. */
function beginsWord(column: string, word: string, parameters: Parameters): string {
  const anywhere = matchesPattern(column, `*${word}*`, parameters);
  const atBegin = matchesPattern(components(column), `*^${word}*`, parameters);
  return `${anywhere} and ${atBegin}`;
}
