// Who is who within one component of records that could be one another: a pure function of their facts, what was asserted
// and the model, whatever order they came in. Strongest pair first; each joined person is compared again by all it is known
// by; nothing is joined across a veto or where a second person fits almost as well.

import type { Comparator } from './comparator.ts';
import { addFacts, type Facts, noFacts } from './facts.ts';
import { type Veto, vetoOf } from './verdict.ts';

export interface Member {
  node: number;
  facts: Facts;
  contested: boolean;
}

/** Indices into the members; bits of evidence. */
export interface Edge {
  a: number;
  b: number;
}

export interface Thresholds {
  /** Bits of evidence from which two are joined, and from which a person is asked. */
  join: number;
  review: number;
  /** Bits by which the best person must be ahead of the second best. */
  margin: number;
}

export interface Doubt {
  a: number;
  b: number;
  bits: number;
  reason: Veto | 'likelihood' | 'ambiguous';
}

export interface Decision {
  /** Number of the person of each member. */
  persons: number[];
  doubts: Doubt[];
}

interface Person {
  members: number[];
  facts: Facts;
  contested: boolean;
  /** The other persons it is compared with. */
  links: Map<number, Link>;
}

interface Link {
  bits: number;
  veto: Veto | undefined;
}

export interface Asserted {
  same: Edge[];
  different: Edge[];
}

export function decide(
  members: Member[],
  edges: Edge[],
  asserted: Asserted,
  comparator: Comparator,
  thresholds: Thresholds,
): Decision {
  const persons = startingPersons(members, asserted.same);
  const personOf = new Array<number>(members.length);
  persons.forEach((person, number) => person.members.forEach((member) => (personOf[member] = number)));
  const apart = asserted.different.map(({ a, b }) => [personOf[a]!, personOf[b]!] as const);
  const alive = new Set(persons.keys());
  const state = { persons, alive, apart, comparator, thresholds };
  for (const { a, b } of edges) link(state, personOf[a]!, personOf[b]!);
  const ambiguous = new Map<string, Doubt>();
  for (;;) {
    const best = strongest(state, ambiguous);
    if (best === undefined) break;
    const rival = rivalOf(state, best.a, best.b) ?? rivalOf(state, best.b, best.a);
    if (rival === undefined) join(state, best.a, best.b, ambiguous);
    else ambiguous.set(`${best.a} ${best.b}`, { a: best.a, b: best.b, bits: best.bits, reason: 'ambiguous' });
  }
  return conclude(state, members.length, ambiguous);
}

interface State {
  persons: Person[];
  alive: Set<number>;
  apart: (readonly [number, number])[];
  comparator: Comparator;
  thresholds: Thresholds;
}

/** Members that a source said are one start as one person. */
function startingPersons(members: Member[], same: Edge[]): Person[] {
  const leader = members.map((_, index) => index);
  const find = (index: number): number => (leader[index] === index ? index : find(leader[index]!));
  for (const { a, b } of same) {
    const [first, second] = [find(a), find(b)].sort((x, y) => x - y) as [number, number];
    leader[second] = first;
  }
  const groups = new Map<number, number[]>();
  members.forEach((_, index) => {
    const head = find(index);
    groups.set(head, [...(groups.get(head) ?? []), index]);
  });
  return [...groups.values()].map((group) => {
    const facts = noFacts();
    for (const index of group) addFacts(facts, members[index]!.facts);
    return { members: group, facts, contested: group.some((index) => members[index]!.contested), links: new Map() };
  });
}

function link(state: State, a: number, b: number): void {
  if (a === b || state.persons[a]!.links.has(b)) return;
  const [one, other] = [state.persons[a]!, state.persons[b]!];
  const bits = state.comparator.compare(one.facts, other.facts);
  const value = { bits, veto: vetoBetween(state, a, b) };
  one.links.set(b, value);
  other.links.set(a, value);
}

function vetoBetween({ persons, apart, comparator }: State, a: number, b: number): Veto | undefined {
  const veto = vetoOf(comparator);
  if (apart.some(([x, y]) => (x === a && y === b) || (x === b && y === a))) return 'asserted';
  if (veto !== undefined) return veto;
  return persons[a]!.contested || persons[b]!.contested ? 'contested' : undefined;
}

function strongest({ persons, alive, thresholds }: State, ambiguous: Map<string, Doubt>) {
  let best: { a: number; b: number; bits: number } | undefined;
  for (const a of alive) {
    for (const [b, { bits, veto }] of persons[a]!.links) {
      if (b < a || veto !== undefined || bits < thresholds.join) continue;
      if (best !== undefined && bits <= best.bits && (bits < best.bits || a > best.a || (a === best.a && b >= best.b))) continue;
      if (!ambiguous.has(`${a} ${b}`)) best = { a, b, bits };
    }
  }
  return best;
}

/** Another person that `a` fits almost as well as `b`, and that is not `b` either. */
function rivalOf(state: State, a: number, b: number): number | undefined {
  const { persons, thresholds } = state;
  const enough = persons[a]!.links.get(b)!.bits - thresholds.margin;
  for (const [rival, { bits, veto }] of persons[a]!.links) {
    if (rival === b || bits < enough || veto !== undefined || bits < thresholds.review) continue;
    const between = persons[b]!.links.get(rival);
    if (between === undefined || between.veto !== undefined || between.bits < thresholds.review) return rival;
  }
  return undefined;
}

/** `b` becomes part of `a`, and whoever knew either knows the new `a`. */
function join(state: State, a: number, b: number, ambiguous: Map<string, Doubt>): void {
  for (const [pair, doubt] of ambiguous) {
    if (doubt.a === a || doubt.a === b || doubt.b === a || doubt.b === b) ambiguous.delete(pair);
  }
  const [one, other] = [state.persons[a]!, state.persons[b]!];
  one.members.push(...other.members);
  addFacts(one.facts, other.facts);
  one.contested ||= other.contested;
  state.alive.delete(b);
  state.apart = state.apart.map(([x, y]) => [x === b ? a : x, y === b ? a : y]);
  const known = new Set([...one.links.keys(), ...other.links.keys()]);
  known.delete(a);
  known.delete(b);
  one.links.clear();
  for (const third of known) {
    state.persons[third]!.links.delete(a);
    state.persons[third]!.links.delete(b);
    link(state, a, third);
  }
}

function conclude({ persons, alive, thresholds }: State, count: number, ambiguous: Map<string, Doubt>): Decision {
  const result: Decision = { persons: new Array<number>(count), doubts: [] };
  for (const number of alive) {
    for (const member of persons[number]!.members) result.persons[member] = number;
    for (const [other, { bits, veto }] of persons[number]!.links) {
      if (other < number || bits < thresholds.review) continue;
      const unsure = ambiguous.has(`${number} ${other}`) ? 'ambiguous' : 'likelihood';
      result.doubts.push({ a: persons[number]!.members[0]!, b: persons[other]!.members[0]!, bits, reason: veto ?? unsure });
    }
  }
  return result;
}
