// Which sightings each person is known by.

import type { PersonId, Persons } from './persons.ts';
import type { Registry } from './registry.ts';
import type { RegistrationKey } from './sighting.ts';
import { intsOf, type Part, type Takers, textParts, textsOf } from './snapshot.ts';

export class Sighted {
  private readonly registry: Registry;
  private readonly persons: Persons;
  /** Where each sighting was placed when it came. */
  private readonly placed = new Map<string, number>();
  /** Sightings of each registration. */
  private readonly byRegistration = new Map<number, string[]>();

  constructor(registry: Registry, persons: Persons) {
    this.registry = registry;
    this.persons = persons;
  }

  has(sightingId: string): boolean {
    return this.placed.has(sightingId);
  }

  /** Of all sightings. */
  ids(): Iterable<string> {
    return this.placed.keys();
  }

  note(sightingId: string, node: number): void {
    this.placed.set(sightingId, node);
    const registration = this.registry.registrationOf[node]!;
    const list = this.byRegistration.get(registration);
    if (list === undefined) this.byRegistration.set(registration, [sightingId]);
    else list.push(sightingId);
  }

  /** Ids of all sightings under a registration. */
  ofRegistration(key: RegistrationKey): readonly string[] {
    return this.byRegistration.get(this.registry.find(key) ?? -1) ?? [];
  }

  /** The node it is of now; undefined for a sighting that nobody put in. */
  nodeOf(sightingId: string): number | undefined {
    const node = this.placed.get(sightingId);
    return node === undefined ? undefined : this.registry.current(node);
  }

  personOf(sightingId: string): PersonId | undefined {
    const node = this.nodeOf(sightingId);
    return node === undefined ? undefined : this.persons.idOf(node);
  }

  /** Everything as it is now. */
  parts(): Part[] {
    return [
      { name: 'sightedAt', ints: Int32Array.from(this.placed.values()) },
      ...textParts('sighted', [...this.placed.keys()]),
    ];
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
      .flatMap((registration) => this.byRegistration.get(registration) ?? [])
      .filter((id) => nodes.has(this.nodeOf(id)!));
  }
}
