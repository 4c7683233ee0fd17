// Two sets of facts side by side: the level of each comparison and the evidence in bits, log2(m/u), that they are of one
// person. Agreement on a name weighs what that name is rare; address, phone and family name of a household count once.

import {
  type Facts,
  formFamily,
  formFlags,
  formGiven,
  formGivenFirst,
  formMiddle,
  formStride,
  generationMask,
  guessedFlag,
  sexBits,
} from './facts.ts';
import { countHouseholdOnce } from './household.ts';
import { at, type Comparison, comparisonNames, comparisons, type Model, priorBits } from './model.ts';
import { NameLevels } from './name-levels.ts';
import { NameShares } from './name-shares.ts';
import {
  bestAddress,
  bestDate,
  bestDigits,
  countShared,
  generationLevel,
  nationalLevel,
  sexLevel,
  sharesAny,
} from './value-levels.ts';
import { alike, different, same, similar, type Vocabulary } from './vocabulary.ts';

const count = comparisonNames.length;

/** Everything but names. */
const values = [at.date, at.sex, at.national, at.phone, at.address, at.issuer, at.claim];

export const limits = {
  /** Share of pairs of one family name and one home that are two people, from which there are families. */
  relatives: 0.02,
};

export class Comparator {
  /** Of the last comparison. */
  readonly levels = new Uint8Array(count);
  readonly bits = new Float64Array(count);
  /** log2(m/u) for each level. */
  private readonly weights: Float64Array[];
  private readonly logM: Float64Array[];
  private readonly shares: NameShares;
  private readonly names: NameLevels;
  readonly nameAffinity: number;
  private readonly mostByName: number;
  private readonly join: number;
  /** False where records are of people who live with nobody of their name: a census sample, not a hospital. */
  readonly knowsRelatives: boolean;
  readonly vocabulary: Vocabulary;
  /** Best reading of the two names so far: levels and bits of family, given, middle, order. */
  private best = Number.NEGATIVE_INFINITY;

  constructor(model: Model, vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.weights = comparisonNames.map((name) => weightsOf(model, name));
    this.logM = comparisonNames.map((name) => Float64Array.from(model.levels[name].m, (m) => Math.log2(m || 1)));
    this.knowsRelatives = model.relatives >= limits.relatives;
    this.mostByName = priorBits(model) + Math.log2((1 - model.namesakes) / model.namesakes);
    this.join = priorBits(model) + model.thresholds.join;
    this.shares = new NameShares(model, vocabulary);
    this.nameAffinity = model.nameAffinity;
    this.names = new NameLevels(vocabulary, this.shares);
  }

  /** Bits of the last comparison beyond those from which two are joined. */
  surplus = 0;

  /** Evidence of the last comparison as if nobody had namesakes: of two links that are as likely, which is the closer. */
  closeness = 0;

  /**
   * True where father and son of one name would look the same in the last comparison: no birth date tells them apart, and
   * not all that is said of sex is that they are women.
   */
  maybeFatherAndSon = false;

  /** True where the given names of the last comparison are nearly equal; where fields were exchanged, either of the two may be one. */
  get areGivensNear(): boolean {
    const { levels } = this;
    return levels[at.given] === similar || (levels[at.order] === 1 && levels[at.family] === similar);
  }

  /** Evidence that the names of `facts` give at most, whatever they are compared with. */
  mostByNames({ forms }: Facts): number {
    const { shares } = this;
    let [most, middle, generation] = [0, 0, 0];
    for (let form = 0; form < forms.length; form += formStride) {
      const rarity = shares.rarityOf(forms[form + formFamily]!) + shares.rarityOf(forms[form + formGivenFirst]!);
      most = Math.max(most, rarity);
      if (forms[form + formMiddle] !== 0) middle = Math.max(...this.weights[at.middle]!);
      if ((forms[form + formFlags]! & generationMask) !== 0) generation = Math.max(...this.weights[at.generation]!);
    }
    return most + middle + generation + Math.max(0, ...this.weights[at.order]!);
  }

  /**
   * Evidence in bits without the prior; `levels` and `bits` say what it consists of. Where everything but the names gives less
   * than `leastByValues`, names are not looked at and there is no evidence at all.
   */
  compare(a: Facts, b: Facts, leastByValues: number = Number.NEGATIVE_INFINITY): number {
    if (this.compareValues(a, b) < leastByValues) return Number.NEGATIVE_INFINITY;
    this.compareNames(a, b);
    this.maybeFatherAndSon = this.levels[at.date] === 0 && ((a.sexes | b.sexes) & 3) !== sexBits.F;
    countHouseholdOnce(this);
    this.closeness = this.sum();
    this.allowForNamesakes();
    const sum = this.sum();
    this.surplus = sum - this.join;
    return sum;
  }

  private compareValues(a: Facts, b: Facts): number {
    const { bits } = this;
    this.weigh(at.date, bestDate(a.dates, b.dates));
    this.weigh(at.sex, sexLevel(a.sexes, b.sexes));
    this.weigh(at.national, (this.knowsRelatives ? nationalLevel : bestDigits)(a.nationals, b.nationals));
    this.weigh(at.phone, bestDigits(a.phones, b.phones));
    this.weigh(at.address, bestAddress(a.addresses, b.addresses));
    this.weighIssuers(a.issuers, b.issuers);
    this.weigh(at.claim, sharesAny(a.registrations, b.claims) || sharesAny(b.registrations, a.claims) ? 1 : 0);
    let sum = 0;
    for (const place of values) sum += bits[place]!;
    return sum;
  }

  /** One issuer gives one person one number: each under which both have numbers of their own speaks against them. */
  private weighIssuers(a: number[], b: number[]): void {
    const shared = countShared(a, b);
    this.weigh(at.issuer, shared > 0 ? 1 : 0);
    if (shared > 1) this.bits[at.issuer] = this.bits[at.issuer]! * shared;
  }

  private sum(): number {
    let sum = 0;
    for (let place = 0; place < count; place++) sum += this.bits[place]!;
    return sum;
  }

  private weigh(place: number, level: number): void {
    this.levels[place] = level;
    this.bits[place] = this.weights[place]![level]!;
  }

  /** However rare the name, some people share it and the birth date too: the two never say more than that allows. */
  private allowForNamesakes(): void {
    const { bits } = this;
    const both = bits[at.family]! + bits[at.given]! + bits[at.date]! + bits[at.sex]!;
    const cut = both - Math.min(both, this.mostByName);
    if (cut > 0) bits[at.date] = bits[at.date]! - cut;
  }

  private compareNames(a: Facts, b: Facts): void {
    for (const place of [at.family, at.given, at.middle, at.order, at.generation]) this.weigh(place, 0);
    this.best = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < a.forms.length; i += formStride) {
      for (let j = 0; j < b.forms.length; j += formStride) this.compareForms(a.forms, i, b.forms, j);
    }
    this.weigh(at.generation, generationLevel(a.forms, b.forms));
  }

  private compareForms(a: number[], i: number, b: number[], j: number): void {
    const family = this.names.family(a, i, b, j);
    const given = this.names.given(family, a, i, b, j);
    const firm = ((a[i + formFlags]! | b[j + formFlags]!) & guessedFlag) === 0;
    const isReading = given !== different && (firm || family !== different);
    if (isReading) this.takeMiddle(this.names.middle(a[i + formMiddle]!, b[j + formMiddle]!));
    this.takeNames(family, given, 0, a, i, b, j);
    if (!firm || (family !== different && given !== different)) return;
    const familyInGiven = this.names.crossed(a, i, b, j);
    const givenInFamily = this.names.crossed(b, j, a, i);
    if (familyInGiven === different || givenInFamily === different) return;
    this.takeNames(familyInGiven, givenInFamily, 1, a, i, b, j);
  }

  /** Of all readings the one in which the middle names agree; conflict only where none does. */
  private takeMiddle(level: number): void {
    const before = this.levels[at.middle]!;
    if (level !== 0 && (before === 0 || level < before)) this.weigh(at.middle, level);
  }

  private takeNames(
    family: number,
    given: number,
    order: number,
    a: number[],
    i: number,
    b: number[],
    j: number,
  ): void {
    const otherFamily = order === 0 ? b[j + formFamily]! : b[j + formGiven]!;
    const otherGiven = order === 0 ? b[j + formGivenFirst]! : b[j + formFamily]!;
    const familyBits = this.nameBits(at.family, family, a[i + formFamily]!, otherFamily);
    const givenBits = this.givenBits(family, given, order, a, i, otherFamily, otherGiven, familyBits);
    const orderBits = order === 0 ? 0 : this.weights[at.order]![1]!;
    const sum = familyBits + givenBits + orderBits;
    if (sum <= this.best) return;
    this.best = sum;
    this.levels[at.family] = family;
    this.levels[at.given] = given;
    this.levels[at.order] = order;
    this.bits[at.family] = familyBits;
    this.bits[at.given] = givenBits;
    this.bits[at.order] = orderBits;
  }

  /** Agreement on Smith is worth less than agreement on Featherstonehaugh. */
  private nameBits(place: number, level: number, a: number, b: number): number {
    if (level === 0 || level === different) return this.weights[place]![level]!;
    const both = this.shares.of(a) + (a === b ? 0 : this.shares.of(b));
    const rarity = -Math.log2(both);
    const byName = this.logM[place]![level]! + rarity;
    if (level === same || level === alike) return byName;
    const average = this.weights[place]![level]!;
    return Math.min(byName, (byName + average) / 2);
  }

  /** A name that several people bear is no more evidence than it is rare as a whole: families have their given names. */
  private givenBits(
    family: number,
    given: number,
    order: number,
    a: number[],
    i: number,
    otherFamily: number,
    otherGiven: number,
    familyBits: number,
  ): number {
    const word = a[i + formGivenFirst]!;
    const bits = this.nameBits(at.given, given, word, otherGiven);
    if (order !== 0 || family !== same || given !== same) return bits;
    const share = this.shares.ofWhole(otherFamily, word);
    if (share === undefined) return bits;
    return Math.min(bits, this.logM[at.family]![same]! + this.logM[at.given]![same]! - Math.log2(share) - familyBits);
  }

  /** A given name that several registrations of this population bear, not somebody's slip of the pen. */
  isCommonGiven(word: number): boolean {
    return this.shares.isCommon(word);
  }
}

function weightsOf(model: Model, name: Comparison): Float64Array {
  const { m, u } = model.levels[name];
  const weights = Float64Array.from(m, (share, level) =>
    share > 0 && u[level]! > 0 ? Math.log2(share / u[level]!) : 0,
  );
  if (comparisons[name][0] === 'missing') weights[0] = 0;
  return weights;
}
