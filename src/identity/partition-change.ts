// What a change of model, or of what is known of authorities, does to who is who: the persons of the same sightings before
// and after.

import type { IdentityIndex } from './identity-index.ts';
import type { PersonId } from './persons.ts';

export interface PartitionChange {
  /** Before. */
  persons: number;
  /** Persons made of several; for each a node, before, of every one of these. */
  joined: number[][];
  /** Persons of whom several were made. */
  split: number;
  /** Sightings whose person has others now. */
  moved: string[];
}

/** Of the sightings that both know. */
export function changeBetween(before: IdentityIndex, after: IdentityIndex): PartitionChange {
  const comparison = new PartitionComparison(before, after);
  for (const _ of comparison.steps());
  return comparison.change;
}

/** The same in many small steps, for whoever has other things to do between them. */
export class PartitionComparison {
  private readonly before: IdentityIndex;
  private readonly after: IdentityIndex;
  private readonly former = new Groups();
  private readonly now = new Groups();
  private readonly placed: { id: string; was: number; is: number }[] = [];

  constructor(before: IdentityIndex, after: IdentityIndex) {
    this.before = before;
    this.after = after;
  }

  *steps(): Generator<void> {
    const [before, after] = [this.before, this.after];
    for (const id of before.sighted.ids()) {
      yield;
      const [a, b] = [before.sighted.nodeOf(id)!, after.sighted.nodeOf(id)];
      if (b === undefined) continue;
      const [was, is] = [before.persons.leaderOf(a), after.persons.leaderOf(b)];
      this.former.note(was, is);
      this.now.note(is, was);
      this.placed.push({ id, was, is });
    }
  }

  /** After all steps. */
  get change(): PartitionChange {
    const { former, now } = this;
    return {
      persons: former.size,
      joined: now.several(),
      split: former.several().length,
      moved: this.placed.filter(({ was, is }) => former.isSeveral(was) || now.isSeveral(is)).map(({ id }) => id),
    };
  }
}

/** With which others of the second kind each of the first kind has something in common. */
class Groups {
  private readonly first = new Map<number, number>();
  private readonly more = new Map<number, Set<number>>();

  get size(): number {
    return this.first.size;
  }

  note(one: number, other: number): void {
    const first = this.first.get(one);
    if (first === undefined) this.first.set(one, other);
    else if (first !== other) this.more.set(one, (this.more.get(one) ?? new Set([first])).add(other));
  }

  isSeveral(one: number): boolean {
    return this.more.has(one);
  }

  several(): number[][] {
    return [...this.more.values()].map((others) => [...others]);
  }
}

/** Notes in `lost` ids of persons that no registration gives any more, because it is read otherwise; with a sighting of each. */
export function* lostIds(before: IdentityIndex, after: IdentityIndex, lost: Map<PersonId, string>): Generator<void> {
  const seen = new Set<number>();
  for (const sighting of before.sighted.ids()) {
    yield;
    const node = before.sighted.nodeOf(sighting)!;
    if (before.persons.leaderOf(node) !== node || seen.has(node)) continue;
    if (after.sighted.nodeOf(sighting) === undefined) continue;
    seen.add(node);
    const id = before.persons.idOf(node);
    if (after.persons.find(id) === undefined) lost.set(id, sighting);
  }
}
