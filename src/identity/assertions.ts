// What was asserted of pairs of registrations, as it holds now: a fold over statements in which order does not matter.
// Chains, cycles and repetitions are harmless; what is retracted is as if it had never been said.

import type { Assertion, Identifier } from './sighting.ts';

export class Assertions {
  private readonly byId = new Map<string, Assertion>();
  private readonly byRegistration = new Map<number, Map<string, number>>();
  private readonly register: (identifier: Identifier) => number;

  constructor(register: (identifier: Identifier) => number) {
    this.register = register;
  }

  /** Registrations it speaks of; none if it was known, or if its source may not speak for them. */
  add(assertion: Assertion): number[] {
    if (this.byId.has(assertion.id)) return [];
    this.byId.set(assertion.id, assertion);
    if (!assertion.authoritative) return [];
    const [a, b] = this.registrationsOf(assertion);
    this.listOf(a).set(assertion.id, b);
    this.listOf(b).set(assertion.id, a);
    return [a, b];
  }

  /** Registrations it spoke of. */
  retract(id: string): number[] {
    const assertion = this.byId.get(id);
    if (assertion === undefined) return [];
    this.byId.delete(id);
    if (!assertion.authoritative) return [];
    const both = this.registrationsOf(assertion);
    for (const registration of both) this.byRegistration.get(registration)?.delete(id);
    return both;
  }

  get all(): Assertion[] {
    return [...this.byId.values()];
  }

  /** Calls `visit` with each registration that something is asserted of together with this one, and the last word on the two. */
  visit(registration: number, visit: (other: number, assertion: Assertion) => void): void {
    const said = this.byRegistration.get(registration);
    if (said === undefined) return;
    const last = new Map<number, Assertion>();
    for (const [id, other] of said) {
      const assertion = this.byId.get(id)!;
      const before = last.get(other);
      if (before === undefined || isLater(assertion, before)) last.set(other, assertion);
    }
    for (const [other, assertion] of last) visit(other, assertion);
  }

  private registrationsOf({ of: [one, other] }: Assertion): [number, number] {
    return [this.register(one), this.register(other)];
  }

  private listOf(registration: number): Map<string, number> {
    let list = this.byRegistration.get(registration);
    if (list === undefined) {
      list = new Map();
      this.byRegistration.set(registration, list);
    }
    return list;
  }
}

const isLater = (one: Assertion, other: Assertion): boolean =>
  one.timestamp > other.timestamp || (one.timestamp === other.timestamp && one.id > other.id);
