// What could join two nodes: how like they are, and what was asserted of their registrations. From it the components that
// are decided together.

import type { Assertions } from './assertions.ts';
import type { Model } from './model.ts';
import { everybody, type Neighbours, type Within } from './neighbours.ts';
import type { Asserted, Member } from './partition.ts';
import type { Persons } from './persons.ts';
import type { Registry } from './registry.ts';

export class Links {
  private readonly registry: Registry;
  private readonly neighbours: Neighbours;
  private readonly assertions: Assertions;
  private readonly persons: Persons;
  private readonly thresholds: Model['thresholds'];

  /** `thresholds`: in bits of evidence. */
  constructor(
    {
      registry,
      neighbours,
      assertions,
      persons,
    }: { registry: Registry; neighbours: Neighbours; assertions: Assertions; persons: Persons },
    thresholds: Model['thresholds'],
  ) {
    this.registry = registry;
    this.neighbours = neighbours;
    this.assertions = assertions;
    this.persons = persons;
    this.thresholds = thresholds;
  }

  /** All nodes that `start` is connected with by links that could join them; `edges` takes these and the weaker ones. */
  component(start: number, edges: number[] = []): number[] {
    const found = new Set([start]);
    for (const node of found) {
      const close: number[] = [];
      this.partners(node, (other, isClose) => {
        if (isClose) close.push(other);
        edges.push(node, other);
      });
      for (const other of close) found.add(other);
    }
    return [...found];
  }

  /**
   * Whoever could be of the same person, and whether that is close enough to be weighed together with all its others. `within`
   * is of those who are like it; whoever something was asserted of is told in any case.
   */
  partners(node: number, visit: (other: number, isClose: boolean) => void, within: Within = everybody): void {
    const facts = this.registry.facts(node);
    const { connect, review } = this.thresholds;
    const see = (other: number, bits: number): void => {
      if (other !== node) visit(other, bits >= connect);
    };
    this.neighbours.near(facts, review, see, within);
    const registration = this.registry.registrationOf[node]!;
    if (registration < 0) return;
    this.assertions.visit(registration, (other) => {
      const [meant, partner] = this.registry.meant(registration, other);
      if (meant === node && partner !== undefined && partner !== node) visit(partner, true);
    });
  }

  /** What was asserted of members of one component, by their places in it. */
  assertedAmong(members: Member[], place: Map<number, number>): Asserted {
    const asserted: Asserted = { same: [], different: [], unseen: [] };
    members.forEach(({ node }, a) => {
      const registration = this.registry.registrationOf[node]!;
      this.assertions.visit(registration, (other, assertion) => {
        const [meant, partner] = this.registry.meant(registration, other);
        const b = place.get(partner ?? -1);
        if (meant !== node || b === undefined || a >= b) return;
        asserted[assertion.type].push({ a, b });
        if (assertion.type === 'same' && assertion.decidedBy === undefined) asserted.unseen.push({ a, b });
      });
    });
    return asserted;
  }

  /** Whether somebody looked at registrations of these two persons, and said that they are two. */
  isDecided(a: number, b: number): boolean {
    const other = this.persons.leaderOf(b);
    return this.persons.nodesOf(a).some((node) => {
      let found = false;
      this.assertions.visit(this.registry.registrationOf[node]!, (registration, { type, decidedBy }) => {
        if (type !== 'different' || decidedBy === undefined) return;
        found ||= this.registry.nodesOf(registration).some((each) => this.persons.leaderOf(each) === other);
      });
      return found;
    });
  }
}
