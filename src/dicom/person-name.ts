// Person names (VR PN, PS3.5 6.2.1): component groups and components, the form in which they are compared (PS3.4
// C.2.2.2.1 leaves case and accents to us: case does not matter, accents do, as in the archives that sites compare us
// with), and how their words sound (fuzzy semantic matching), where accents do not matter either.

export const personNameGroups = ['alphabetic', 'ideographic', 'phonetic'] as const;

export type PersonNameGroup = (typeof personNameGroups)[number];

/** The five components of one group; absent where empty. */
export interface PersonNameComponents {
  family?: string;
  given?: string;
  middle?: string;
  prefix?: string;
  suffix?: string;
}

export type PersonName = { [group in PersonNameGroup]?: PersonNameComponents };

const componentNames = ['family', 'given', 'middle', 'prefix', 'suffix'] as const;

/** The groups and components of one value. Padding is dropped; components beyond the fifth are kept with the suffix. */
export function parsePersonName(text: string): PersonName {
  return mapGroups(text, (group) => {
    const parts = group.split('^').map((part) => part.trim());
    const five = [...parts.slice(0, 4), parts.slice(4).join(' ').trim()];
    const components: PersonNameComponents = {};
    componentNames.forEach((name, at) => {
      const part = five[at];
      if (part) components[name] = part;
    });
    return Object.keys(components).length === 0 ? undefined : components;
  });
}

/** The value that these components make, without trailing delimiters. */
export function formatPersonName(name: PersonName): string {
  const groups = personNameGroups.map((group) =>
    withoutTrailing(componentNames.map((component) => name[group]?.[component] ?? '').join('^'), '^'),
  );
  return withoutTrailing(groups.join('='), '=');
}

/** Each group as it is compared; absent where empty. Wildcards pass through unchanged. */
export function matchablePersonName(text: string): { [group in PersonNameGroup]?: string } {
  return mapGroups(text, (group) => {
    const components = lowerCase(group)
      .split('^')
      .map((part) => part.trim().replace(/\s+/g, ' '));
    return withoutTrailing(components.join('^'), '^') || undefined;
  });
}

/** The words of a name or a part of one, in lower case. Wildcards are ignored. */
export const wordsOf = (text: string): string[] => split(lowerCase(text));

/** One code for each word of a name or a part of one; equal codes sound alike. Wildcards are ignored. */
export const soundsOf = (text: string): string[] => [...new Set(split(fold(text)).map(soundOf))];

const split = (text: string): string[] =>
  text
    .replace(/[*?'’`.]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');

function mapGroups<T>(text: string, read: (group: string) => T | undefined): { [group in PersonNameGroup]?: T } {
  const groups = text.split('=');
  const result: { [group in PersonNameGroup]?: T } = {};
  personNameGroups.forEach((name, at) => {
    const value = read(groups[at] ?? '');
    if (value !== undefined) result[name] = value;
  });
  return result;
}

function withoutTrailing(text: string, delimiter: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === delimiter) end--;
  return text.slice(0, end);
}

/** The marks above and below letters of Latin, Greek and Cyrillic, Hebrew points and Arabic vowels. */
const marks = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

/** Letters that Unicode does not take apart into a letter and a mark. */
const letters: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Lower case, compatibility forms resolved (half-width katakana, ligatures), one sigma wherever it stands in a word. */
function lowerCase(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ');
}

/** Lower case without marks; Hangul and kana whole. */
function fold(text: string): string {
  const lower = lowerCase(text);
  if (/^[\0-\x7f]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter]!);
}

/** Spellings of one sound in European names, longest first. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/sch|tch|cz|sz|sh|ch(?=[iey])/g, 's'],
  [/ph/g, 'f'],
  [/gh(?=t|$)/g, ''],
  [/c(?=[eiy])/g, 's'],
  [/ck|ch|c|q/g, 'k'],
  [/x/g, 'ks'],
  [/dg|j|z/g, 's'],
  [/w/g, 'v'],
  [/y/g, 'i'],
  [/(?<=.)h/g, ''],
];

/** Consonants that are heard as one another within a word. */
const alike: Record<string, string> = {
  b: 'P',
  p: 'P',
  f: 'F',
  v: 'F',
  g: 'K',
  k: 'K',
  d: 'T',
  t: 'T',
  m: 'N',
  n: 'N',
};

/**
 * The sound of one folded word: its first letter, then its consonants, those heard as one another under one letter and
 * repetitions once. Words that are not in Latin letters sound like themselves, katakana like hiragana.
 */
function soundOf(word: string): string {
  if (!/^[a-z]+$/.test(word)) {
    return word.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  }
  const spelt = spellings.reduce((text, [spelling, sound]) => text.replace(spelling, sound), word) || word;
  const first = spelt[0]!;
  let code = /[aeiou]/.test(first) ? 'A' : first.toUpperCase();
  let last = alike[first] ?? first.toUpperCase();
  for (const letter of spelt.slice(1)) {
    const sound = /[aeiou]/.test(letter) ? '' : (alike[letter] ?? letter.toUpperCase());
    if (sound !== '' && sound !== last) code += sound;
    last = sound;
  }
  return code;
}
