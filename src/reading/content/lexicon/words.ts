// Text as words with their places, in clauses: what one says of a finding ends where the clause does.

export interface Word {
  /** Without case and accents. */
  word: string;
  start: number;
  end: number;
}

export interface Clause {
  words: readonly Word[];
  start: number;
  end: number;
}

const ligatures: Readonly<Record<string, string>> = { ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o' };

export const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßœæø]/g, (letter) => ligatures[letter]!);

/** Sentences and what semicolons, line ends and words of contrast divide; a decimal point divides nothing. */
const BOUNDARY =
  /[.!?](?=\s|$)|[;\n]|,?\s(?:but|however|although|aber|jedoch|mais|cependant|pero|ma|però|maar|echter)\s/giu;

export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const boundary of text.matchAll(BOUNDARY)) {
    clauses.push(clause(text, start, boundary.index));
    start = boundary.index + boundary[0].length;
  }
  clauses.push(clause(text, start, text.length));
  return clauses.filter(({ words }) => words.length > 0);
}

function clause(text: string, start: number, end: number): Clause {
  const words = [...text.slice(start, end).matchAll(/[\p{L}\p{M}]+|\p{N}+(?:[.,]\p{N}+)*/gu)].map((match) => ({
    word: folded(match[0]),
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
  return { words, start, end };
}
