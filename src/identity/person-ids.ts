// Ids of persons as the two integers they are made of: who had which, and which each node was last told of.

import { hash } from './contact.ts';
import { enlarge } from './facts.ts';
import { spread } from './text-table.ts';

export type PersonId = string;

/** Whether it has the form of one; looking up is for those that have. */
export const isPersonId = (text: string): text is PersonId => /^P[0-9a-f]{16}$/.test(text);

/** Made of a name that no two nodes have. */
export const personIdOf = (name: string): PersonId => `P${hex(hash(name))}${hex(hash(`${name}/`))}`;

const hex = (value: number): string => value.toString(16).padStart(8, '0');

const halvesOf = (id: PersonId): [number, number] => [
  Number.parseInt(id.slice(1, 9), 16) | 0,
  Number.parseInt(id.slice(9), 16) | 0,
];

const limits = {
  /** Share of the places that are taken at most. */
  load: 0.75,
};

/** A node for each id: an open-addressing table of three integers a place. */
export class NodesById {
  /** Both halves, and one more than the node; 0 is free. */
  private places = new Int32Array(3 << 12);
  private count = 0;

  get(id: PersonId): number | undefined {
    const [high, low] = halvesOf(id);
    const node = this.places[this.placeOf(high, low) + 2]!;
    return node === 0 ? undefined : node - 1;
  }

  set(id: PersonId, node: number): void {
    this.put(...halvesOf(id), node + 1);
    if (this.count * 3 > this.places.length * limits.load) this.widen();
  }

  private put(high: number, low: number, taken: number): void {
    const at = this.placeOf(high, low);
    if (this.places[at + 2] === 0) this.count++;
    this.places[at] = high;
    this.places[at + 1] = low;
    this.places[at + 2] = taken;
  }

  private placeOf(high: number, low: number): number {
    const { places } = this;
    const mask = places.length / 3 - 1;
    let place = spread(high ^ low) & mask;
    while (places[3 * place + 2] !== 0 && (places[3 * place] !== high || places[3 * place + 1] !== low)) {
      place = (place + 1) & mask;
    }
    return 3 * place;
  }

  private widen(): void {
    const old = this.places;
    this.places = new Int32Array(old.length * 2);
    this.count = 0;
    for (let at = 0; at < old.length; at += 3) if (old[at + 2] !== 0) this.put(old[at]!, old[at + 1]!, old[at + 2]!);
  }
}

/** The id last told of each node. */
export class ToldIds {
  private halves = new Int32Array(1 << 12);

  get(node: number): PersonId | undefined {
    const [high, low] = [this.halves[2 * node] ?? 0, this.halves[2 * node + 1] ?? 0];
    return high === 0 && low === 0 ? undefined : `P${hex(high >>> 0)}${hex(low >>> 0)}`;
  }

  set(node: number, id: PersonId): void {
    while (2 * node >= this.halves.length) this.halves = enlarge(this.halves);
    [this.halves[2 * node], this.halves[2 * node + 1]] = halvesOf(id);
  }
}
