// Which sightings each person is known by.

import { enlarge } from './facts.ts';
import type { PersonId, Persons } from './persons.ts';
import type { Registry } from './registry.ts';
import type { RegistrationKey } from './sighting.ts';
import { intsOf, type Part, type Takers, textParts, textsOf } from './snapshot.ts';
import { TextTable } from './text-table.ts';

export class Sighted {
  private readonly registry: Registry;
  private readonly persons: Persons;
  private readonly sightings = new TextTable();
  /** Where each sighting was placed when it came. */
  private placed = new Int32Array(1 << 12);
  /** One more than the last sighting of each registration, and than the one of the same registration before each; 0 is none. */
  private last = new Int32Array(1 << 12);
  private before = new Int32Array(1 << 12);

  constructor(registry: Registry, persons: Persons) {
    this.registry = registry;
    this.persons = persons;
  }

  has(sightingId: string): boolean {
    return this.sightings.find(sightingId) !== undefined;
  }

  /** Of all sightings. */
  ids(): Iterable<string> {
    return this.sightings.texts;
  }

  note(sightingId: string, node: number): void {
    const number = this.sightings.number(sightingId);
    if (number >= this.placed.length) [this.placed, this.before] = [enlarge(this.placed), enlarge(this.before)];
    this.placed[number] = node;
    const registration = this.registry.registrationOf[node]!;
    while (registration >= this.last.length) this.last = enlarge(this.last);
    this.before[number] = this.last[registration]!;
    this.last[registration] = number + 1;
  }

  /** Ids of all sightings under a registration, in the order in which they came. */
  ofRegistration(key: RegistrationKey): readonly string[] {
    const registration = this.registry.find(key);
    return registration === undefined ? [] : this.under(registration);
  }

  private under(registration: number): string[] {
    const ids: string[] = [];
    for (let next = this.last[registration] ?? 0; next !== 0; next = this.before[next - 1]!) {
      ids.push(this.sightings.texts[next - 1]!);
    }
    return ids.reverse();
  }

  /** The node it is of now; undefined for a sighting that nobody put in. */
  nodeOf(sightingId: string): number | undefined {
    const number = this.sightings.find(sightingId);
    return number === undefined ? undefined : this.registry.current(this.placed[number]!);
  }

  personOf(sightingId: string): PersonId | undefined {
    const node = this.nodeOf(sightingId);
    return node === undefined ? undefined : this.persons.idOf(node);
  }

  /** Everything as it is now. */
  parts(): Part[] {
    const { texts } = this.sightings;
    return [{ name: 'sightedAt', ints: this.placed.slice(0, texts.length) }, ...textParts('sighted', texts)];
  }

  /** After those of the registry. */
  get takers(): Takers {
    let nodes = new Int32Array();
    let taken = 0;
    return {
      sightedAt: (part) => {
        nodes = intsOf(part);
      },
      sighted: (part) => {
        for (const id of textsOf(part)) this.note(id, nodes[taken++]!);
      },
    };
  }

  /** Ids of all sightings of the person that `node` is of. */
  ofPerson(node: number): string[] {
    const nodes = new Set(this.persons.nodesOf(node));
    const registrations = new Set([...nodes].map((each) => this.registry.registrationOf[each]!));
    return [...registrations]
      .flatMap((registration) => this.under(registration))
      .filter((id) => nodes.has(this.nodeOf(id)!));
  }
}
