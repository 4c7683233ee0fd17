// What days and months are called in the languages that reports are written in, as far as it takes to find a date in prose and to
// write another one in its place.

/** ISO 639-1. */
export const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'] as const;
export type Language = (typeof languages)[number];

interface Months {
  names: readonly string[];
  /** Without the full stop that may follow; the first of several is written. */
  short: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

/** A month with several names has them apart by `|`. */
const months: Readonly<Record<Language, Months>> = {
  en: {
    names: words('January February March April May June July August September October November December'),
    short: words('Jan Feb Mar Apr May Jun Jul Aug Sep|Sept Oct Nov Dec'),
  },
  de: {
    names: words(
      'Januar|Jänner Februar|Feber März|Maerz April Mai Juni Juli August September Oktober November Dezember',
    ),
    short: words('Jan|Jän Feb|Febr Mär|Mrz Apr Mai Jun Jul Aug Sep|Sept Okt Nov Dez'),
  },
  fr: {
    names: words(
      'janvier février|fevrier mars avril mai juin juillet août|aout septembre octobre novembre décembre|decembre',
    ),
    short: words('janv févr|fév|fevr mars avr mai juin juil août sept oct nov déc'),
  },
  es: {
    names: words('enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre'),
    short: words('ene feb mar abr may jun jul ago sep|sept oct nov dic'),
  },
  it: {
    names: words('gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'),
    short: words('gen|genn feb|febb mar apr mag giu lug ago set|sett ott nov dic'),
  },
  nl: {
    names: words('januari februari maart april mei juni juli augustus september oktober november december'),
    short: words('jan feb mrt apr mei jun jul aug sep|sept okt nov dec'),
  },
  pt: {
    names: words('janeiro fevereiro março|marco abril maio junho julho agosto setembro outubro novembro dezembro'),
    short: words('jan fev mar abr mai jun jul ago set out nov dez'),
  },
};

export interface MonthWord {
  language: Language;
  /** 1 to 12. */
  month: number;
  isShort: boolean;
}

const byWord = new Map<string, MonthWord[]>();
for (const language of languages) {
  for (const [isShort, list] of [
    [false, months[language].names],
    [true, months[language].short],
  ] as const) {
    for (const [at, spelt] of list.entries()) {
      for (const each of spelt.toLowerCase().split('|')) {
        const known = byWord.get(each) ?? [];
        if (!known.some((other) => other.language === language)) known.push({ language, month: at + 1, isShort });
        byWord.set(each, known);
      }
    }
  }
}

/** What a word may mean, one for each language; empty where it is no month. */
export const monthsCalled = (word: string): readonly MonthWord[] => byWord.get(word.toLowerCase()) ?? [];

/** As it is written in that language, in small and large letters as `like` is. */
export function monthName({ language, isShort }: MonthWord, month: number, like: string): string {
  const name = months[language][isShort ? 'short' : 'names'][month - 1]!.split('|')[0]!;
  if (like.length > 1 && like === like.toUpperCase()) return name.toUpperCase();
  const isCapital = like[0] !== like[0]!.toLowerCase();
  return isCapital ? name[0]!.toUpperCase() + name.slice(1) : name.toLowerCase();
}

const alternatives = (list: readonly string[]): string => [...list].sort((a, b) => b.length - a.length).join('|');

/** Words that mean a month and little else, for a regular expression. */
export const anyMonth = alternatives(
  // In capitals it is magnetic resonance.
  [...byWord.keys()].map((word) => (word === 'mrt' ? '(?-i:[Mm]rt)' : word)),
);

/** Full names that are words of other things too: those need something beside them that dates have. */
const ambiguous = new Set(['may', 'march', 'mars', 'mai', 'mei', 'mayo', 'marco', 'maio', 'august', 'avril']);
export const plainMonth = alternatives(
  [...byWord]
    .filter(([word, meanings]) => meanings.some(({ isShort }) => !isShort) && !ambiguous.has(word))
    .map(([word]) => word),
);
export const doubtfulMonth = alternatives([...ambiguous]);

export const weekday = alternatives(
  words(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend
    Sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles miercoles jueves viernes sábado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira`),
);

/** Parts of a year, and days that lie in one and the same part of every year. */
export const season = alternatives([
  ...words(`Frühling Frühjahr Sommer Herbst printemps automne hiver primavera verano otoño invierno autunno inverno zomer herfst
    voorjaar najaar Christmas Easter Thanksgiving Weihnachten Ostern Pfingsten Silvester Neujahr Noël Pâques Navidad Pascua Natale
    Pasqua Kerstmis Pasen`),
  ...['(?:last|this|next|previous|in|since|during|early|late|mid)[ -](?:the )?(?:spring|summer|autumn|fall|winter)'],
  ...["(?:cet |l['’])été", 'été dernier', "(?:l['’]|questa |scorsa )estate", 'estate scorsa'],
]);
