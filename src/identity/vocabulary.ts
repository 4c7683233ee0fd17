// Every word of every name once, as a small integer, with what comparisons need to know of it. Zero is "no word".

import { hash, lettersApart, lettersOf } from './contact.ts';
import { variantClasses } from './name-variants.ts';
import { particles } from './name-words.ts';
import { canonical, skeleton, soundInitial } from './romanisation.ts';

/** How two words agree, best first. */
export const same = 1;
export const alike = 2;
export const similar = 3;
export const different = 4;
/** One is the beginning or the end of the other: `lopez` of `lopezayala`. */
export const part = 5;

export class Vocabulary {
  readonly words: string[] = [''];
  private readonly ids = new Map<string, number>([['', 0]]);
  /** Hashes of canonical form and skeleton, sound of the initial, letters as bits, by id. */
  private canonicals = new Int32Array(1024);
  private skeletons = new Int32Array(1024);
  private initials = new Uint8Array(1024);
  private masks = new Int32Array(1024);
  private readonly classes: (readonly number[])[] = [[]];
  private variants = new Set<number>();
  private readonly cacheKeys = new Float64Array(cacheSize);
  private readonly cacheValues = new Uint8Array(cacheSize);

  get size(): number {
    return this.words.length;
  }

  intern(word: string): number {
    const known = this.ids.get(word);
    if (known !== undefined) return known;
    const id = this.words.length;
    if (id === this.canonicals.length) this.grow();
    const canon = canonical(word);
    const bones = skeleton(canon);
    this.words.push(word);
    this.ids.set(word, id);
    this.canonicals[id] = hash(canon);
    this.skeletons[id] = bones.length < 2 ? 0 : hash(bones);
    this.initials[id] = soundInitial(canon).charCodeAt(0) & 0xff;
    this.masks[id] = lettersOf(word);
    this.classes.push(variantClasses(word));
    return id;
  }

  find(word: string): number | undefined {
    return this.ids.get(word);
  }

  canonicalOf(id: number): number {
    return this.canonicals[id]!;
  }

  /** What a word has in common with its short forms and romanisations, as far as they are known. */
  familiarOf(id: number): number {
    return this.classes[id]![0] ?? this.canonicals[id]!;
  }

  initialOf(id: number): number {
    return this.initials[id]!;
  }

  /** Whether an initial can stand for a word: by its letter, not by its sound. */
  startAlike(a: number, b: number): boolean {
    return this.words[a]!.charCodeAt(0) === this.words[b]!.charCodeAt(0);
  }

  isInitial(id: number): boolean {
    return this.words[id]!.length === 1 && this.words[id]! <= 'z';
  }

  /** Words that certain links of the feed showed to be one name. */
  setVariants(pairs: Iterable<readonly [string, string]>): void {
    this.variants = new Set();
    for (const [a, b] of pairs) this.variants.add(pairKey(this.intern(a), this.intern(b)));
    this.cacheKeys.fill(0);
  }

  relation(a: number, b: number): number {
    if (a === b) return same;
    const key = pairKey(a, b);
    const slot = (Math.imul(a ^ b, 0x9e3779b1) ^ (a + b)) & (cacheSize - 1);
    if (this.cacheKeys[slot] === key) return this.cacheValues[slot]!;
    const relation = this.compare(a, b, key);
    this.cacheKeys[slot] = key;
    this.cacheValues[slot] = relation;
    return relation;
  }

  private compare(a: number, b: number, key: number): number {
    if (this.canonicals[a] === this.canonicals[b] || this.variants.has(key)) return alike;
    const classes = this.classes[a]!;
    if (classes.length > 0) {
      const others = this.classes[b]!;
      for (const number of classes) if (others.includes(number)) return alike;
    }
    const [wordA, wordB] = [this.words[a]!, this.words[b]!];
    if (
      this.skeletons[a] !== 0 &&
      this.skeletons[a] === this.skeletons[b] &&
      Math.abs(wordA.length - wordB.length) <= 2
    ) {
      return similar;
    }
    const [shorter, longer] = wordA.length < wordB.length ? [wordA, wordB] : [wordB, wordA];
    if (shorter.length >= 4 && longer.length - shorter.length >= 2) {
      const rest = longer.startsWith(shorter) ? longer.slice(shorter.length) : longer.slice(0, -shorter.length);
      if (longer === shorter + rest || longer === rest + shorter) return particles.has(rest) ? alike : part;
    }
    const most = allowedEdits(Math.min(wordA.length, wordB.length), Math.max(wordA.length, wordB.length));
    if (most === 0 || lettersApart(this.masks[a]!, this.masks[b]!) > 2 * most) return different;
    return edits(wordA, wordB, most) <= most ? similar : different;
  }

  private grow(): void {
    const size = this.canonicals.length * 2;
    this.canonicals = enlarged(this.canonicals, new Int32Array(size));
    this.skeletons = enlarged(this.skeletons, new Int32Array(size));
    this.initials = enlarged(this.initials, new Uint8Array(size));
    this.masks = enlarged(this.masks, new Int32Array(size));
  }
}

const cacheSize = 1 << 18;

const pairKey = (a: number, b: number): number => (a < b ? a * 0x4000000 + b : b * 0x4000000 + a);

function enlarged<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function allowedEdits(shorter: number, longer: number): number {
  if (longer - shorter > 2 || shorter < 3) return 0;
  return shorter >= 8 ? 2 : 1;
}

const rowsOf = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

/** Optimal string alignment distance; `most + 1` as soon as it is exceeded. */
export function edits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > 62 || b.length > 62) return most + 1;
  let [before, last, row] = rowsOf as [Uint8Array, Uint8Array, Uint8Array];
  for (let at = 0; at <= b.length; at++) last[at] = at;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      let value = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + cost);
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      ) {
        value = Math.min(value, before[j - 2]! + 1);
      }
      row[j] = value;
      if (value < least) least = value;
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return last[b.length]!;
}
