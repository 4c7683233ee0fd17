// What a data set itself says of its patient and of the people and places around: names, numbers, addresses, the date of birth.
// Wherever one of them stands elsewhere, in text of any spelling and character set or within binary values, it is found.

import type { DataSet } from '../dicom/dataset.ts';
import { tagOf } from '../dicom/dictionary.ts';
import { isItems } from '../dicom/element.ts';
import type { VR } from '../dicom/vr.ts';
import { fold, spellingsOf } from './folded-text.ts';
import type { Profile } from './profile.ts';

export const limits = {
  /** Values that are looked for; what one object says of people has fewer. */
  values: 2000,
  /** Characters of one. */
  valueLength: 256,
} as const;

/** What stands where a value was. */
export type Token = '[name]' | '[id]' | '[date]' | '[place]';
const tokens: readonly Token[] = ['[name]', '[id]', '[date]', '[place]'];

/** What stands in place of something that was found; the token that says what it was, unless somebody knows better. */
export type Naming = (found: string, token: string) => string;
export const asToken: Naming = (_found, token) => token;

/** Words of names: shorter ones are words of every language. Of ideographs two say as much. */
const SHORTEST_WORD = 2;
/** From this length on a name is found within other words too. */
const WITHIN_WORDS = 5;
const SHORTEST_NUMBER = 4;
/** In bytes that are no text, fewer characters stand there by chance. */
const SHORTEST_IN_BYTES = 5;

const tagsOf = (keywords: string): ReadonlySet<number> =>
  new Set(
    keywords
      .trim()
      .split(/\s+/)
      .map((keyword) => tagOf(keyword)!),
  );

const numbers = tagsOf(`PatientID OtherPatientIDs AccessionNumber AdmissionID ServiceEpisodeID MedicalRecordLocator
  InsurancePlanIdentification RequestedProcedureID FillerOrderNumberImagingServiceRequest
  PlacerOrderNumberImagingServiceRequest PatientTelephoneNumbers PersonTelephoneNumbers ClinicalTrialSubjectID
  PatientTelecomInformation OrderCallbackPhoneNumber`);
const places = tagsOf(`PatientAddress PersonAddress ReferringPhysicianAddress ReferringPhysicianTelephoneNumbers`);
const institutions = tagsOf(`InstitutionName InstitutionAddress ResponsibleOrganization InstitutionalDepartmentName`);
const devices = tagsOf(`DeviceSerialNumber StationName`);
const birth = tagsOf(`PatientBirthDate`);

export class KnownValues {
  readonly #text: RegExp | undefined;
  readonly #bytes: RegExp | undefined;

  constructor(
    names: ReadonlySet<string>,
    ids: ReadonlySet<string>,
    dates: ReadonlySet<string>,
    phrases: ReadonlySet<string>,
  ) {
    const words = [...names].flatMap(spellingsOf);
    const groups = [
      words.map(wordPattern),
      [...ids].map(numberPattern),
      [...dates].map(datePattern),
      [...phrases].map(phrasePattern),
    ];
    const alternatives = groups.map((patterns) => (patterns.length === 0 ? '(?!)' : longestFirst(patterns).join('|')));
    const isEmpty = groups.every((patterns) => patterns.length === 0);
    this.#text = isEmpty
      ? undefined
      : new RegExp(`(?<!\\[)(?:${alternatives.map((each) => `(${each})`).join('|')})`, 'gu');
    const needles = [...names, ...ids, ...dates].filter((value) => value.length >= SHORTEST_IN_BYTES);
    const inBytes = [...new Set(needles.flatMap(encodings))].filter((each) => each.length >= SHORTEST_IN_BYTES);
    this.#bytes = inBytes.length === 0 ? undefined : new RegExp(longestFirst(inBytes.map(escaped)).join('|'), 'i');
  }

  /** The text with a token for each value that is known; undefined where there is none. */
  swept(text: string, naming: Naming = asToken): string | undefined {
    if (this.#text === undefined || text === '') return undefined;
    const folded = fold(text);
    let swept = '';
    let from = 0;
    for (const match of folded.text.matchAll(this.#text)) {
      if (match[0].length === 0) continue;
      const [start, end] = [match.index, match.index + match[0].length];
      const token = tokens[match.slice(1).findIndex((group) => group !== undefined)]!;
      const [first, behind] = [folded.at?.[start] ?? start, folded.at?.[end] ?? end];
      swept += text.slice(from, first) + naming(text.slice(first, behind), token);
      from = behind;
    }
    return from === 0 ? undefined : swept + text.slice(from);
  }

  /** Whether one stands in bytes that are no text, as ASCII, Latin-1, UTF-8 or UTF-16. */
  isIn(bytes: Uint8Array): boolean {
    if (this.#bytes === undefined || bytes.length < SHORTEST_IN_BYTES) return false;
    const text = latin1.decode(bytes);
    return this.#bytes.test(text) || (text.includes('\0') && this.#bytes.test(text.replaceAll('\0', '')));
  }
}

/** Of a data set as it came, at every depth; and of `also`, which are of the same patient. */
export function knownValues(
  dataset: DataSet,
  { options }: Pick<Profile, 'options'>,
  also: readonly DataSet[] = [],
): KnownValues {
  const [names, ids, dates, phrases] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const kept = (option: 'retain-institution-identity' | 'retain-device-identity') => options.has(option);
  const learn = (tag: number, vr: VR, texts: readonly string[]): void => {
    if (vr === 'PN') for (const word of texts.flatMap(wordsOfName)) names.add(word);
    else if (birth.has(tag)) for (const date of texts) dates.add(date);
    else if (numbers.has(tag) || (devices.has(tag) && !kept('retain-device-identity'))) {
      for (const text of texts) if (isNumber(text)) ids.add(text);
    } else if (places.has(tag) || (institutions.has(tag) && !kept('retain-institution-identity'))) {
      for (const text of texts) if (text.trim().length >= SHORTEST_NUMBER) phrases.add(text.trim());
    }
  };
  const size = (): number => names.size + ids.size + dates.size + phrases.size;
  const see = (part: DataSet, tag: number, vr: VR): void => {
    if (size() >= limits.values) return;
    if (
      vr !== 'PN' &&
      !numbers.has(tag) &&
      !places.has(tag) &&
      !institutions.has(tag) &&
      !devices.has(tag) &&
      !birth.has(tag)
    )
      return;
    learn(
      tag,
      vr,
      part.texts(tag).map((text) => text.slice(0, limits.valueLength)),
    );
  };
  for (const each of [dataset, ...also]) walk(each, see);
  return new KnownValues(names, ids, dates, phrases);
}

function walk(dataset: DataSet, see: (part: DataSet, tag: number, vr: VR) => void): void {
  for (const { tag, vr, value } of dataset.elements.values()) {
    if (vr === 'SQ' && isItems(value)) for (const item of value) walk(item, see);
    else see(dataset, tag, vr);
  }
}

const latin1 = new TextDecoder('latin1');
const utf8 = new TextEncoder();

const letter = '[\\p{L}\\p{M}]';
const isIdeographic = (word: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word);

/** The words of all component groups (PS3.5 6.2.1). A single ideograph says nothing, nor does an initial. */
const wordsOfName = (name: string): string[] =>
  name.split(/[\s^=,.;:_/()"'’`-]+/u).filter((word) => [...word].length >= SHORTEST_WORD && /\p{L}/u.test(word));

const isNumber = (text: string): boolean => text.replace(/[^\p{L}\p{N}]/gu, '').length >= SHORTEST_NUMBER;

function wordPattern(word: string): string {
  if (isIdeographic(word) || word.length >= WITHIN_WORDS) return escaped(word);
  return `(?<!${letter})${escaped(word)}(?!${letter})`;
}

/** AV-35674 as AV35674, av 35674, AV/35674. */
function numberPattern(id: string): string {
  const characters = [...fold(id).text].filter((character) => /[\p{L}\p{N}]/u.test(character));
  return `(?<![\\p{L}\\p{N}])${characters.map(escaped).join('[\\s\\-_./]{0,2}')}(?![\\p{L}\\p{N}])`;
}

/** A date of birth as it is written: year first or last, with any separator; day and month in either order. */
function datePattern(date: string): string {
  const parts = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date.trim());
  if (parts === null) return '(?!)';
  const [year, month, day] = parts.slice(1) as [string, string, string];
  const [m, d] = [month, day].map((two) => (two.startsWith('0') ? `0?${two[1]}` : two)) as [string, string];
  const orders = [
    [year, m, d],
    [d, m, year],
    [m, d, year],
  ].map((order) => order.join('[\\s\\-./]{0,2}'));
  return `(?<!\\d)(?:${orders.join('|')})(?!\\d)`;
}

const phrasePattern = (phrase: string): string =>
  fold(phrase)
    .text.split(/[\s^,;]+/)
    .filter((word) => word !== '')
    .map(escaped)
    .join('[\\s^,;]+');

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const longestFirst = (patterns: readonly string[]): string[] => [...patterns].sort((a, b) => b.length - a.length);

/** As `latin1` shows the bytes of a value in the encodings that private and binary values are met in. */
function encodings(value: string): string[] {
  if (/^[\0-\x7f]*$/.test(value)) return [value];
  const shown = [value, value.toUpperCase(), value.toLowerCase()].map((each) => latin1.decode(utf8.encode(each)));
  const wide = Uint8Array.from([...value].flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8]));
  return [value, ...shown, latin1.decode(wide).replaceAll('\0', '')];
}
