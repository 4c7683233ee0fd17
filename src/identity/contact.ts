// Phones, addresses and national ids as small integers, so that a million of them fit and compare in a few instructions.

import { digitEdits, lacksDigit } from './digit-edits.ts';
import { fold } from './fold.ts';

const limits = {
  /** Different letters that a word run into a street's name adds. */
  addedLetters: 4,
};

/** Digits of a number in two integers; `high` is negative where the text was not a number and only its hash is known. */
export interface Digits {
  high: number;
  low: number;
}

/** The last ten digits of a phone: country code and trunk prefix come and go. Undefined where it stands for none. */
export function readPhone(text: string | undefined): Digits | undefined {
  const digits = (text ?? '').replace(/\D/g, '').slice(-10);
  if (digits.length < 6 || isFiller(digits)) return undefined;
  return split(digits);
}

/** A national number; placeholders like 000000000, 123456789 and 999999999 are none. */
export function readNationalId(text: string | undefined): Digits | undefined {
  const plain = (text ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (plain.length < 4 || isFiller(plain)) return undefined;
  if (/^\d{4,17}$/.test(plain)) return split(plain);
  return { high: -1 - (hash(plain) >>> 2), low: hash(`${plain}#`) >>> 1 };
}

/** One repeated digit, a run up or down, or a block like 555 followed by zeros. */
function isFiller(text: string): boolean {
  if (/^(.)\1*$/.test(text) || /^(.)\1{2}0+(?:10*)?$/.test(text) || /^0*[1-9]0*$/.test(text)) return true;
  if (/(.)\1{6}/.test(text)) return true;
  return (
    '01234567890123456789'.includes(text) ||
    '98765432109876543210'.includes(text) ||
    /^(?:NA|NONE|UNKNOWN|X+)/.test(text)
  );
}

const split = (digits: string): Digits => {
  const high = Number(digits.slice(0, -9));
  return { high, low: Number(digits.slice(-9)) };
};

/** One digit mistyped, left out or too many, or two neighbours exchanged. */
export function digitsNear(highA: number, lowA: number, highB: number, lowB: number): boolean {
  if (highA < 0 || highB < 0) return false;
  if (isSlip(highA, lowA, highB, lowB)) return true;
  const [lengthA, lengthB] = [digitsOf(highA, lowA), digitsOf(highB, lowB)];
  if (lengthA === lengthB) return false;
  const [a, b] = [highA * 1e9 + lowA, highB * 1e9 + lowB];
  return lengthA < lengthB ? lacksDigit(a, b) : lacksDigit(b, a);
}

/** Most numbers differ in either half by more than one slip, which is told without putting the halves together. */
function isSlip(highA: number, lowA: number, highB: number, lowB: number): boolean {
  if (highA === highB) return digitEdits(lowA, lowB) === 1;
  if (lowA === lowB) return digitEdits(highA, highB) === 1;
  // The last digit of one half exchanged with the first of the other.
  return (lowA - lowB) % 1e8 === 0 && digitEdits(highA * 1e9 + lowA, highB * 1e9 + lowB) === 1;
}

function digitsOf(high: number, low: number): number {
  let count = high === 0 ? 0 : 9;
  for (let rest = high === 0 ? low : high; rest > 0; rest = (rest / 10) | 0) count++;
  return count;
}

export interface Address {
  /** House number, 0 where none is said. */
  number: number;
  /** Hash of the street without its type (St, Avenue): typed and omitted at will. */
  street: number;
  /** Letters that occur in the street, one bit each: a slip of the pen changes two at most. */
  letters: number;
  /** Postal code; 0 where none. */
  place: number;
}

/** Undefined where the text holds no house and street: homeless, unknown, general delivery, same. */
export function readAddress(text: string | undefined): Address | undefined {
  const raw = (text ?? '').replace(/\^/g, ', ').replace(/#\s*(?=\w)/g, ' apt ');
  const words = fold(raw.replaceAll(',', ' ').replaceAll('-', ' ')).split(' ');
  const postalAt = words.findLastIndex((word, place) => place > 0 && /^\d{4,6}$/.test(word));
  const numberAt = words.findIndex((word, place) => place !== postalAt && /^\d+[a-z]?$/.test(word));
  if (words.length < 2) return undefined;
  const unitAt = words.findIndex((word) => unitWords.has(word));
  const typeAt = words.findIndex((word, place) => place > numberAt && streetTypes.has(word));
  // A street without a house is known by its type; anything else is General Delivery, or unknown.
  if (numberAt < 0 && typeAt < 1) return undefined;
  const end = typeAt > numberAt ? typeAt : unitAt > numberAt ? unitAt : Math.min(words.length, numberAt + 3);
  const street = words.slice(numberAt + 1, end === numberAt + 1 ? numberAt + 2 : end);
  // Number after the street, as in most of Europe.
  const name = street.length > 0 && numberAt <= 0 ? street : words.slice(0, numberAt);
  if (name.length === 0) return undefined;
  const plain = name.filter((word) => !streetTypes.has(word)).join('') || name.join('');
  return {
    number: numberAt < 0 ? 0 : Number.parseInt(words[numberAt]!, 10) % 1_000_000,
    street: hash(plain) >>> 1,
    letters: lettersOf(plain),
    place: Number(words[postalAt] ?? 0),
  };
}

const unitWords = new Set('apt apartment unit suite ste flat wohnung whg app appt room rm fl floor etage'.split(' '));

const streetTypes = new Set(
  (
    'street st str strasse road rd avenue ave av boulevard blvd lane ln drive dr court ct place pl way terrace ter ' +
    'terr circle cir highway hwy parkway pkwy square sq close crescent cres grove gr trail trl alley allee weg gasse ' +
    'platz rue calle via straat laan plaza row mews walk rise view parade pde esplanade circuit cct'
  ).split(' '),
);

/** One bit for each letter that occurs. */
export function lettersOf(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) & 31);
  return mask;
}

/** Whether a street is misspelt or written together with what follows: letters are added on one side more than on the other. */
export function lettersNear(one: number, other: number): boolean {
  const [lost, added] = [lettersApart(one & ~other, 0), lettersApart(other & ~one, 0)];
  return Math.min(lost, added) <= 1 && Math.max(lost, added) <= limits.addedLetters;
}

/** Bits in which two sets of letters differ. */
export function lettersApart(one: number, other: number): number {
  let count = 0;
  for (let rest = one ^ other; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
