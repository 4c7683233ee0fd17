// What is known of one registration, or of several that are one person: sets of small integers that only grow. The same
// type serves both, so a person is compared by all names, dates and numbers it was ever seen under.

import { intsOf, type Part, type Takers } from './snapshot.ts';

/** Words of one name form (name-forms.ts), by vocabulary id. */
export const formStride = 7;
export const [formFamily, formFamilyFirst, formFamilySecond, formGiven, formGivenFirst, formMiddle, formFlags] = [
  0, 1, 2, 3, 4, 5, 6,
] as const;

/** In a form's flags: bits 0-2 generation, bit 3 set where the reading is guessed. */
export const guessedFlag = 8;
export const generationMask = 7;

export const sexBits: Record<string, number> = { F: 1, M: 2, O: 4 };

/** Number, street, its letters, place. */
export const addressStride = 4;

/** High and low digits. */
export const digitsStride = 2;

export interface Facts {
  forms: number[];
  dates: number[];
  nationals: number[];
  phones: number[];
  addresses: number[];
  /** Registrations these facts are of, and the issuer of each. */
  registrations: number[];
  issuers: number[];
  /** Registrations that a source says belong to the same person (Other Patient IDs). */
  claims: number[];
  /** Bits of `sexBits` seen. */
  sexes: number;
}

export const noFacts = (): Facts => ({
  forms: [],
  dates: [],
  nationals: [],
  phones: [],
  addresses: [],
  registrations: [],
  issuers: [],
  claims: [],
  sexes: 0,
});

const lists = [
  ['forms', formStride],
  ['dates', 1],
  ['nationals', digitsStride],
  ['phones', digitsStride],
  ['addresses', addressStride],
  ['claims', 1],
] as const;

const limits = {
  /** Values of one kind kept for one registration; a registration with more is a placeholder or a test. */
  values: 24,
};

/** Adds to `into` what it lacks of `from`; true if anything was new. */
export function addFacts(into: Facts, from: Facts, most: number = Number.POSITIVE_INFINITY): boolean {
  let grew = false;
  for (const [name, stride] of lists) grew = addTuples(into[name], from[name], stride, most) || grew;
  for (let at = 0; at < from.registrations.length; at++) {
    if (into.registrations.includes(from.registrations[at]!)) continue;
    into.registrations.push(from.registrations[at]!);
    into.issuers.push(from.issuers[at]!);
    grew = true;
  }
  if ((into.sexes | from.sexes) !== into.sexes) grew = true;
  into.sexes |= from.sexes;
  return grew;
}

/** Adds to the facts of one registration, within the limit of values. */
export const addSighted = (into: Facts, from: Facts): boolean => addFacts(into, from, limits.values);

function addTuples(into: number[], from: number[], stride: number, most: number): boolean {
  let grew = false;
  for (let at = 0; at < from.length; at += stride) {
    if (hasTuple(into, from, at, stride) || into.length >= most * stride) continue;
    for (let part = 0; part < stride; part++) into.push(from[at + part]!);
    grew = true;
  }
  return grew;
}

function hasTuple(list: number[], from: number[], at: number, stride: number): boolean {
  next: for (let other = 0; other < list.length; other += stride) {
    for (let part = 0; part < stride; part++) if (list[other + part] !== from[at + part]) continue next;
    return true;
  }
  return false;
}

/** Many facts in one array of integers, each written anew when it grows; the room of old ones is counted. */
export class FactStore {
  private ints = new Int32Array(1 << 16);
  private used = 1;
  private wasted = 0;
  private starts = new Int32Array(1 << 12);
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(facts: Facts): number {
    if (this.count === this.starts.length) this.starts = enlarge(this.starts);
    const id = this.count++;
    this.starts[id] = this.write(facts);
    return id;
  }

  put(id: number, facts: Facts): void {
    this.wasted += this.lengthAt(this.starts[id]!);
    this.starts[id] = this.write(facts);
    if (this.wasted > 1 << 20 && this.wasted > this.used / 3) this.compact();
  }

  /** Everything as it is now: what is written stays where it is until all is compacted into another array. */
  parts(): Part[] {
    return [
      { name: 'facts', ints: this.ints.subarray(0, this.used) },
      { name: 'starts', ints: this.starts.slice(0, this.count) },
    ];
  }

  readonly takers: Takers = {
    facts: (part) => {
      const ints = intsOf(part);
      this.ints = new Int32Array(Math.max(1 << 16, Math.ceil(ints.length * 1.25)));
      this.ints.set(ints);
      this.used = ints.length;
    },
    starts: (part) => {
      const ints = intsOf(part);
      this.starts = new Int32Array(Math.max(1 << 12, Math.ceil(ints.length * 1.25)));
      this.starts.set(ints);
      this.count = ints.length;
    },
  };

  /** Reads into `facts`, whose arrays are reused. */
  read(id: number, facts: Facts): Facts {
    const ints = this.ints;
    let at = this.starts[id]!;
    const counts = ints[at++]!;
    const more = ints[at++]!;
    at = copy(ints, at, facts.forms, (counts & 31) * formStride);
    at = copy(ints, at, facts.dates, (counts >> 5) & 31);
    at = copy(ints, at, facts.nationals, ((counts >> 10) & 31) * digitsStride);
    at = copy(ints, at, facts.phones, ((counts >> 15) & 31) * digitsStride);
    at = copy(ints, at, facts.addresses, ((counts >> 20) & 31) * addressStride);
    at = copy(ints, at, facts.claims, (counts >>> 25) & 31);
    at = copy(ints, at, facts.registrations, more >> 3);
    copy(ints, at, facts.issuers, more >> 3);
    facts.sexes = more & 7;
    return facts;
  }

  private write(facts: Facts): number {
    const needed = 2 + payload(facts);
    while (this.used + needed > this.ints.length) this.ints = enlarge(this.ints);
    const start = this.used;
    const ints = this.ints;
    ints[start] =
      facts.forms.length / formStride +
      (facts.dates.length << 5) +
      ((facts.nationals.length / digitsStride) << 10) +
      ((facts.phones.length / digitsStride) << 15) +
      ((facts.addresses.length / addressStride) << 20) +
      (facts.claims.length << 25);
    ints[start + 1] = facts.sexes + (facts.registrations.length << 3);
    let at = start + 2;
    for (const [name] of lists) {
      ints.set(facts[name], at);
      at += facts[name].length;
    }
    ints.set(facts.registrations, at);
    ints.set(facts.issuers, at + facts.registrations.length);
    this.used = start + needed;
    return start;
  }

  private lengthAt(start: number): number {
    const counts = this.ints[start]!;
    const values =
      (counts & 31) * formStride +
      ((counts >> 5) & 31) +
      (((counts >> 10) & 31) + ((counts >> 15) & 31)) * digitsStride +
      ((counts >> 20) & 31) * addressStride +
      ((counts >>> 25) & 31);
    return 2 + values + 2 * (this.ints[start + 1]! >> 3);
  }

  private compact(): void {
    const fresh = new Int32Array(this.ints.length);
    let used = 1;
    for (let id = 0; id < this.count; id++) {
      const start = this.starts[id]!;
      const length = this.lengthAt(start);
      fresh.set(this.ints.subarray(start, start + length), used);
      this.starts[id] = used;
      used += length;
    }
    this.ints = fresh;
    this.used = used;
    this.wasted = 0;
  }
}

const payload = (facts: Facts): number =>
  lists.reduce((sum, [name]) => sum + facts[name].length, 0) + 2 * facts.registrations.length;

function copy(ints: Int32Array, at: number, into: number[], length: number): number {
  // Most records are of one shape, and setting a length costs more than the copy.
  if (into.length !== length) into.length = length;
  for (let i = 0; i < length; i++) into[i] = ints[at + i]!;
  return at + length;
}

export function enlarge(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
