// Decides who is who among the nodes of one component, by the partition; persons and doubts become what it says.

import type { Comparator } from './comparator.ts';
import type { Links } from './links.ts';
import type { Model } from './model.ts';
import { type Doubt, decide, type Edge, type Member } from './partition.ts';
import type { Change, Persons } from './persons.ts';
import type { Registry } from './registry.ts';
import type { Reviews } from './reviews.ts';

export interface Deciding {
  registry: Registry;
  links: Links;
  comparator: Comparator;
  persons: Persons;
  doubts: Reviews;
  /** In bits of evidence. */
  thresholds: Model['thresholds'];
}

/** `edges`: pairs of nodes, one after the other; what leads out of the component is a doubt for a person to look at. */
export function decideComponent(deciding: Deciding, nodes: number[], edges: readonly number[]): Change[] {
  const { registry, links, comparator, thresholds } = deciding;
  const members: Member[] = nodes.map((node) => {
    const facts = registry.facts(node);
    return { node, name: registry.nameOf(node, facts), facts, contested: registry.isContested(node) };
  });
  members.sort((a, b) => (a.name < b.name ? -1 : 1));
  const place = new Map(members.map(({ node }, at) => [node, at]));
  const local: Edge[] = [];
  const distant: Doubt[] = [];
  for (let at = 0; at < edges.length; at += 2) {
    const [a, b] = [place.get(edges[at]!), place.get(edges[at + 1]!)];
    if (a !== undefined && b !== undefined) local.push({ a, b });
    else distant.push({ a: edges[at]!, b: edges[at + 1]!, bits: 0, reason: 'distant' });
  }
  const { persons, doubts } = decide(members, local, links.assertedAmong(members, place), comparator, thresholds);
  const changes = deciding.persons.assign(
    members.map(({ node }) => node),
    persons,
  );
  const inside = doubts.map((doubt) => ({ ...doubt, a: members[doubt.a]!.node, b: members[doubt.b]!.node }));
  deciding.doubts.replace(nodes, [...inside, ...distant]);
  return changes;
}
