// Patient/$match and PDQ: who of the known persons could be the one asked for. Read only. Candidates are compared record
// by record first, then the best persons as a whole, by all they are known by.

import { type Evidence, evidenceOf } from './explain.ts';
import type { Facts } from './facts.ts';
import type { IdentityIndex } from './identity-index.ts';
import { at } from './model.ts';
import { everybody } from './neighbours.ts';
import type { PersonId } from './persons.ts';
import type { RegistrationKey, Sighting } from './sighting.ts';
import { isContradiction, judgedProbability, type Veto, vetoOf } from './verdict.ts';

/** http://terminology.hl7.org/CodeSystem/match-grade */
export type MatchGrade = 'certain' | 'probable' | 'possible' | 'certainly-not';

export interface Candidate {
  person: PersonId;
  registrations: RegistrationKey[];
  probability: number;
  grade: MatchGrade;
  veto: Veto | undefined;
  evidence: Evidence[];
}

export interface MatchOptions {
  /** Persons at most. */
  limit?: number;
}

const limits = {
  persons: 10,
  compared: 16,
  /** Records looked at, or as many as the last key adds; who asks waits. */
  candidates: 800,
};

export function matchQuery(
  index: IdentityIndex,
  query: Sighting,
  { limit = limits.persons }: MatchOptions,
): Candidate[] {
  const { registry, persons, neighbours } = index;
  const read = index.reader.read(query);
  const { facts } = read;
  const known = query.patientId === '' ? undefined : registry.find(read.key);
  if (known !== undefined) facts.claims.push(known);
  const best = new Map<number, number>();
  const take = (node: number, bits: number): void => {
    const leader = persons.leaderOf(node);
    if (bits > (best.get(leader) ?? Number.NEGATIVE_INFINITY)) best.set(leader, bits);
  };
  neighbours.near(facts, index.thresholds.review - 4, take, { ...everybody, most: limits.candidates });
  for (const node of known === undefined ? [] : registry.nodesOf(known)) take(node, Number.MAX_VALUE);
  const nearest = [...best].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, Math.max(limit, limits.compared));
  const judged = nearest.map(([leader]) => judge(index, facts, leader));
  judged.sort((a, b) => b.probability - a.probability || (a.person < b.person ? -1 : 1));
  return withMargin(judged)
    .slice(0, limit)
    .map((one) => candidateOf(index, facts, one));
}

type Judged = Omit<Candidate, 'registrations' | 'evidence'> & { leader: number };

function judge(index: IdentityIndex, query: Facts, leader: number): Judged {
  const { persons, comparator, model, thresholds } = index;
  const bits = comparator.compare(query, index.personFacts(leader));
  const veto = vetoOf(comparator);
  const claimed = comparator.levels[at.claim] !== 0;
  return {
    leader,
    person: persons.idOf(leader),
    probability: judgedProbability(model, bits, claimed ? undefined : veto),
    grade: gradeOf(bits, veto, thresholds),
    veto,
  };
}

/** With what an answer says of it beside the judgement. */
function candidateOf(index: IdentityIndex, query: Facts, { leader, ...judged }: Judged): Candidate {
  const { registry, persons, comparator } = index;
  comparator.compare(query, index.personFacts(leader));
  const registrations = persons.nodesOf(leader).map((node) => registry.keys[registry.registrationOf[node]!]!);
  return { ...judged, registrations, evidence: evidenceOf(index) };
}

function gradeOf(bits: number, veto: Veto | undefined, { join, review }: IdentityIndex['thresholds']): MatchGrade {
  if (bits < review) return 'certainly-not';
  if (bits >= join && veto === undefined) return 'certain';
  if (isContradiction(veto)) return 'possible';
  return bits >= (join + review) / 2 ? 'probable' : 'possible';
}

/** Of two that are both certain neither is. */
function withMargin(candidates: Judged[]): Judged[] {
  const certain = candidates.filter(({ grade }) => grade === 'certain');
  if (certain.length < 2) return candidates;
  return candidates.map((candidate) =>
    candidate.grade === 'certain' ? { ...candidate, grade: 'probable' } : candidate,
  );
}
