// Text as it is compared: no case, no accents, one token a word, one a number, one a character of Chinese, Japanese or
// Korean, so that a phrase of any language is a sequence of tokens.

const ligatures: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', ı: 'i', đ: 'd', ð: 'd' };
const twoLetterVowels: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** Signs that mean something, as words: `C+`, `C-`, `+/-`, `w/o`. */
const signs: [RegExp, string][] = [
  [/_/g, ' '],
  [/\br\s?\/\s?o\b/gi, ' rule out '],
  [/\bc\s?[-+]\s?\/\s?(c\s?)?[-+](?!\w)/gi, ' with and without contrast '],
  [/(\+\s?\/\s?-|±|-\s?\/\s?\+)/g, ' with and without '],
  [/\b(c|km|ce|iv|gd|mdc)\s?\+(?=\s*(\)|$))/gi, ' with contrast '],
  [/\bc\s?\+(?=\s|$|\))/gi, ' with contrast '],
  [/\bc-(?=\s|$|\))/gi, ' without contrast '],
  [/\+/g, ' plus '],
  [/&/g, ' and '],
];

const token =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]|\p{N}+|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー])[\p{L}\p{M}])+/gu;

export function tokensOf(text: string): string[] {
  let plain = text.normalize('NFKC');
  // `C.T.`, `i.v.`, `k.k.`
  plain = plain.replace(/(?<!\p{L})(\p{L}\.){2,}/gu, (letters) => `${letters.replaceAll('.', '')} `);
  for (const [pattern, words] of signs) plain = plain.replace(pattern, words);
  return (
    plain
      .replace(/(\p{Ll}{2})(\p{Lu}{2})/gu, '$1 $2')
      .toLowerCase()
      .match(token) ?? []
  ).map(withoutAccents);
}

/** The ways a word of the vocabulary may stand in a text: `schädel` as schadel and schaedel. */
export function spellingsOf(word: string): string[] {
  const spelled = tokensOf(word).join(' ');
  const lower = word.normalize('NFC').toLowerCase();
  if (!/[äöüøå]/.test(lower)) return [spelled];
  return [spelled, tokensOf(lower.replace(/[äöüøå]/g, (letter) => twoLetterVowels[letter]!)).join(' ')];
}

function withoutAccents(word: string): string {
  const bare = word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
  return bare.replace(/[ßøæœłıđð]/g, (letter) => ligatures[letter]!);
}

export const isIdeographic = (text: string): boolean =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text);
