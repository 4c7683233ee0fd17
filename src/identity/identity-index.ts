// Who is who among everything that was put in, kept current: each sighting and assertion decides anew the component of
// records it could touch, so any order of the same events ends in the same persons, and a retraction in the earlier ones.

import { Assertions } from './assertions.ts';
import { Comparator } from './comparator.ts';
import { type Deciding, decideComponent } from './component-decision.ts';
import { Graph } from './components.ts';
import { type Explanation, explainPair } from './explain.ts';
import { addFacts, type Facts, noFacts } from './facts.ts';
import { Links } from './links.ts';
import { type Candidate, type MatchOptions, matchQuery } from './match.ts';
import { type Model, priorBits, priorModel } from './model.ts';
import { everybody, Neighbours } from './neighbours.ts';
import { type Doubt, doubtLimits } from './partition.ts';
import { type Change, type PersonId, Persons } from './persons.ts';
import { Reader } from './reading.ts';
import { Registry } from './registry.ts';
import { type Review, Reviews } from './reviews.ts';
import { Sighted } from './sighted.ts';
import type { Assertion, Identifier, Sighting } from './sighting.ts';
import { jsonOf, type Part, type Takers, textParts, textsOf } from './snapshot.ts';
import { survivorOf } from './survivor.ts';
import { vetoOf } from './verdict.ts';
import { Vocabulary } from './vocabulary.ts';

export class IdentityIndex {
  readonly model: Model;
  readonly vocabulary = new Vocabulary();
  readonly comparator: Comparator;
  readonly registry: Registry;
  readonly neighbours: Neighbours;
  readonly reader: Reader;
  readonly persons: Persons;
  private readonly assertions: Assertions;
  private readonly links: Links;
  private readonly deciding: Deciding;
  private readonly doubts: Reviews;
  readonly sighted: Sighted;
  /** Bits of evidence of the model's thresholds. */
  readonly thresholds: Model['thresholds'];

  constructor(model: Model = priorModel) {
    this.model = model;
    this.vocabulary.setVariants(model.variants);
    this.comparator = new Comparator(model, this.vocabulary);
    this.registry = new Registry(this.vocabulary, this.comparator);
    this.neighbours = new Neighbours(this.registry, this.vocabulary, this.comparator);
    this.reader = new Reader(model, this.vocabulary);
    this.persons = new Persons(this.registry);
    this.sighted = new Sighted(this.registry, this.persons);
    this.assertions = new Assertions((identifier) =>
      this.registry.registration(this.reader.keyOfIdentifier(identifier)),
    );
    this.doubts = new Reviews(this.registry, this.persons, model, {
      weigh: (a, b) => this.weigh(a, b),
      isDecided: (a, b) => this.links.isDecided(a, b),
    });
    const { join, connect, review, margin } = model.thresholds;
    const prior = priorBits(model);
    this.thresholds = { join: prior + join, connect: prior + connect, review: prior + review, margin };
    const { registry, neighbours, assertions, persons, comparator, doubts, thresholds } = this;
    this.links = new Links({ registry, neighbours, assertions, persons }, thresholds);
    this.deciding = { registry, links: this.links, comparator, persons, doubts, thresholds };
  }

  /** Everything it knows and decided but the model, as it is now: what changes later is not in it. */
  parts(): Part[] {
    return [
      ...textParts('words', this.vocabulary.words),
      ...this.registry.parts(),
      ...this.persons.parts(),
      ...this.sighted.parts(),
      ...this.doubts.parts(),
      ...this.neighbours.postings.parts(),
      { name: 'assertions', json: this.assertions.all },
    ];
  }

  /** Takes the parts of an index of this model, in their order, into this one, which is empty; `ready` afterwards. */
  get takers(): Takers {
    let words = 0;
    return {
      words: (part) => {
        for (const word of textsOf(part)) {
          if (this.vocabulary.intern(word) !== words++) throw new RangeError('a snapshot of another model');
        }
      },
      ...this.registry.takers,
      ...this.persons.takers,
      ...this.sighted.takers,
      ...this.doubts.takers,
      ...this.neighbours.postings.takers,
      assertions: (part) => {
        for (const assertion of jsonOf<Assertion[]>(part)) this.assertions.add(assertion);
      },
    };
  }

  /** The last steps after `takers`. */
  ready(): Generator<void> {
    return this.persons.tellAll();
  }

  /** Takes note of a sighting; the same one twice changes nothing. */
  put(sighting: Sighting): Change[] {
    if (this.sighted.has(sighting.id)) return [];
    const read = this.reader.read(sighting);
    const known = this.registry.find(read.key);
    const touched = new Set(
      known === undefined ? [] : this.registry.nodesOf(known).flatMap((node) => this.links.component(node)),
    );
    const { node, changed } = this.registry.put(read);
    const isEarlier = this.persons.note(node, sighting.timestamp);
    this.sighted.note(sighting.id, node);
    for (const one of touched) this.persons.inherit(one, this.registry.current(one));
    if (changed.length === 0) return isEarlier ? this.persons.refresh(node) : [];
    for (const one of changed) this.neighbours.post(one, this.registry.facts(one));
    return this.settle([...touched, ...changed]);
  }

  assert(assertion: Assertion): Change[] {
    return this.settle(this.assertions.add(assertion).flatMap((registration) => this.registry.nodesOf(registration)));
  }

  /** Takes an assertion back; persons become what they are without it. */
  retract(assertionId: string): Change[] {
    return this.settle(
      this.assertions.retract(assertionId).flatMap((registration) => this.registry.nodesOf(registration)),
    );
  }

  /** Everything at once, into an empty index; faster than one by one, and the same persons. */
  load(sightings: Iterable<Sighting>, assertions: Iterable<Assertion> = []): void {
    for (const sighting of sightings) this.gather(sighting);
    for (const assertion of assertions) this.gatherAssertion(assertion);
    this.decideAll();
  }

  /** `put` without a decision: who gathers into an empty index calls `decideAll` afterwards. */
  gather(sighting: Sighting): void {
    if (this.sighted.has(sighting.id)) return;
    const { node } = this.registry.put(this.reader.read(sighting));
    this.persons.note(node, sighting.timestamp);
    this.sighted.note(sighting.id, node);
  }

  /** `assert` without a decision. */
  gatherAssertion(assertion: Assertion): void {
    this.assertions.add(assertion);
  }

  /** `retract` without a decision. */
  gatherRetraction(assertionId: string): void {
    this.assertions.retract(assertionId);
  }

  decideAll(): void {
    for (const _ of this.decideInSteps());
  }

  /** The same in many small steps, for whoever has other things to do between them. */
  *decideInSteps(): Generator<void> {
    const { size } = this.registry.store;
    for (let node = 0; node < size; node++) this.persons.inherit(node, this.registry.current(node));
    const facts = noFacts();
    for (let node = 0; node < size; node++) {
      this.neighbours.post(node, this.registry.facts(node, facts));
      yield;
    }
    const graph = new Graph(size);
    for (let node = 0; node < size; node++) {
      const see = (other: number, isClose: boolean): void => {
        if (other >= node) return;
        if (isClose) graph.connect(node, other);
        else graph.note(node, other);
      };
      // Each pair once.
      this.links.partners(node, see, { ...everybody, before: node });
      yield;
    }
    for (const { nodes, edges } of graph.components()) {
      decideComponent(
        this.deciding,
        nodes.filter((node) => this.registry.registrationOf[node]! >= 0),
        edges,
      );
      yield;
    }
    yield* this.persons.tellAll();
  }

  /** Nodes of the doubtful pairs, for whoever knows which sighting is of which node. */
  get doubtful(): readonly Doubt[] {
    return this.doubts.all;
  }

  /** Assertions that were not taken back. */
  get statements(): readonly Assertion[] {
    return this.assertions.all;
  }

  personOf(identifier: Identifier): PersonId | undefined {
    const node = this.nodeOf(identifier);
    return node === undefined ? undefined : this.persons.idOf(node);
  }

  /** Under which other number of its issuer the patient of a sighting is now. */
  survivorOf(sightingId: string): Identifier | undefined {
    const node = this.sighted.nodeOf(sightingId);
    if (node === undefined) return undefined;
    return survivorOf({ registry: this.registry, reader: this.reader, assertions: this.assertions }, node);
  }

  /** The node of a registration, of two people under one number the one that most was said of. */
  nodeOf(identifier: Identifier): number | undefined {
    const registration = this.registry.find(this.reader.keyOfIdentifier(identifier));
    return registration === undefined ? undefined : this.registry.nodesOf(registration)[0];
  }

  /** Persons that could be who is asked for, best first; nothing is changed by asking. */
  match(query: Sighting, options: MatchOptions = {}): Candidate[] {
    return matchQuery(this, query, options);
  }

  /** Why two registrations are one person, or are not; undefined where one is unknown. */
  explain(one: Identifier, other: Identifier): Explanation | undefined {
    return explainPair(this, one, other);
  }

  /** What a person should look at, most harm and least certainty first. */
  reviews(): Review[] {
    return this.doubts.list();
  }

  /** Decides the components of these nodes anew. */
  private settle(nodes: Iterable<number>): Change[] {
    const done = new Set<number>();
    const changes: Change[] = [];
    for (const node of nodes) {
      if (done.has(node) || this.registry.registrationOf[node]! < 0) continue;
      const edges: number[] = [];
      const component = this.links.component(node, edges);
      for (const member of component) done.add(member);
      changes.push(...decideComponent(this.deciding, component, edges));
    }
    return changes;
  }

  /** The persons of two nodes that are too far apart to be joined, by all they are known by; near enough to ask? */
  private weigh(a: number, b: number): Doubt | undefined {
    const bits = this.comparator.compare(this.personFacts(a), this.personFacts(b));
    const veto = vetoOf(this.comparator);
    const least = this.thresholds.review + (veto === 'date' ? doubtLimits.dateDoubt : 0);
    return bits < least ? undefined : { a, b, bits, reason: veto ?? 'likelihood' };
  }

  /** Everything that the person of a node is known by. */
  personFacts(node: number): Facts {
    const facts = noFacts();
    for (const member of this.persons.nodesOf(node)) addFacts(facts, this.registry.facts(member));
    return facts;
  }
}
