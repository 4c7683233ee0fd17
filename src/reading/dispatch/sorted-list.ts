// Items in an order that seldom needs a look at more than the ends: what comes is mostly last, what goes is mostly first.

/** Less than 0: `a` goes before `b`. Two different items never compare equal. */
export type Order<T> = (a: T, b: T) => number;

export class SortedList<T> {
  readonly #order: Order<T>;
  #items: T[] = [];
  /** How many at the front are gone: they are let go of together. */
  #gone = 0;

  constructor(order: Order<T>) {
    this.#order = order;
  }

  get size(): number {
    return this.#items.length - this.#gone;
  }

  first(): T | undefined {
    return this.#items[this.#gone];
  }

  at(index: number): T | undefined {
    return this.#items[this.#gone + index];
  }

  add(item: T): void {
    const items = this.#items;
    if (this.size === 0 || this.#order(items[items.length - 1]!, item) < 0) items.push(item);
    else items.splice(this.#place(item), 0, item);
  }

  /** False where it is not in the list. An item must still compare as it did when it was added. */
  remove(item: T): boolean {
    const at = this.#place(item);
    if (this.#items[at] !== item) return false;
    if (at === this.#gone) this.#dropFirst();
    else this.#items.splice(at, 1);
    return true;
  }

  *[Symbol.iterator](): Generator<T> {
    for (let at = this.#gone; at < this.#items.length; at++) yield this.#items[at]!;
  }

  #dropFirst(): void {
    this.#gone += 1;
    if (this.#gone * 2 < this.#items.length || this.#gone < 32) {
      if (this.#gone === this.#items.length) this.#items.length = this.#gone = 0;
      return;
    }
    this.#items.splice(0, this.#gone);
    this.#gone = 0;
  }

  /** Index of the first that does not go before `item`. */
  #place(item: T): number {
    let low = this.#gone;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order(this.#items[middle]!, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
