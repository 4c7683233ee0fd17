// What systems said is one person is one, before anything is weighed; where its members contradict each other somebody looks at
// it afterwards.

import type { Comparator } from './comparator.ts';
import { addFacts, type Facts, noFacts } from './facts.ts';
import { at } from './model.ts';
import type { Doubt, Edge, Member, Person } from './partition.ts';
import type { Spellings } from './spellings.ts';
import { isContradiction, vetoOf } from './verdict.ts';

/** Members that a source said are one start as one person. */
export function startingPersons(
  members: Member[],
  same: Edge[],
  comparator: Comparator,
  spellings: Spellings,
): Person[] {
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
    const givens = new Set(group.flatMap((index) => spellings.givensOf(members[index]!.facts)));
    const contested = group.some((index) => members[index]!.contested);
    const forced = group.some((index) => contradict(members[group[0]!]!.facts, members[index]!.facts, comparator));
    return { members: group, facts, givens, contested, forced, links: new Map() };
  });
}

function contradict(one: Facts, other: Facts, comparator: Comparator): boolean {
  if (one === other) return false;
  comparator.compare(one, other);
  return isContradiction(vetoOf(comparator));
}

/** What a system joined is joined; where sex, birth date, number or name say otherwise a person looks at it afterwards. */
export function doubtsOfJoined(members: Member[], unseen: Edge[], comparator: Comparator): Doubt[] {
  return unseen.flatMap(({ a, b }) => {
    const bits = comparator.compare(members[a]!.facts, members[b]!.facts);
    const isDoubtful = comparator.levels[at.sex] === 2 || isContradiction(vetoOf(comparator));
    return isDoubtful ? { a, b, bits, reason: 'joined' as const } : [];
  });
}
