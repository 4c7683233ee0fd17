// The languages that checks understand. What is written in another is read by the words of all of them.

export const languages = ['en', 'de', 'fr', 'es', 'it', 'nl'] as const;
export type Language = (typeof languages)[number];

/** Words of one concept in each language, separated by commas; `*` stands for any letters at a word's ends. */
export type Phrases = Readonly<Record<Language, string>>;

/** Of a BCP 47 tag. */
export function languagesOf(tag: string): readonly Language[] {
  const primary = tag.toLowerCase().split('-')[0]!;
  return languages.filter((language) => language === primary).length === 1 ? [primary as Language] : languages;
}
