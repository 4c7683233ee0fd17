// A map that holds so many (or so heavy) entries and forgets those that were not used for longest: in two generations, so
// that a use costs one look-up. What is used stays in the younger; when that is half full, the older one goes as a whole.

export class LeastRecentlyUsed<Key, Value> {
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();
  #youngWeight = 0;
  readonly #capacity: number;
  readonly #weigh: (value: Value) => number;

  /** `capacity` in the unit of `weigh`; entries count one each by default. Half of it is held before any goes. */
  constructor(capacity: number, weigh: (value: Value) => number = () => 1) {
    this.#capacity = capacity;
    this.#weigh = weigh;
  }

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: Key, value: Value): void {
    this.delete(key);
    const weight = this.#weigh(value);
    if (weight > this.#capacity) return;
    if (this.#youngWeight + weight > this.#capacity / 2) {
      // An entry may be heavier than a generation; then it is alone.
      this.#old = this.#youngWeight + weight > this.#capacity ? new Map() : this.#young;
      this.#young = new Map();
      this.#youngWeight = 0;
    }
    this.#young.set(key, value);
    this.#youngWeight += weight;
  }

  delete(key: Key): void {
    const value = this.#young.get(key);
    if (value !== undefined) this.#youngWeight -= this.#weigh(value);
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
    this.#youngWeight = 0;
  }

  /** Looks at each key. */
  deleteWhere(isMeant: (key: Key) => boolean): void {
    for (const key of [...this.#old.keys(), ...this.#young.keys()]) if (isMeant(key)) this.delete(key);
  }
}
