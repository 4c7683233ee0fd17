// Pairs of persons that somebody should look at. What matters first is the harm of leaving a pair as it is (images of one
// person apart, as many as there are) times how uncertain it is; of two who were joined, how unlikely they are one.

import type { Model } from './model.ts';
import type { Doubt } from './partition.ts';
import type { PersonId, Persons } from './persons.ts';
import type { Registry } from './registry.ts';
import type { RegistrationKey } from './sighting.ts';
import { intsOf, type Part, type Takers, textParts, textsOf } from './snapshot.ts';
import { judgedProbability } from './verdict.ts';

export interface Review {
  /** Twice the same where a system joined what contradicts itself. */
  persons: [PersonId, PersonId];
  /** A registration of each. */
  registrations: [RegistrationKey, RegistrationKey];
  probability: number;
  reason: Doubt['reason'];
  /** What the list is ordered by. */
  priority: number;
}

/** What is known of the persons of two nodes. */
export interface Judge {
  /** Weighs them as a whole; undefined where that leaves no doubt. */
  weigh(a: number, b: number): Doubt | undefined;
  /** Whether a person of ours has said that they are two. */
  isDecided(a: number, b: number): boolean;
}

export class Reviews {
  /** By the node of its first side. */
  private readonly doubts = new Map<number, Doubt[]>();
  private readonly registry: Registry;
  private readonly persons: Persons;
  private readonly model: Model;
  private readonly judge: Judge;

  constructor(registry: Registry, persons: Persons, model: Model, judge: Judge) {
    this.registry = registry;
    this.persons = persons;
    this.model = model;
    this.judge = judge;
  }

  /** What is doubtful within a component, in place of what was. */
  replace(nodes: number[], doubts: Doubt[]): void {
    for (const node of nodes) this.doubts.delete(node);
    for (const doubt of doubts) {
      const list = this.doubts.get(doubt.a);
      if (list === undefined) this.doubts.set(doubt.a, [doubt]);
      else list.push(doubt);
    }
  }

  /** Everything as it is now. */
  parts(): Part[] {
    const all = [...this.doubts.values()].flat();
    const [ends, bits] = [new Int32Array(2 * all.length), new Float64Array(all.length)];
    all.forEach((doubt, at) => {
      [ends[2 * at], ends[2 * at + 1], bits[at]] = [doubt.a, doubt.b, doubt.bits];
    });
    return [
      { name: 'doubtful', ints: ends },
      { name: 'doubtBits', ints: new Int32Array(bits.buffer) },
      ...textParts(
        'doubts',
        all.map(({ reason }) => reason),
      ),
    ];
  }

  get takers(): Takers {
    let ends = new Int32Array();
    let bits = new Float64Array();
    let taken = 0;
    return {
      doubtful: (part) => {
        ends = intsOf(part);
      },
      doubtBits: (part) => {
        bits = new Float64Array(intsOf(part).slice().buffer);
      },
      doubts: (part) => {
        const doubts = textsOf(part).map((reason) => {
          const at = taken++;
          return { a: ends[2 * at]!, b: ends[2 * at + 1]!, bits: bits[at]!, reason: reason as Doubt['reason'] };
        });
        this.replace([], doubts);
      },
    };
  }

  /** The likeliest doubt of each two persons, and each of two registrations that a system joined. */
  get all(): Doubt[] {
    const best = new Map<string, Doubt>();
    for (const doubts of this.doubts.values()) {
      for (const doubt of doubts) {
        const [one, other] = [this.persons.leaderOf(doubt.a), this.persons.leaderOf(doubt.b)].sort((a, b) => a - b);
        if (one === other && doubt.reason !== 'joined') continue;
        if (doubt.reason === 'asserted' && this.judge.isDecided(doubt.a, doubt.b)) continue;
        const pair = doubt.reason === 'joined' ? `${doubt.a} ${doubt.b}` : `${one} ${other}`;
        const before = best.get(pair);
        if (before === undefined || before.bits < doubt.bits) best.set(pair, doubt);
      }
    }
    return [...best.values()].flatMap((doubt) =>
      doubt.reason === 'distant' ? (this.judge.weigh(doubt.a, doubt.b) ?? []) : doubt,
    );
  }

  list(): Review[] {
    const reviews = this.all.map((doubt) => this.reviewOf(doubt));
    return reviews.toSorted(
      (a, b) => b.priority - a.priority || (a.registrations.join() < b.registrations.join() ? -1 : 1),
    );
  }

  private reviewOf({ a, b, bits, reason }: Doubt): Review {
    const probability = judgedProbability(this.model, bits, reason);
    const harm = Math.log2(1 + this.persons.nodesOf(a).length * this.persons.nodesOf(b).length);
    const key = (node: number): RegistrationKey => this.registry.keys[this.registry.registrationOf[node]!]!;
    return {
      persons: [this.persons.idOf(a), this.persons.idOf(b)],
      registrations: [key(a), key(b)],
      probability,
      reason,
      priority: harm * (reason === 'joined' ? 1 - probability : uncertainty(probability)),
    };
  }
}

/** Entropy of a yes or no, in bits. */
function uncertainty(probability: number): number {
  const [yes, no] = [probability, 1 - probability];
  return yes <= 0 || no <= 0 ? 0 : -(yes * Math.log2(yes) + no * Math.log2(no));
}
