// All sightings at once: who is who among them. The same decision as the index makes one by one.

import { Comparator } from './comparator.ts';
import { noFacts } from './facts.ts';
import { type Model, priorBits } from './model.ts';
import { Neighbours } from './neighbours.ts';
import { type Asserted, decide, type Doubt, type Edge, type Member, type Thresholds } from './partition.ts';
import { Reader } from './reading.ts';
import { Registry } from './registry.ts';
import type { Assertion, Sighting } from './sighting.ts';
import { Vocabulary } from './vocabulary.ts';

export interface BatchResult {
  /** Number of the person of each sighting, in their order. */
  persons: number[];
  /** Pairs of sightings, by place, of persons that somebody should look at. */
  doubts: Doubt[];
}

export function thresholdsOf(model: Model): Thresholds {
  const prior = priorBits(model);
  return { join: prior + Number(process.env.J ?? 7.5), review: prior - 3, margin: 6 };
}

export function reconcile(sightings: Sighting[], assertions: Assertion[], model: Model): BatchResult {
  const vocabulary = new Vocabulary();
  vocabulary.setVariants(model.variants);
  const comparator = new Comparator(model, vocabulary);
  const registry = new Registry(vocabulary, comparator);
  const neighbours = new Neighbours(registry, vocabulary, comparator);
  const reader = new Reader(model, vocabulary);
  const thresholds = thresholdsOf(model);
  const nodeOf = sightings.map((sighting) => registry.put(reader.read(sighting)).node);
  const count = registry.store.size;
  const facts = noFacts();
  for (let node = 0; node < count; node++) neighbours.post(node, registry.facts(node, facts), undefined);
  const edges: Edge[] = [];
  const leader = Int32Array.from({ length: count }, (_, node) => node);
  const find = (node: number): number => {
    while (leader[node] !== node) node = leader[node] = leader[leader[node]!]!;
    return node;
  };
  const unite = (a: number, b: number): void => {
    leader[find(a)] = find(b);
  };
  for (let node = 0; node < count; node++) {
    registry.facts(node, facts);
    neighbours.near(facts, thresholds.review, (other) => {
      if (other >= node) return;
      edges.push({ a: node, b: other });
      unite(node, other);
    });
    for (const claimed of facts.claims) {
      for (const other of registry.nodesOf(claimed).slice(0, 1)) {
        edges.push({ a: node, b: other });
        unite(node, other);
      }
    }
  }
  const same: Edge[] = [];
  for (const assertion of assertions) {
    if (!assertion.authoritative) continue;
    const [a, b] = assertion.of.map((identifier) => registry.nodesOf(registry.find(reader.keyOfIdentifier(identifier)) ?? -1)[0]);
    if (a === undefined || b === undefined) continue;
    same.push({ a, b });
    unite(a, b);
  }
  const components = new Map<number, { nodes: number[]; edges: Edge[]; same: Edge[] }>();
  const componentOf = (node: number) => {
    const head = find(node);
    let component = components.get(head);
    if (component === undefined) components.set(head, (component = { nodes: [], edges: [], same: [] }));
    return component;
  };
  for (let node = 0; node < count; node++) if (registry.registrationOf[node]! >= 0) componentOf(node).nodes.push(node);
  for (const edge of edges) componentOf(edge.a).edges.push(edge);
  for (const edge of same) componentOf(edge.a).same.push(edge);
  const personOf = new Int32Array(count);
  let person = 0;
  const doubts: Doubt[] = [];
  for (const component of components.values()) {
    const members: Member[] = component.nodes.map((node) => ({
      node,
      facts: registry.facts(node),
      contested: registry.isContested(node),
    }));
    const index = new Map(component.nodes.map((node, at) => [node, at]));
    const local = (list: Edge[]) => list.map(({ a, b }) => ({ a: index.get(a)!, b: index.get(b)! }));
    const asserted: Asserted = { same: local(component.same), different: [] };
    const decision = decide(members, local(component.edges), asserted, comparator, thresholds);
    decision.persons.forEach((number, at) => (personOf[members[at]!.node] = person + number));
    for (const doubt of decision.doubts) doubts.push({ ...doubt, a: members[doubt.a]!.node, b: members[doubt.b]!.node });
    person += members.length;
  }
  const firstOf = new Map<number, number>();
  nodeOf.forEach((node, at) => {
    if (!firstOf.has(node)) firstOf.set(node, at);
  });
  return {
    persons: nodeOf.map((node) => personOf[node]!),
    doubts: doubts.map((doubt) => ({ ...doubt, a: firstOf.get(doubt.a)!, b: firstOf.get(doubt.b)! })),
  };
}
