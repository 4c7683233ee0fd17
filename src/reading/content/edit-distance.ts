// How much a reader changed of what a program proposed: words that were put in, left out or changed (Levenshtein, by words),
// and what a screen shows of it.

export const limits = {
  /** Words of either text that are compared; what is longer is compared by its first ones and its length. */
  words: 4_000,
} as const;

export interface Difference {
  /** Words put in, left out or changed. */
  words: number;
  /** Share of the longer text, 0 to 1. */
  share: number;
}

export function differenceOf(proposed: string, written: string): Difference {
  const before = wordsOf(proposed);
  const after = wordsOf(written);
  const longer = Math.max(before.length, after.length);
  const beyond = Math.abs(Math.max(before.length, limits.words) - Math.max(after.length, limits.words));
  const words = distance(before.slice(0, limits.words), after.slice(0, limits.words)) + beyond;
  return { words, share: longer === 0 ? 0 : Math.min(1, words / longer) };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

function distance(before: readonly string[], after: readonly string[]): number {
  let row = Uint32Array.from({ length: after.length + 1 }, (_, at) => at);
  for (const [line, word] of before.entries()) {
    const next = new Uint32Array(after.length + 1);
    next[0] = line + 1;
    for (const [at, other] of after.entries()) {
      next[at + 1] = Math.min(row[at + 1]! + 1, next[at]! + 1, row[at]! + (word === other ? 0 : 1));
    }
    row = next;
  }
  return row[after.length]!;
}
