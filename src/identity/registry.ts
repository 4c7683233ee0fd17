// Registrations and what was said under each. One registration is one node, unless its sightings contradict each other in
// name and birth date (an overlay: two people under one number); then each side is a node of its own, a facet.

import type { Comparator } from './comparator.ts';
import { contradict, isInformative, ranked, type Split, textOf } from './facets.ts';
import { addSighted, FactStore, type Facts, noFacts } from './facts.ts';
import { normaliseIssuer, type ReadSighting } from './reading.ts';
import type { RegistrationKey } from './sighting.ts';
import { intsOf, jsonOf, type Part, type Takers, textParts, textsOf } from './snapshot.ts';
import { TextTable } from './text-table.ts';
import type { Vocabulary } from './vocabulary.ts';

export class Registry {
  readonly store = new FactStore();
  private readonly numbers = new TextTable();
  private readonly issuers = new Map<string, number>();
  /** First node of each registration, -1 while it was only named by others. */
  private readonly nodes: number[] = [];
  /** Registration of each node; sightings it stands for; -1 once joined with another facet. */
  readonly registrationOf: number[] = [];
  private readonly sightings: number[] = [];
  private readonly joinedInto = new Map<number, number>();
  private readonly splits = new Map<number, Split>();
  private readonly vocabulary: Vocabulary;
  private readonly comparator: Comparator;
  private readonly known = noFacts();

  constructor(vocabulary: Vocabulary, comparator: Comparator) {
    this.vocabulary = vocabulary;
    this.comparator = comparator;
  }

  registration(key: RegistrationKey): number {
    const number = this.numbers.number(key);
    if (number === this.nodes.length) this.nodes.push(-1);
    return number;
  }

  /** By their numbers. */
  get keys(): readonly RegistrationKey[] {
    return this.numbers.texts;
  }

  find(key: RegistrationKey): number | undefined {
    return this.numbers.find(key);
  }

  /** Nodes of a registration, the one that most was said of first. */
  nodesOf(registration: number): number[] {
    const split = this.splits.get(registration);
    if (split !== undefined && split.facets.length > 0)
      return ranked(split, this.vocabulary).map((facet) => facet.node);
    const node = this.nodes[registration]!;
    return node < 0 ? [] : [node];
  }

  /**
   * Of two registrations of which something is said together, the nodes it is said of: where two people stand under one
   * number, whichever of them is most like the other side.
   */
  meant(one: number, other: number): [number | undefined, number | undefined] {
    if (this.keys[one]! > this.keys[other]!) {
      const [b, a] = this.meant(other, one);
      return [a, b];
    }
    const [ones, others] = [this.nodesOf(one), this.nodesOf(other)];
    let best: [number | undefined, number | undefined] = [ones[0], others[0]];
    if (ones.length < 2 && others.length < 2) return best;
    let most = Number.NEGATIVE_INFINITY;
    for (const a of ones) {
      for (const b of others) {
        const bits = this.comparator.compare(this.facts(a), this.facts(b));
        if (bits > most) [most, best] = [bits, [a, b]];
      }
    }
    return best;
  }

  /** True for a node under whose number most sightings, or as many, are of somebody else. */
  isContested(node: number): boolean {
    const split = this.splits.get(this.registrationOf[node]!);
    if (split === undefined || split.facets.length < 2) return false;
    const [first, second] = ranked(split, this.vocabulary);
    return first!.node !== node || first!.sightings === second!.sightings;
  }

  facts(node: number, into: Facts = noFacts()): Facts {
    return this.store.read(node, into);
  }

  /** Everything as it is now. */
  parts(): Part[] {
    return [
      ...textParts('keys', this.keys),
      ...textParts('issuers', [...this.issuers.keys()]),
      { name: 'splits', json: [...this.splits] },
      { name: 'joinedInto', json: [...this.joinedInto] },
      { name: 'nodes', ints: Int32Array.from(this.nodes) },
      { name: 'registrationOf', ints: Int32Array.from(this.registrationOf) },
      { name: 'sightings', ints: Int32Array.from(this.sightings) },
      ...this.store.parts(),
    ];
  }

  get takers(): Takers {
    return {
      ...this.store.takers,
      keys: (part) => {
        for (const key of textsOf(part)) this.registration(key);
      },
      issuers: (part) => {
        for (const issuer of textsOf(part)) this.issuer(issuer);
      },
      splits: (part) => {
        for (const [registration, split] of jsonOf<[number, Split][]>(part)) this.splits.set(registration, split);
      },
      joinedInto: (part) => {
        for (const [from, to] of jsonOf<[number, number][]>(part)) this.joinedInto.set(from, to);
      },
      nodes: (part) => copyInto(this.nodes, part),
      registrationOf: (part) => copyInto(this.registrationOf, part),
      sightings: (part) => copyInto(this.sightings, part),
    };
  }

  /** The node of this sighting, and the nodes whose facts changed by it. */
  put(read: ReadSighting): { node: number; changed: number[] } {
    const registration = this.registration(read.key);
    const { facts } = read;
    facts.registrations.push(registration);
    facts.issuers.push(this.issuer(read.issuer));
    for (const claim of read.claims) facts.claims.push(this.registration(claim));
    const node = this.nodes[registration]!;
    if (node < 0) return this.start(registration, facts);
    const split = this.splits.get(registration);
    if (split === undefined) {
      this.store.read(node, this.known);
      if (isInformative(facts) && (!isInformative(this.known) || !contradict(this.comparator, this.known, facts))) {
        return this.extend(node, facts);
      }
      if (addSighted(this.known, facts) === false) return { node, changed: [] };
    }
    return this.putApart(registration, split ?? this.splitOf(registration, node), facts);
  }

  private start(registration: number, facts: Facts): { node: number; changed: number[] } {
    const node = this.newNode(registration, facts);
    this.nodes[registration] = node;
    if (!isInformative(facts)) this.splits.set(registration, { facets: [], rest: facts });
    return { node, changed: [node] };
  }

  private extend(node: number, facts: Facts): { node: number; changed: number[] } {
    this.sightings[node]!++;
    if (!addSighted(this.known, facts)) return { node, changed: [] };
    this.store.put(node, this.known);
    return { node, changed: [node] };
  }

  private splitOf(registration: number, node: number): Split {
    const split = {
      facets: [{ node, facts: this.store.read(node, noFacts()), sightings: this.sightings[node]! }],
      rest: noFacts(),
    };
    this.splits.set(registration, split);
    return split;
  }

  /** Joins the facets this sighting fits; what has no name or no date goes with whatever facet is first. */
  private putApart(registration: number, split: Split, facts: Facts): { node: number; changed: number[] } {
    const before = new Set(split.facets.map((facet) => facet.node));
    let node = this.nodes[registration]!;
    if (isInformative(facts)) node = this.join(registration, split, facts);
    else addSighted(split.rest, facts);
    const changed = new Set([...before, node]);
    this.rewrite(registration, split);
    return { node: isInformative(facts) ? node : this.nodes[registration]!, changed: [...changed] };
  }

  private join(registration: number, split: Split, facts: Facts): number {
    const { fits = [], others = [] } = Object.groupBy(split.facets, (facet) =>
      contradict(this.comparator, facet.facts, facts) ? 'others' : 'fits',
    );
    const node =
      fits[0]?.node ?? (split.facets.length === 0 ? this.nodes[registration]! : this.newNode(registration, facts));
    const joined = { node, facts, sightings: 1 };
    for (const fit of fits) {
      addSighted(joined.facts, fit.facts);
      joined.sightings += fit.sightings;
      if (fit.node !== node) this.retire(fit.node, node);
    }
    split.facets = [...others, joined];
    return node;
  }

  private rewrite(registration: number, split: Split): void {
    const facets = ranked(split, this.vocabulary);
    if (facets.length > 0) this.nodes[registration] = facets[0]!.node;
    else this.store.put(this.nodes[registration]!, split.rest);
    facets.forEach(({ node, facts }, rank) => {
      const all = noFacts();
      addSighted(all, facts);
      if (rank === 0) addSighted(all, split.rest);
      this.store.put(node, all);
    });
  }

  /** Name of a node: its registration, and for the lesser facets what they hold. The same in every order of arrival. */
  nameOf(node: number, facts?: Facts): string {
    const registration = this.registrationOf[node]!;
    const key = this.keys[registration]!;
    if (this.nodes[registration] === node) return key;
    return `${key}#${textOf(facts ?? this.facts(node), this.vocabulary)}`;
  }

  private newNode(registration: number, facts: Facts): number {
    const node = this.store.add(facts);
    this.registrationOf.push(registration);
    this.sightings.push(1);
    return node;
  }

  private retire(node: number, into: number): void {
    this.store.put(node, noFacts());
    this.registrationOf[node] = -1;
    this.joinedInto.set(node, into);
  }

  /** The node that a facet is part of now. */
  current(node: number): number {
    let now = node;
    for (let next = this.joinedInto.get(now); next !== undefined; next = this.joinedInto.get(now)) now = next;
    return now;
  }

  hasIssuer(name: string): boolean {
    return this.issuers.has(normaliseIssuer(name));
  }

  get issuerNames(): string[] {
    return [...this.issuers.keys()];
  }

  private issuer(name: string): number {
    const known = this.issuers.get(name);
    if (known !== undefined) return known;
    this.issuers.set(name, this.issuers.size);
    return this.issuers.size - 1;
  }
}

function copyInto(list: number[], part: Part): void {
  const ints = intsOf(part);
  for (let at = 0; at < ints.length; at++) list[at] = ints[at]!;
}
