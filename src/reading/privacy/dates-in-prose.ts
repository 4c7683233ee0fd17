// Dates that somebody typed into a text: days in any common form, and whatever names a month, a year, a season or a weekday. One
// that is not found goes home wrong, so that in doubt it is one.

import {
  anyMonth,
  doubtfulMonth,
  languages,
  type MonthWord,
  monthName,
  monthsCalled,
  plainMonth,
  season,
  weekday,
} from './calendar-words.ts';

export interface DateInProse {
  /** Where it stands: UTF-16 units, half-open. */
  start: number;
  end: number;
  words: string;
  /** The one day that it means, YYYY-MM-DD; absent where it may mean several, or no day. */
  day?: string;
  /** The same words with another day in them. Of one that has a day. */
  write?(day: string): string;
}

/** In order, none within another. `language`: BCP 47 of the text, by which 3/4/2024 is read; absent: unknown. */
export function datesInProse(text: string, language?: string): DateInProse[] {
  const shown = legible(text);
  const found: DateInProse[] = [];
  for (const { pattern, read } of forms) {
    for (const match of shown.text.matchAll(pattern)) {
      const one = located(text, shown, match);
      if (found.some((other) => one.start < other.end && other.start < one.end)) continue;
      if (read === undefined) found.push(one);
      else found.push(...whole(read(match, language), { ...one, shown, match, text }));
    }
  }
  return found.sort((a, b) => a.start - b.start).map((one) => asPartOfSeveral(one, text));
}

/** Blanks, dashes, strokes and digits of any script as ASCII has them, without marks that nobody sees. */
interface Legible {
  text: string;
  /** Where in the original each unit came from; one more for the end. */
  at: readonly number[];
}

const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;
const legibly: readonly (readonly [RegExp, string])[] = [
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/, ' '],
  [/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/, '-'],
  [/[\u2044\u2215\uff0f]/, '/'],
  [/[\u2024\uff0e]/, '.'],
];
const zeros = [0x660, 0x6f0, 0x966, 0xff10];

function legible(original: string): Legible {
  let text = '';
  const at: number[] = [];
  for (let i = 0; i < original.length; i++) {
    const unit = original[i]!;
    if (unseen.test(unit)) continue;
    text += unit < '\x7f' ? unit : (legibly.find(([pattern]) => pattern.test(unit))?.[1] ?? digit(unit) ?? unit);
    at.push(i);
  }
  return { text, at: [...at, original.length] };
}

function digit(unit: string): string | undefined {
  const code = unit.charCodeAt(0);
  const zero = zeros.find((each) => code >= each && code < each + 10);
  return zero === undefined ? undefined : String(code - zero);
}

type Match = RegExpMatchArray & { indices?: RegExpIndicesArray };

function located(text: string, { at }: Legible, match: Match): DateInProse {
  const from = match.index!;
  const start = at[from]!;
  const end = at[from + match[0].length - 1]! + 1;
  return { start, end, words: text.slice(start, end) };
}

/** What a form of a day says: readings, the likeliest first; none where it is no day at all. */
interface Read {
  /** YYYY-MM-DD; several where nothing tells which is meant. */
  days: readonly string[];
  /** Absent where day, month and year are digits. */
  month?: MonthWord;
  /** Groups as this reading takes them. */
  groups: { day: string; month: string; year: string };
}

function whole(
  read: Read | undefined,
  { shown, match, text, ...one }: DateInProse & { shown: Legible; match: Match; text: string },
): DateInProse[] {
  if (read === undefined) return [];
  const [day] = read.days;
  if (day === undefined || read.days.length > 1) return [one];
  return [{ ...one, day, write: (other) => rewritten(text, shown, { match, read, one }, other) }];
}

/** Each part of it exchanged where it stands. */
function rewritten(
  text: string,
  { at }: Legible,
  { match, read, one }: { match: Match; read: Read; one: DateInProse },
  other: string,
): string {
  const [year, month, day] = other.split('-') as [string, string, string];
  const { groups } = read;
  const place = (name: string) => match.indices!.groups![name];
  const was = (name: string) => match.groups![name]!;
  const isPadded = padding(was(groups.day), read.month === undefined ? was(groups.month) : '1');
  const number = (two: string) => (isPadded ? two : String(Number(two)));
  const parts: [string, string][] = [
    [groups.year, year],
    [groups.month, read.month === undefined ? number(month) : monthName(read.month, Number(month), was(groups.month))],
    [groups.day, number(day)],
    ['suffix', suffix(Number(day), match.groups!.suffix ?? '')],
  ];
  const edits = parts
    .flatMap(([name, value]) => {
      const range = place(name);
      return range === undefined ? [] : [{ from: at[range[0]]!, to: at[range[1]]!, value }];
    })
    .sort((a, b) => b.from - a.from);
  let words = text.slice(one.start, one.end);
  for (const { from, to, value } of edits) {
    words = words.slice(0, from - one.start) + value + words.slice(to - one.start);
  }
  return words;
}

/** Whether numbers below ten have a zero before them: as far as it can be seen. */
const padding = (day: string, month: string): boolean =>
  day.startsWith('0') || month.startsWith('0') || (day.length > 1 && month.length > 1);

/** 1st, 2nd, 3rd; 1er and 2 in French; anything else stays. */
function suffix(day: number, like: string): string {
  if (/^(?:er|ème|e)$/i.test(like)) return day === 1 ? 'er' : '';
  if (!/^(?:st|nd|rd|th)$/i.test(like)) return like;
  const english = day % 10 > 3 || (day > 10 && day < 14) ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return like === like.toUpperCase() ? english.toUpperCase() : english;
}

const isDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const isoDay = (year: string, month: number, day: string): string =>
  `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;

/** Year first: nothing else is written so. */
function yearFirst({ groups }: Match): Read | undefined {
  const { year, b, c } = groups as { year: string; b: string; c: string };
  if (!isDay(Number(year), Number(b), Number(c))) return undefined;
  return { days: [isoDay(year, Number(b), c)], groups: { year: 'year', month: 'b', day: 'c' } };
}

/** Year last: with full stops the day is first, with strokes that depends on who writes. */
function yearLast({ groups }: Match, language: string | undefined): Read | undefined {
  const { a, b, year, separator } = groups as { a: string; b: string; year: string; separator: string };
  const dayFirst = isDay(Number(year), Number(b), Number(a)) ? [isoDay(year, Number(b), a)] : [];
  const monthFirst = isDay(Number(year), Number(a), Number(b)) ? [isoDay(year, Number(a), b)] : [];
  const first = separator.includes('.') ? 'day' : orderIn(language);
  const ofDayFirst = { year: 'year', month: 'b', day: 'a' };
  if (first === 'day' && dayFirst.length > 0) return { days: dayFirst, groups: ofDayFirst };
  if (first === 'month' && monthFirst.length > 0) {
    return { days: monthFirst, groups: { year: 'year', month: 'a', day: 'b' } };
  }
  // 3/3/2024 is one day, and says nothing of how another is to be written.
  const days = [...dayFirst, ...monthFirst];
  if (days.length === 0) return undefined;
  const isMonthFirst = dayFirst.length === 0;
  return { days, groups: isMonthFirst ? { year: 'year', month: 'a', day: 'b' } : ofDayFirst };
}

/** In English the region decides; where it is not said, nobody knows. */
function orderIn(language: string | undefined): 'day' | 'month' | undefined {
  if (language === undefined) return undefined;
  const [name = '', ...rest] = language.toLowerCase().split('-');
  if (name === 'en') return rest.length === 0 ? undefined : rest.some((each) => each === 'us') ? 'month' : 'day';
  return (languages as readonly string[]).includes(name) ? 'day' : undefined;
}

function inWords({ groups }: Match, language: string | undefined): Read | undefined {
  const { day, month, year, suffix: ending = '' } = groups as Record<string, string>;
  const meanings = monthsCalled(month!);
  const meaning =
    meanings.find((each) => each.language === language?.slice(0, 2).toLowerCase()) ??
    (ending === '.' ? meanings.find((each) => each.language === 'de') : undefined) ??
    meanings[0];
  if (meaning === undefined || !isDay(Number(year), meaning.month, Number(day))) return undefined;
  // The same word for different months in two languages leaves it open; there is none, and the table may grow.
  const days = [...new Set(meanings.map((each) => isoDay(year!, each.month, day!)))];
  return { days, month: meaning, groups: { day: 'day', month: 'month', year: 'year' } };
}

interface Form {
  pattern: RegExp;
  /** What day it says. Absent: it says none that is certain. */
  read?(match: Match, language: string | undefined): Read | undefined;
}

const notBefore = '(?<![\\p{L}\\p{N}]|\\d[./-])';
const year = '(?<year>(?:19|20)\\d{2})';
const ordinal = '(?<suffix>st|nd|rd|th|er|ème|\\.|º|°)?';
const of = "(?:\\s|-)*(?:(?:of|de|del|d['’]|di)\\s+)?";
const dated =
  'vom|am|seit|bis|zum|ab|on|from|since|dated?|until|du|le|au|depuis|el|del|desde|hasta|il|dal|al|op|van|sinds|tot|em|d\\.d\\.';
const said = `(?:${dated}|in|im|of|by|to|last|early|mid|late|next|previous|until|through|en|début|fin|mi|fin de|finales de|inizio|fine|begin|eind|letzten|vorigen|vorige|nel|di|de)`;
const form = (source: string, read?: Form['read'], flags = 'giud'): Form => ({
  pattern: new RegExp(source, flags),
  ...(read && { read }),
});

/** The first that takes a place has it. */
const forms: readonly Form[] = [
  // 2024-03-12, 2024/3/12, 2024.03.12, 20240312, with a time behind it or not.
  form(
    `${notBefore}${year}(?<separator>\\s?[-/.]\\s?|\\s)(?<b>\\d{1,2})\\k<separator>(?<c>\\d{1,2})(?!\\d|[./-]\\d)`,
    yearFirst,
  ),
  form(
    `${notBefore}${year}(?<b>0[1-9]|1[0-2])(?<c>0[1-9]|[12]\\d|3[01])(?!\\d(?!\\d{3}(?:\\d\\d)?(?!\\d))|[./]\\d)`,
    yearFirst,
  ),
  // 12.03.2024, 3/12/2024, 12-03-2024, 12. 3. 2024.
  form(
    `${notBefore}(?<a>\\d{1,2})(?<separator>\\s?[-/]\\s?|\\.\\s?|\\s)(?<b>\\d{1,2})\\k<separator>${year}(?!\\d|[./]\\d)`,
    yearLast,
  ),
  // 12 March 2024, 12. März 2024, 12 de marzo de 2024, 12-Mar-2024; March 12, 2024.
  form(
    `${notBefore}(?<day>\\d{1,2})${ordinal}${of}(?<month>${anyMonth})\\.?(?:,|\\s|-)*(?:(?:de|del|di|of)\\s+)?${year}(?!\\d)`,
    inWords,
  ),
  form(`(?<!\\p{L})(?<month>${anyMonth})\\.?\\s*(?<day>\\d{1,2})${ordinal}\\s*,?\\s*${year}(?!\\d)`, inWords),
  // The same with a year of two digits, or without one.
  form(`${notBefore}\\d{1,2}\\s?([-/.])\\s?\\d{1,2}\\s?\\1\\s?['’]?\\d{2}(?!\\d|[./-]\\d)`),
  form(
    `${notBefore}\\d{1,2}(?:st|nd|rd|th|er|\\.|º|°)?(?:\\s|-)*(?:(?:of|de|del|d['’]|di)\\s+)?(?:${anyMonth})(?!\\p{L})(?:\\.?[\\s-]*['’]?\\d{2}(?!\\d))?`,
  ),
  form(`(?<!\\p{L})(?:${anyMonth})(?!\\p{L})\\.?[\\s-]*(?:['’]?\\d{1,4})(?:st|nd|rd|th)?(?![\\p{L}\\p{N}])`),
  form(`${notBefore}\\d{1,2}\\.\\s?(?:0[1-9]|1[0-2])\\.(?!\\d)`),
  form(`(?<!\\p{L})(?:${dated})\\s+(?:the\\s+)?\\d{1,2}(?:\\.\\s?\\d{1,2}\\.|[/-]\\d{1,2})(?![\\p{L}\\p{N}])`),
  // A month, with its year or not; a quarter, a week.
  form(
    `${notBefore}(?:(?:0?[1-9]|1[0-2])\\s?[-/.]\\s?(?:19|20)\\d{2}|(?:19|20)\\d{2}\\s?[-/]\\s?(?:0[1-9]|1[0-2]))(?!\\d|[./-]\\d)`,
  ),
  form(`(?<!\\p{L})(?:${plainMonth})(?!\\p{L})`),
  form(
    `(?<!\\p{L})(?:${doubtfulMonth})\\s+(?:of\\s+)?(?:last|this|next|dernier|prochain|pasado|próximo|scorso|prossimo|jongstleden|dieses|letzten)(?!\\p{L})`,
  ),
  form(`(?<!\\p{L})(?:${said})[\\s-]+(?:the\\s+)?(?:${doubtfulMonth})(?!\\p{L}|\\s+fracture)`),
  form(`(?<!\\p{L})(?:March|August)(?!\\p{L}|\\s+fracture)`, undefined, 'gud'),
  form(
    `(?<![\\p{L}\\p{N}])(?:Q[1-4]|KW|CW)[\\s/-]*(?:(?:19|20)?\\d{2}|\\d{1,2}[\\s/-]*(?:19|20)\\d{2})(?![\\p{L}\\p{N}])`,
    undefined,
    'gud',
  ),
  // A year. Not one that a classification has, nor as many of something.
  form(
    `(?<!(?:who|fleischner|bosniak|tnm|ajcc|uicc|acr|eular|esur|esgar|lugano|recist|rads|classification|klassifikation|edition|guidelines?|leitlinie)[\\s,(v:-]{0,4})(?<![\\p{L}\\p{N}.,/:+-])(?:19[3-9]|20[0-9])\\d(?!\\p{L}|\\p{N}|[.,:/]\\d|[\\s-]*(?:ml|mm|cm|m|mg|g|kg|hu|he|cc|µ|mgy|gy|msv|ms|s|images|slices|bilder|schichten|coupes|%|°|x\\b|×|iu|kv|mas|pixels?)(?!\\p{L}))`,
  ),
  form(`(?<!\\p{L})(?:${dated}|in|en|im|nel)\\s+['’]\\d{2}(?!\\d)`),
  // What a reader counts from the day that the screen shows.
  form(
    `(?<!(?:over|within|during|in|for|past) the )(?<!\\p{L})(?:(?:last|this|next|previous) year|letztes Jahr|letzten Jahres?|dieses Jahr(?:es)?|(?:im )?Vorjahr|Vorjahres|(?:l['’])?(?:an|année) derni(?:er|ère)|cette année|(?:el )?año pasado|este año|(?:l['’])?anno scorso|quest['’]anno|vorig jaar|dit jaar|afgelopen jaar)(?!\\p{L})`,
  ),
  form(`(?<!\\p{L})(?:${weekday})s?(?!\\p{L})`),
  form(`(?<!\\p{L})(?:${season})(?!\\p{L}|\\s+tree)`),
];

const several = '(?:-|/|&|,|to|and|or|until|through|bis|und|oder|et|ou|au|y|o|al|hasta|e|a|en|of|tot|t/m)';
const before = new RegExp(`(?<![\\p{L}\\p{N}])\\d{1,2}(?:st|nd|rd|th|\\.|º|er)?\\s*${several}\\s*(?:the\\s+)?$`, 'iu');
const behind = new RegExp(
  `^\\s*${several}\\s*(?:the\\s+)?\\d{1,2}(?:st|nd|rd|th|\\.|º|er)?(?=\\s*(?:[,.;:)\\]](?!\\d)|$))`,
  'iu',
);

/** `12. bis 14.03.2024`: the first day has no month of its own, and would be left behind. */
function asPartOfSeveral(one: DateInProse, text: string): DateInProse {
  const [ahead, after] = [text.slice(Math.max(0, one.start - 16), one.start), text.slice(one.end, one.end + 24)];
  if (one.day === undefined || !(before.test(ahead) || behind.test(after))) return one;
  const { start, end, words } = one;
  return { start, end, words };
}
