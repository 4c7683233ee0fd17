// Words to write rows with.

import { type Language, linesOf } from '../vocabulary/index.ts';

/** The words of each concept that mean nothing else besides: `CTPA` is no word for CT, `mammogram` none for the breast. */
export function unmixed(language: Language): Map<string, string[]> {
  const lines = linesOf(language);
  const meanings = Map.groupBy(
    lines.flatMap(({ concept, words }) => words.map((word) => ({ concept, word }))),
    ({ word }) => word,
  );
  const isModality = (word: string): boolean =>
    meanings.get(word)?.some(({ concept }) => concept.startsWith('modality')) ?? false;
  return new Map(
    lines.map(({ concept, words }) => {
      const pure = words.filter((word) => {
        const others = meanings.get(word)!.filter((other) => other.concept !== concept);
        return others.length === 0 && (concept.startsWith('modality') || !word.split(' ').some(isModality));
      });
      return [concept, pure.length > 0 ? pure : words];
    }),
  );
}
