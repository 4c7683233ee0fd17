import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { estimateModel } from './estimate.ts';
import { noFacts } from './facts.ts';
import { IdentityIndex } from './identity-index.ts';
import { everybody } from './neighbours.ts';
import { limits, Postings } from './postings.ts';
import { makePopulation } from './testing/population.ts';

test('whoever has a key is found by it, in the order of posting, also after it was put away', () => {
  const posting = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(400));
  fc.assert(
    fc.property(fc.array(posting, { maxLength: 800 }), (posted) => {
      const postings = new Postings();
      const known = new Map<number, Set<number>>();
      for (const [key, node] of posted) {
        postings.add(key, node);
        known.set(key, (known.get(key) ?? new Set()).add(node));
      }
      const restored = new Postings();
      for (const part of postings.parts()) restored.takers[part.name]!(structuredClone(part));
      for (const table of [postings, restored]) {
        for (let key = 1; key <= 9; key++) {
          const nodes: number[] = [];
          table.visit(key, (node) => nodes.push(node));
          assert.deepEqual(nodes, [...(known.get(key) ?? [])]);
          assert.equal(table.count(key), nodes.length);
        }
      }
    }),
  );
});

test('a key of too many is passed over unless whoever asks wants all of them', () => {
  const postings = new Postings();
  for (let node = 0; node <= limits.block; node++) postings.add(7, node);
  let [few, all] = [0, 0];
  postings.visit(7, () => few++);
  postings.visit(7, () => all++, Number.POSITIVE_INFINITY);
  assert.deepEqual([few, all], [0, limits.block + 1]);
});

test('keys by the hundred thousand keep their nodes while the table grows', () => {
  const postings = new Postings();
  for (let node = 0; node < 100_000; node++) for (const key of [node + 1, -1 - (node >> 2)]) postings.add(key, node);
  for (let node = 0; node < 100_000; node += 997) {
    const found: number[] = [];
    postings.visit(node + 1, (each) => found.push(each));
    postings.visit(-1 - (node >> 2), (each) => found.push(each));
    const first = node & ~3;
    assert.deepEqual(found, [node, first, first + 1, first + 2, first + 3]);
  }
});

test('whom the values alone show to be too far away is not near by all of it, and each pair is told once to who asks for earlier ones', () => {
  const { sightings } = makePopulation({ persons: 400, seed: 3, hardness: 2 });
  const index = new IdentityIndex(estimateModel(sightings, 'test'));
  index.load(sightings);
  const { registry, neighbours, comparator, thresholds } = index;
  const [facts, other] = [noFacts(), noFacts()];
  let near = 0;
  for (let node = 0; node < registry.store.size; node++) {
    registry.facts(node, facts);
    const told = new Set<number>();
    const earlier = new Set<number>();
    neighbours.near(facts, thresholds.review, (each) => told.add(each));
    neighbours.near(facts, thresholds.review, (each) => earlier.add(each), { ...everybody, before: node });
    const candidates = new Set<number>();
    neighbours.candidates(facts, (each) => candidates.add(each));
    const expected = [...candidates].filter(
      (each) => comparator.compare(facts, registry.facts(each, other)) >= thresholds.review,
    );
    assert.deepEqual([...told].sort(), expected.sort());
    assert.deepEqual([...earlier].sort(), expected.filter((each) => each < node).sort());
    near += told.size;
  }
  assert.ok(near > registry.store.size);
});
