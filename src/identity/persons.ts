// Which person each node is. A person's id is made from its oldest registration, so it is the same on every node of the
// archive and in every order of arrival; when an older registration joins, the change says which id replaced which.

import { Moments } from './moments.ts';
import { NodesById, type PersonId, personIdOf, ToldIds } from './person-ids.ts';
import type { Registry } from './registry.ts';
import type { RegistrationKey } from './sighting.ts';
import { intsOf, type Part, type Takers } from './snapshot.ts';

export { isPersonId, type PersonId, personIdOf } from './person-ids.ts';

export interface Change {
  registration: RegistrationKey;
  /** Undefined where the registration is new. */
  from: PersonId | undefined;
  to: PersonId;
}

export class Persons {
  /** First node of each node's person, by age. */
  private readonly leaders: number[] = [];
  /** All nodes of the persons that have several, by leader. */
  private readonly members = new Map<number, number[]>();
  /** When each node was first seen. */
  private readonly since = new Moments();
  private readonly told = new ToldIds();
  private readonly registry: Registry;
  /** A node under whose name each id was given; made when it is first asked for. */
  private named: NodesById | undefined;

  constructor(registry: Registry) {
    this.registry = registry;
  }

  /** A node of the person that has this id, or of whom the one that had it became part. */
  find(id: PersonId): number | undefined {
    if (this.named === undefined) for (const _ of this.nameAll());
    const node = this.named!.get(id);
    return node === undefined ? undefined : this.registry.current(node);
  }

  /** Notes when a node was seen; true if that is earlier than was known. */
  note(node: number, timestamp: string): boolean {
    const before = this.since.get(node);
    if (this.leaders[node] === undefined) {
      this.leaders[node] = node;
      this.named?.set(this.ownId(node), node);
    }
    if (before !== undefined && timestamp >= before) return false;
    this.since.set(node, timestamp);
    return before !== undefined;
  }

  /** A facet that became part of another was seen as early as it. */
  inherit(from: number, to: number): void {
    const since = from === to ? undefined : this.since.get(from);
    if (since !== undefined) this.note(to, since);
  }

  idOf(node: number): PersonId {
    return this.ownId(this.leaders[node]!);
  }

  /** The id of a person of whom `node` is the oldest. */
  private ownId(node: number): PersonId {
    return personIdOf(this.registry.nameOf(node));
  }

  leaderOf(node: number): number {
    return this.leaders[node]!;
  }

  /** All nodes of the person that `node` is of. */
  nodesOf(node: number): readonly number[] {
    const leader = this.leaders[node]!;
    return this.members.get(leader) ?? [leader];
  }

  /** Everything as it is now. */
  parts(): Part[] {
    return [{ name: 'leaders', ints: Int32Array.from(this.leaders) }, ...this.since.parts()];
  }

  readonly takers: Takers = {
    ...this.since.takers,
    leaders: (part) => {
      intsOf(part).forEach((leader, node) => {
        this.leaders[node] = leader;
        if (leader === node) return;
        const members = this.members.get(leader);
        if (members === undefined) this.members.set(leader, [leader, node]);
        else members.push(node);
      });
    },
  };

  /** Everybody is taken to be known by now; only what changes from here is told. */
  *tellAll(): Generator<void> {
    for (let node = 0; node < this.leaders.length; node++) {
      if (this.registry.registrationOf[node]! >= 0) this.told.set(node, this.idOf(node));
      yield;
    }
  }

  /** Makes what `find` looks through, which else the first to ask waits for. */
  *nameAll(): Generator<void> {
    const named = new NodesById();
    for (let node = 0; node < this.leaders.length; node++) {
      named.set(this.ownId(node), node);
      yield;
    }
    this.named = named;
  }

  /** Notes the persons of a component, `persons` being a number for each node; tells whose person's id is another now. */
  assign(nodes: number[], persons: number[]): Change[] {
    const groups = new Map<number, number[]>();
    nodes.forEach((node, at) => {
      const group = groups.get(persons[at]!);
      if (group === undefined) groups.set(persons[at]!, [node]);
      else group.push(node);
    });
    for (const node of nodes) this.members.delete(this.leaders[node]!);
    for (const group of groups.values()) {
      const leader = group.reduce((oldest, node) => (this.isOlder(node, oldest) ? node : oldest));
      for (const node of group) this.leaders[node] = leader;
      // Two people under one number have names that tell them apart, and those change with what is known of them.
      this.named?.set(this.idOf(leader), leader);
      if (group.length > 1) this.members.set(leader, group);
    }
    return this.changes(nodes);
  }

  /** The same person, whose oldest registration may be another now. */
  refresh(node: number): Change[] {
    const nodes = [...this.nodesOf(node)];
    return this.assign(
      nodes,
      nodes.map(() => 0),
    );
  }

  private changes(nodes: number[]): Change[] {
    const changes: Change[] = [];
    for (const node of nodes) {
      const [from, to] = [this.told.get(node), this.idOf(node)];
      if (from === to) continue;
      this.told.set(node, to);
      changes.push({ registration: this.registry.keys[this.registry.registrationOf[node]!]!, from, to });
    }
    return changes;
  }

  private isOlder(one: number, other: number): boolean {
    const order = this.since.compare(one, other);
    return order < 0 || (order === 0 && this.registry.nameOf(one) < this.registry.nameOf(other));
  }
}
