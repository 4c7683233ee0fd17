// Whether a person name is the one asked for: PS3.4 C.2.2.2.1 (literal, case does not matter) and C.2.2.2.1.3 (by sound).

import { matchablePersonName, personNameGroups, soundsOf, wordsOf } from './person-name.ts';
import { hasWildcard, matchesPattern } from './wildcards.ts';

/** A key without `=` may be in any of the three component groups, as people do not type the delimiter. */
export function namesMatch(stored: string, wanted: string, fuzzy: boolean): boolean {
  if (fuzzy) return namesSoundAlike(stored, wanted);
  const name = matchablePersonName(stored);
  const key = matchablePersonName(wanted);
  if (!wanted.includes('=')) {
    const { alphabetic } = key;
    return alphabetic === undefined || personNameGroups.some((group) => groupMatches(name[group], alphabetic));
  }
  return personNameGroups.every((group) => key[group] === undefined || groupMatches(name[group], key[group]));
}

function groupMatches(stored: string | undefined, wanted: string): boolean {
  if (/^\*+$/.test(wanted)) return true;
  if (stored === undefined) return false;
  return hasWildcard(wanted) ? matchesPattern(stored, wanted) : stored === wanted;
}

/** Each word of the key begins a word of the name, or sounds like one. */
function namesSoundAlike(stored: string, wanted: string): boolean {
  const words = wordsOf(stored);
  const sounds = soundsOf(stored);
  return wordsOf(wanted).every(
    (word) => words.some((each) => each.startsWith(word)) || soundsOf(word).some((sound) => sounds.includes(sound)),
  );
}
