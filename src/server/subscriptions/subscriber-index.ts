// Who is told of what, for a thousand subscriptions at the price of those that ask alike: by topic and type, then by a value
// that one of their criteria names (an identifier, a reference, a code), and each set of criteria is looked at once.

import type { IndexValue } from '../../fhir/search/index-value.ts';
import { type Findable, meets, type OwnCriterion } from '../../fhir/search/meets.ts';
import type { SubscriptionRequest } from '../../fhir/subscriptions/read-subscription.ts';

export interface Subscriber {
  tenant: number;
  id: string;
  asks: Pick<SubscriptionRequest, 'topic' | 'filters'>;
}

/** Those that ask the same. */
interface Group {
  criteria: readonly OwnCriterion[];
  ids: string[];
}

interface Bucket {
  /** By what all of its criteria say. */
  groups: Map<string, Group>;
  /** Those that a value of the resource leads to. */
  byValue: Map<string, Group[]>;
  /** Those that are always looked at. */
  others: Group[];
}

export class SubscriberIndex {
  readonly #buckets = new Map<string, Bucket>();

  constructor(subscribers: Iterable<Subscriber> = []) {
    for (const { tenant, id, asks } of subscribers) {
      for (const [type, criteria] of asks.filters) this.#add(keyOf(tenant, asks.topic.url, type), criteria, id);
    }
  }

  get isEmpty(): boolean {
    return this.#buckets.size === 0;
  }

  /** Whether anybody wants to know of these at all. */
  asks(tenant: number, topic: string, type: string): boolean {
    return this.#buckets.has(keyOf(tenant, topic, type));
  }

  /** Each once. */
  toldOf(tenant: number, topic: string, type: string, resource: Findable): string[] {
    const bucket = this.#buckets.get(keyOf(tenant, topic, type));
    if (bucket === undefined) return [];
    const led = bucket.byValue.size === 0 ? [] : valueKeys(resource).flatMap((key) => bucket.byValue.get(key) ?? []);
    return [...new Set([...bucket.others, ...led])]
      .filter(({ criteria }) => criteria.every((criterion) => meets(resource, criterion)))
      .flatMap(({ ids }) => ids);
  }

  #add(key: string, criteria: readonly OwnCriterion[], id: string): void {
    const bucket: Bucket = this.#buckets.get(key) ?? { groups: new Map(), byValue: new Map(), others: [] };
    this.#buckets.set(key, bucket);
    const said = JSON.stringify(criteria);
    const known = bucket.groups.get(said);
    if (known !== undefined) return void known.ids.push(id);
    const group: Group = { criteria, ids: [id] };
    bucket.groups.set(said, group);
    const keys = criteria.map(keysAsked).find((each) => each !== undefined);
    if (keys === undefined) bucket.others.push(group);
    for (const each of new Set(keys)) bucket.byValue.set(each, [...(bucket.byValue.get(each) ?? []), group]);
  }
}

const keyOf = (tenant: number, topic: string, type: string): string => `${tenant} ${topic} ${type}`;

/** One of these a resource has that meets the criterion; undefined where it cannot be told by equal values. */
function keysAsked(criterion: OwnCriterion): string[] | undefined {
  switch (criterion.kind) {
    case 'id':
      return criterion.isNegated ? undefined : criterion.ids.map((id) => `_id ${id}`);
    case 'token': {
      const codes = criterion.values.map(({ code }) => code);
      if (criterion.isNegated || codes.includes(undefined)) return undefined;
      return codes.map((code) => `${criterion.parameter} ${code}`);
    }
    case 'reference':
      return criterion.values.map(({ id }) => `${criterion.parameter} ${id}`);
    default:
      return undefined;
  }
}

function valueKeys({ id, values }: Findable): string[] {
  const keys = [...values].flatMap(([parameter, all]) => all.map((value) => `${parameter} ${equalOf(value)}`));
  return [`_id ${id}`, ...keys];
}

function equalOf(value: IndexValue): string | undefined {
  if (value.kind === 'token') return value.code;
  return value.kind === 'reference' ? value.id : undefined;
}
