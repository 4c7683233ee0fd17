// Keys under which spellings of one name fall together: `canonical` for romanisations and orthographies, `skeleton` for
// its consonants (Arabic and Hebrew write no others), `sound` for blocking.

/** Longest spelling first; each rule sees what the rules before it left. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/schtsch|shtch|szcz/g, 'S'],
  [/tsch|tch|cz/g, 'C'],
  [/sch|sz|sh/g, 'S'],
  [/ch/g, 'C'],
  [/dzh|dj|zh/g, 'j'],
  [/ph/g, 'f'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/th/g, 't'],
  [/ck|q/g, 'k'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/w/g, 'v'],
  [/ff$/g, 'v'],
  [/tz/g, 'ts'],
  [/z/g, 's'],
  [/ae/g, 'a'],
  [/oe/g, 'o'],
  [/ue/g, 'u'],
  [/eo/g, 'o'],
  [/ou|oo/g, 'u'],
  [/ee|ie|iy|yi|ij|yy|ii/g, 'i'],
  [/io|jo|yo/g, 'o'],
  [/ai|ay|ei|ey/g, 'e'],
  [/[yj]/g, 'i'],
  [/(?<=[aeiou])h/g, ''],
  [/(.)\1+/g, '$1'],
  [/(?<=.)ii?$/g, 'i'],
];

/** One text for the spellings of one sound; text of other scripts is itself. */
export function canonical(name: string): string {
  if (!/^[a-z]+$/.test(name)) return name;
  let text = name;
  for (const [spelling, sound] of rules) text = text.replace(spelling, sound);
  return text || name;
}

/** Consonants of the canonical form behind a mark for its first letter. */
export function skeleton(canonicalName: string): string {
  if (!/^[A-Za-z]+$/.test(canonicalName)) return canonicalName;
  const first = /^[aeiou]/.test(canonicalName) ? 'a' : '';
  return first + canonicalName.replace(/[aeiou]/g, '').replace(/(.)\1+/g, '$1');
}

/** Initials that are heard as one another, as one letter. */
export function soundInitial(canonicalName: string): string {
  const first = canonicalName[0] ?? '';
  return soundClasses[first] ?? first;
}

const soundClasses: Record<string, string> = {
  a: 'a',
  e: 'a',
  i: 'a',
  o: 'a',
  u: 'a',
  b: 'p',
  p: 'p',
  d: 't',
  t: 't',
  g: 'k',
  k: 'k',
  f: 'v',
  v: 'v',
  s: 's',
  S: 's',
  C: 's',
  m: 'm',
  n: 'm',
  l: 'l',
  r: 'l',
  h: 'h',
};
