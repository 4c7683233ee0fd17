// What several answers hold at the same time is made once and held once: as long as one of them is being sent.

export class Shared<Value extends object> {
  readonly #held = new Map<string, WeakRef<Value>>();
  readonly #making = new Map<string, Promise<Value>>();
  readonly #gone = new FinalizationRegistry<string>((key) => {
    if (this.#held.get(key)?.deref() === undefined) this.#held.delete(key);
  });
  #last: Promise<unknown> = Promise.resolve();

  /** What `make` gives under this key, now or for somebody before. One after the other: each takes memory while it is made. */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const held = this.#held.get(key)?.deref();
    if (held !== undefined) return held;
    const making = this.#making.get(key) ?? this.#made(key, make);
    return making;
  }

  #made(key: string, make: () => Promise<Value>): Promise<Value> {
    const making = this.#last.then(make).then((value) => {
      this.#held.set(key, new WeakRef(value));
      this.#gone.register(value, key);
      return value;
    });
    const over = making.finally(() => this.#making.delete(key));
    this.#last = over.catch(() => {});
    this.#making.set(key, over);
    return over;
  }
}
