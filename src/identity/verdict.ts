// What must not happen without a person: reasons that keep two records apart however much else agrees.

import type { Comparator } from './comparator.ts';
import { at, type Calibrations, type Model, priorBits, probabilityOf } from './model.ts';
import {
  addressMoved,
  addressSame,
  addressSimilar,
  dateDifferent,
  dateNear,
  datePartial,
  dateSame,
  dateYear,
} from './value-levels.ts';
import { alike, different, part, same, similar } from './vocabulary.ts';

export const vetoes = {
  generation: 'one is Jr, the other Sr',
  national: 'two valid national ids',
  date: 'birth dates that no typing error explains',
  given: 'different given names: twins, spouses, parent and child',
  support: 'too few independent agreements',
  contested: 'a number that two people were registered under',
  asserted: 'a source or a reviewer said that they are two',
} as const;

export type Veto = keyof typeof vetoes;

const limits = {
  /** Bits from which a given name is rare enough to follow a person through a change of family name. */
  rareGiven: 8,
  /** Bits from which a whole name is so rare that the year of birth is enough beside it. */
  rareName: 14,
  /** Bits beyond those that join from which two values are enough where nobody lives with family. */
  plain: 4,
  /** The same of a national number with a slip in it beside one other value. */
  slipped: 2,
};

/** What each level of birth date and middle name is worth, a full name being worth 2. */
const supportOfDate = [0, 2, 1, 1, 0.5, 1, 0, 0];
/** Missing, same, alike, similar, different, part. */
const supportOfFamily = [0, 1, 1, 0.75, 0, 0.75];
const supportOfGiven = [0, 1, 1, 0.75, 0, 0.75];
const supportOfMiddle = [0, 1, 0.5, 0];

/** True where a veto says that they are two, not only that little is known. */
export const isContradiction = (veto: Veto | undefined): boolean =>
  veto !== undefined && veto !== 'support' && veto !== 'contested';

/**
 * Why the pair last compared may not be linked by machine; undefined where it may. One value that is wholly
 * another is outvoted where the national id and two of names, birth date and home agree; for two
 * national ids the home must agree too, and the given name to the letter: of twins it does not.
 */
export function vetoOf(comparator: Comparator): Veto | undefined {
  return comparator.knowsRelatives ? vetoAmongRelatives(comparator) : vetoAmongStrangers(comparator);
}

/**
 * Where nobody shares a home with family, what differs is an error. Two values must agree; where as many differ, or one
 * does and the two are a name and a home, they must be the national id and any other, or birth date and home, or be so rare
 * that nothing else is needed.
 */
function vetoAmongStrangers({ levels, surplus }: Comparator): Veto | undefined {
  if (levels[at.generation] === 2) return 'generation';
  const [family, given, date] = [levels[at.family]!, levels[at.given]!, levels[at.date]!];
  const [national, address] = [levels[at.national]!, levels[at.address]!];
  const dated = date !== 0 && date < dateNear;
  const numbered = national === 1 || (national === 2 && surplus >= limits.slipped);
  const atHome = levels[at.phone] === 1 || address === addressSame || address === addressSimilar;
  const agree = [supportOfFamily[family]! > 0, supportOfGiven[given]! > 0, dated, numbered, atHome];
  const differ = [
    family === different,
    given === different,
    date >= dateNear,
    national === 3,
    address === addressMoved,
  ];
  const [agreeing, differing] = [agree, differ].map((list) => list.filter(Boolean).length) as [number, number];
  const isFirm =
    surplus >= limits.plain || agreeing > 2 || differing < (atHome ? 1 : 2) || numbered || (dated && atHome);
  return agreeing >= 2 && isFirm ? undefined : 'support';
}

function vetoAmongRelatives({
  levels,
  bits,
  maybeFatherAndSon,
  nameAffinity,
  areGivensNear,
}: Comparator): Veto | undefined {
  const [family, given, date, national] = [
    levels[at.family]!,
    levels[at.given]!,
    levels[at.date]!,
    levels[at.national]!,
  ];
  if (levels[at.generation] === 2) return 'generation';
  const address = levels[at.address];
  const atAddress = address === addressSame || address === addressSimilar;
  const atHome = levels[at.phone] === 1 || atAddress;
  const outvoted = supportOfFamily[family]! > 0 && levels[at.sex] !== 2;
  const named = given === same || given === alike;
  if (national === 3 && !(outvoted && atHome && given === same && date === dateSame)) return 'national';
  const isDateOutvoted = national === 1 && ((outvoted && (named || atHome)) || (named && atHome));
  if ((date === dateDifferent && !isDateOutvoted) || (date === dateNear && national !== 1)) return 'date';
  const elsewhere = levels[at.issuer] !== 1 && levels[at.sex] !== 2;
  const isGivenOutvoted = date === dateSame && national === 1 && (outvoted || (atAddress && elsewhere));
  if (given === different && !isGivenOutvoted) return 'given';
  if (given !== same && given !== 0 && levels[at.middle] === 3) return 'given';
  const claimed = levels[at.claim] === 1;
  // Two numbers of one desk for nearly equal names and one birth date are twins as likely as a slip.
  if (areGivensNear && date === dateSame && levels[at.issuer] === 1 && national !== 1 && !claimed) return 'given';
  const home = atHome ? 1 : 0;
  // One issuer gives one person one number: under another number, with another family name, somebody else is as likely.
  const renumbered = levels[at.issuer] === 1 && !atHome && national !== 1 && !claimed;
  if (renumbered && (family === different || family === part || levels[at.order] === 1)) return 'support';
  const exactDate = supportOfDate[date]!;
  const familyAgrees = supportOfFamily[family]!;
  const givenAgrees = supportOfGiven[given]!;
  // Namesakes a year or ten apart often are of one family, where middle names are shared too.
  const middle = date === dateYear ? 0 : Math.min(date === 0 ? 0.5 : 1, supportOfMiddle[levels[at.middle]!]!);
  const support =
    exactDate + familyAgrees + givenAgrees + middle + home + (national === 1 || claimed ? 2 : national === 2 ? 1 : 0);
  // The year alone tells namesakes apart only where their name is so rare that there are none.
  const isRare = bits[at.family]! + bits[at.given]! >= limits.rareName + nameAffinity;
  if (date === datePartial && !atHome && national !== 1 && !claimed && !isRare) return 'support';
  const isFollowed = atHome || national === 1 || claimed || bits[at.given]! >= limits.rareGiven;
  if (family === different && !isFollowed) return 'support';
  return support < leastSupport(family, given, maybeFatherAndSon) ? 'support' : undefined;
}

/** Whoever shares name and home could be father and son; birth date and home without a given name, twins. */
function leastSupport(family: number, given: number, maybeFatherAndSon: boolean): number {
  if (given === 0) return 4.5;
  if (maybeFatherAndSon) return 3.5;
  const isLoose = (level: number): boolean => level === similar || level === part;
  return isLoose(family) && isLoose(given) ? 3.75 : 3;
}

/** What the evidence amounts to for a person who is asked, `reason` being why. */
export const judgedProbability = (model: Model, bits: number, reason: string | undefined): number =>
  probabilityOf(model, bits - priorBits(model), doubtOf(reason));

/** By which curve it is told how likely a pair is, that waits for a person for this reason. */
export function doubtOf(reason: string | undefined): keyof Calibrations {
  if (reason === 'ambiguous') return 'scarce';
  const veto = Object.keys(vetoes).find((name): name is Veto => name === reason);
  if (veto === undefined) return 'weighed';
  return isContradiction(veto) ? 'contradicted' : 'scarce';
}
