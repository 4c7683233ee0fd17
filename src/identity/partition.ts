// Who is who within one component of records that could be one another: a pure function of their facts, what was asserted
// and the model, whatever order they came in. Strongest pair first; each joined person is compared again by all it is known
// by; nothing is joined across a veto or where a second person fits almost as well.

import type { Comparator } from './comparator.ts';
import { addFacts, type Facts } from './facts.ts';
import { doubtsOfJoined, startingPersons } from './joined.ts';
import { at, type Thresholds } from './model.ts';
import { Spellings } from './spellings.ts';
import { isContradiction, type Veto, vetoOf } from './verdict.ts';
import { different, part } from './vocabulary.ts';

export const doubtLimits = {
  /** Bits more that a pair needs to be shown to a person although its birth dates differ: mostly they are namesakes. */
  dateDoubt: 3,
  /** Bits more that join two groups of records, each of which hangs together without the other. */
  bridge: 1,
};

export interface Member {
  node: number;
  /** What it is called in every order of arrival; members are sorted by it. */
  name: string;
  facts: Facts;
  contested: boolean;
}

/** Indices into the members; bits of evidence. */
export interface Edge {
  a: number;
  b: number;
}

export interface Doubt {
  a: number;
  b: number;
  bits: number;
  /**
   * `distant`: too unlike to be weighed with the others; judged when somebody asks. `joined`: one person, because a system
   * said so of two that contradict each other. `bridge`: enough for two records, too little for two groups of them.
   */
  reason: Veto | 'likelihood' | 'ambiguous' | 'bridge' | 'distant' | 'joined';
}

export interface Decision {
  /** Number of the person of each member. */
  persons: number[];
  doubts: Doubt[];
}

export interface Person {
  members: number[];
  facts: Facts;
  /** Given names it is known by. */
  givens: Set<number>;
  contested: boolean;
  /** True where a source joined members that contradict each other. */
  forced: boolean;
  /** The other persons it is compared with. */
  links: Map<number, Link>;
}

interface Link {
  bits: number;
  closeness: number;
  veto: Veto | undefined;
}

export interface Asserted {
  same: Edge[];
  different: Edge[];
  /** Those of `same` that nobody has looked at. */
  unseen: Edge[];
}

export function decide(
  members: Member[],
  edges: Edge[],
  asserted: Asserted,
  comparator: Comparator,
  thresholds: Thresholds,
): Decision {
  const spellings = new Spellings(
    members.map(({ facts }) => facts),
    comparator,
  );
  const persons = startingPersons(members, asserted.same, comparator, spellings);
  const personOf = new Array<number>(members.length);
  persons.forEach((person, number) => {
    for (const member of person.members) personOf[member] = number;
  });
  const apart = asserted.different.map(({ a, b }) => [personOf[a]!, personOf[b]!] as const);
  const alive = new Set(persons.keys());
  const state = {
    persons,
    alive,
    apart,
    comparator,
    thresholds,
    spellings,
  };
  for (const { a, b } of edges) link(state, personOf[a]!, personOf[b]!);
  const ambiguous = new Map<string, Doubt>();
  for (;;) {
    const best = strongest(state, ambiguous);
    if (best === undefined) break;
    const rival = rivalOf(state, best.a, best.b) ?? rivalOf(state, best.b, best.a);
    if (rival === undefined) join(state, best.a, best.b, ambiguous);
    else ambiguous.set(`${best.a} ${best.b}`, { a: best.a, b: best.b, bits: best.bits, reason: 'ambiguous' });
  }
  const decision = conclude(state, members.length, ambiguous);
  decision.doubts.push(...doubtsOfJoined(members, asserted.unseen, comparator));
  return decision;
}

interface State {
  persons: Person[];
  alive: Set<number>;
  apart: (readonly [number, number])[];
  comparator: Comparator;
  thresholds: Thresholds;
  spellings: Spellings;
}

function link(state: State, a: number, b: number): void {
  if (a === b || state.persons[a]!.links.has(b)) return;
  const [one, other] = [state.persons[a]!, state.persons[b]!];
  const bits = state.comparator.compare(one.facts, other.facts);
  const value = { bits, closeness: state.comparator.closeness, veto: vetoBetween(state, a, b) };
  one.links.set(b, value);
  other.links.set(a, value);
}

function vetoBetween(state: State, a: number, b: number): Veto | undefined {
  const { persons, apart, comparator, spellings } = state;
  const veto = vetoOf(comparator);
  if (apart.some(([x, y]) => (x === a && y === b) || (x === b && y === a))) return 'asserted';
  if (veto !== undefined) return veto;
  const given = comparator.levels[at.given];
  // Another given name is let pass where the number outvotes it.
  const calledBySecond = given === part && comparator.levels[at.national] !== 1;
  if (
    comparator.knowsRelatives &&
    (comparator.areGivensNear || given === different || calledBySecond) &&
    spellings.areTwo(persons[a]!.givens, persons[b]!.givens)
  )
    return 'given';
  return persons[a]!.contested || persons[b]!.contested ? 'contested' : undefined;
}

function strongest({ persons, alive, thresholds }: State, ambiguous: Map<string, Doubt>) {
  let best: { a: number; b: number; bits: number; closeness: number } | undefined;
  for (const a of alive) {
    for (const [b, { bits, closeness, veto }] of persons[a]!.links) {
      if (b < a || veto !== undefined || bits < thresholds.join || isBridge(persons[a]!, persons[b]!, bits, thresholds))
        continue;
      if (best !== undefined && !isCloser({ a, b, closeness }, best)) continue;
      if (!ambiguous.has(`${a} ${b}`)) best = { a, b, bits, closeness };
    }
  }
  return best;
}

/** A weak link of two groups is what two people under one name look like: neither group needs it. */
const isBridge = (one: Person, other: Person, bits: number, { join }: Thresholds): boolean =>
  one.members.length > 1 && other.members.length > 1 && bits >= join && bits < join + doubtLimits.bridge;

interface Pair {
  a: number;
  b: number;
  closeness: number;
}

const isCloser = (one: Pair, other: Pair): boolean =>
  one.closeness > other.closeness ||
  (one.closeness === other.closeness && (one.a < other.a || (one.a === other.a && one.b < other.b)));

/** Another person that `a` fits almost as well as `b`, and that is not `b` either. */
function rivalOf(state: State, a: number, b: number): number | undefined {
  const { persons, thresholds } = state;
  // That its members differ is known, and no reason to let go of what each of them was linked with.
  if (persons[a]!.forced) return undefined;
  const enough = persons[a]!.links.get(b)!.closeness - thresholds.margin;
  for (const [rival, { bits, closeness, veto }] of persons[a]!.links) {
    if (rival === b || closeness < enough || veto !== undefined || bits < thresholds.review) continue;
    link(state, b, rival);
    const between = persons[b]!.links.get(rival)!;
    if (isContradiction(between.veto) || between.bits < thresholds.review) return rival;
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
  for (const word of other.givens) one.givens.add(word);
  one.contested ||= other.contested;
  one.forced ||= other.forced;
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
      if (other < number || bits < thresholds.review + (veto === 'date' ? doubtLimits.dateDoubt : 0)) continue;
      const isWeak = isBridge(persons[number]!, persons[other]!, bits, thresholds);
      const unsure = ambiguous.has(`${number} ${other}`) ? 'ambiguous' : isWeak ? 'bridge' : 'likelihood';
      result.doubts.push({
        a: persons[number]!.members[0]!,
        b: persons[other]!.members[0]!,
        bits,
        reason: veto ?? unsure,
      });
    }
  }
  return result;
}
