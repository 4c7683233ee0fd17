// Reports with dates in their prose, as readers in several countries type them. Dates are written by the runtime's own tables of
// languages, not by ours, so that what ours leave out is seen.

/** Whole numbers from 0 to below `below`. */
export type Draw = (below: number) => number;

/** Mulberry32: the same row of numbers for the same seed. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export interface DatedReport {
  language: string;
  text: string;
  shiftDays: number;
  /** As the reader saw them, YYYY-MM-DD. */
  studyDays: string[];
  /**
   * Of each date in the text: how it was typed, and how it would be if nothing had been moved; where a month is called the same
   * in full and in short, either.
   */
  typed: { words: string; truths: string[]; isWhole: boolean }[];
}

const DAY_MS = 86_400_000;

const languages = ['en', 'en-GB', 'en-US', 'de', 'fr', 'es', 'it', 'nl'];

/** Before a date, in each language; none of it says a date by itself. */
const leads: Record<string, readonly string[]> = {
  en: ['Comparison: CT of ', 'Compared with the examination dated ', 'Stable since ', 'Prior MRI ('],
  de: ['Vergleich: CT vom ', 'Im Vergleich zur Voraufnahme vom ', 'Konstant seit ', 'Vor-MRT ('],
  fr: ['Comparaison : scanner du ', "Par rapport à l'examen du ", 'Stable depuis le ', 'IRM ('],
  es: ['Comparación: TC del ', 'Respecto al estudio del ', 'Estable desde el ', 'RM ('],
  it: ['Confronto: TC del ', "Rispetto all'esame del ", 'Stabile dal ', 'RM ('],
  nl: ['Vergelijking: CT van ', 'In vergelijking met onderzoek van ', 'Stabiel sinds ', 'MRI ('],
};

/** Sentences with numbers in which there is no date. */
const others: Record<string, readonly string[]> = {
  en: [
    'Nodule of 4.2 x 3.1 mm, previously 3.8 mm.',
    'Disc protrusion L4/5, 12 mm.',
    'May represent a cyst, follow-up in 6 months.',
  ],
  de: [
    'Rundherd 4,2 x 3,1 mm, zuvor 3,8 mm.',
    'Bandscheibenvorfall L5/S1, 12 mm.',
    'Kontrolle in 6 Monaten empfohlen.',
  ],
  fr: ['Nodule de 4,2 x 3,1 mm.', 'Hernie discale L5-S1, 12 mm.', 'Contrôle dans 6 mois.'],
  es: ['Nódulo de 4,2 x 3,1 mm.', 'Hernia discal L5-S1, 12 mm.', 'Control en 6 meses.'],
  it: ['Nodulo di 4,2 x 3,1 mm.', 'Ernia discale L5-S1, 12 mm.', 'Controllo tra 6 mesi.'],
  nl: ['Nodus van 4,2 x 3,1 mm.', 'Hernia L5-S1, 12 mm.', 'Controle over 6 maanden.'],
};

type Write = (day: Date, language: string) => string;

const shown =
  (options: Intl.DateTimeFormatOptions): Write =>
  (day, language) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-US' : language, { ...options, timeZone: 'UTC' }).format(day);
const two = (number: number): string => String(number).padStart(2, '0');

const inFull = shown({ dateStyle: 'long' });

/** Ways to write a whole day. */
const wholeDays: readonly Write[] = [
  (day) => day.toISOString().slice(0, 10),
  (day) => day.toISOString().slice(0, 10).replaceAll('-', ''),
  (day) => `${two(day.getUTCDate())}.${two(day.getUTCMonth() + 1)}.${day.getUTCFullYear()}`,
  (day) => `${day.getUTCDate()}. ${day.getUTCMonth() + 1}. ${day.getUTCFullYear()}`,
  inFull,
  shown({ dateStyle: 'medium' }),
  shown({ day: '2-digit', month: '2-digit', year: 'numeric' }),
  shown({ day: 'numeric', month: 'long', year: 'numeric' }),
];

/** Ways that say less than a day, or leave it open. */
const lessThanDays: readonly Write[] = [
  shown({ month: 'long', year: 'numeric' }),
  shown({ month: 'long', day: 'numeric' }),
  shown({ year: 'numeric' }),
  shown({ month: '2-digit', year: 'numeric' }),
  shown({ day: '2-digit', month: '2-digit', year: '2-digit' }),
  shown({ weekday: 'long' }),
];

export function datedReport(seed: number): DatedReport {
  const draw = drawing(seed);
  const language = languages[draw(languages.length)]!;
  const own = language.slice(0, 2);
  const shiftDays = -(30 + draw(336));
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)]!;
  const studies = Array.from(
    { length: 1 + draw(4) },
    () => new Date(Date.UTC(2012 + draw(14), draw(12), 1 + draw(28))),
  );
  const moved = (day: Date) => new Date(day.getTime() + shiftDays * DAY_MS);
  const typed: DatedReport['typed'] = [];
  const sentences = Array.from({ length: 2 + draw(4) }, () => {
    const isWhole = draw(4) > 0;
    const day = pick(studies);
    const write = pick(isWhole ? wholeDays : lessThanDays);
    const words = write(moved(day), language);
    const lead = pick(leads[own]!);
    typed.push({ words, truths: [write(day, language), inFull(day, language)], isWhole });
    return `${lead}${words}${lead.endsWith('(') ? ')' : ''}. ${pick(others[own]!)}`;
  });
  const studyDays = studies.map((day) => moved(day).toISOString().slice(0, 10));
  return { language, text: sentences.join('\n'), shiftDays, studyDays, typed };
}
