// What people decided, as the engine would have judged it alone: pairs of registrations that somebody looked at, in an index
// that was not told what they said.

import { type Judged, surpriseOf } from './calibration.ts';
import type { IdentityIndex } from './identity-index.ts';
import { type Calibrations, priorBits } from './model.ts';
import type { Assertion, Identifier } from './sighting.ts';
import { doubtOf } from './verdict.ts';

export interface DecidedPair {
  of: readonly [Identifier, Identifier];
  same: boolean;
}

/** How the engine judged the pairs that people decided. */
export interface DecidedScore {
  same: number;
  different: number;
  /** Of `same`: joined without being asked; shown to a person. */
  joined: number;
  shown: number;
  /** Of `different`: joined, which is somebody's images under another. */
  falselyJoined: number;
  /** Mean bits by which the probabilities shown were wrong. */
  surprise: number;
}

/** The last word of people on each pair, without those that were taken back; and everything that systems said. */
export function splitStatements(statements: readonly Assertion[]): { said: Assertion[]; decided: DecidedPair[] } {
  const byPerson = statements.filter(({ decidedBy }) => decidedBy !== undefined);
  const last = new Map<string, Assertion>();
  for (const statement of byPerson.toSorted((a, b) => (a.timestamp < b.timestamp ? -1 : 1))) {
    const pair = statement.of.map(({ issuer, id }) => `${issuer}|${id}`).toSorted();
    last.set(pair.join('\n'), statement);
  }
  return {
    said: statements.filter(({ decidedBy }) => decidedBy === undefined),
    decided: [...last.values()].map(({ of, type }) => ({ of, same: type === 'same' })),
  };
}

interface JudgedPair extends Judged {
  joined: boolean;
  /** Why it waits for a person, where it does. */
  doubt: string | undefined;
}

/** `index` knows nothing of the decisions; a pair whose registrations it does not know is left out. */
export function judgePairs(index: IdentityIndex, pairs: readonly DecidedPair[]): JudgedPair[] {
  const { registry, persons, comparator } = index;
  const leaders = (a: number, b: number): string => [persons.leaderOf(a), persons.leaderOf(b)].toSorted().join();
  const doubts = new Map(index.doubtful.map(({ a, b, reason }) => [leaders(a, b), reason]));
  return pairs.flatMap(({ of, same }) => {
    const [a, b] = of.map((identifier) => index.nodeOf(identifier));
    if (a === undefined || b === undefined || a === b) return [];
    const joined = persons.leaderOf(a) === persons.leaderOf(b);
    const [one, other] = [a, b].map((node) => (joined ? registry.facts(node) : index.personFacts(node)));
    const bits = comparator.compare(one!, other!) - priorBits(index.model);
    return [{ bits, same, joined, doubt: joined ? undefined : doubts.get(leaders(a, b)) }];
  });
}

/** Those that were joined without being asked, or shown, by what the doubt about them was. */
export function byDoubt(judged: readonly JudgedPair[]): Record<keyof Calibrations, Judged[]> {
  const kinds: Record<keyof Calibrations, Judged[]> = { weighed: [], scarce: [], contradicted: [] };
  for (const pair of judged) if (pair.joined || pair.doubt !== undefined) kinds[doubtOf(pair.doubt)].push(pair);
  return kinds;
}

export function scoreDecided(index: IdentityIndex, judged: readonly JudgedPair[]): DecidedScore {
  const same = judged.filter((pair) => pair.same);
  return {
    same: same.length,
    different: judged.length - same.length,
    joined: same.filter(({ joined }) => joined).length,
    shown: same.filter(({ doubt }) => doubt !== undefined).length,
    falselyJoined: judged.filter((pair) => !pair.same && pair.joined).length,
    surprise: meanSurprise(index.model.calibration, byDoubt(judged)),
  };
}

function meanSurprise(curves: Calibrations, judged: ReturnType<typeof byDoubt>): number {
  const kinds = Object.keys(judged) as (keyof Calibrations)[];
  const bits = kinds.reduce((sum, kind) => sum + surpriseOf(curves[kind], judged[kind]), 0);
  return (
    bits /
    Math.max(
      1,
      kinds.reduce((sum, kind) => sum + judged[kind].length, 0),
    )
  );
}
