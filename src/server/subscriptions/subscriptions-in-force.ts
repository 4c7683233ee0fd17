// The subscriptions that are told, as they stood at the last look; looked at again before anything is decided.

import { asProblem } from '../../base/problem.ts';
import { readSubscription } from '../../fhir/subscriptions/read-subscription.ts';
import {
  type StoredSubscription,
  subscriptionsInForce,
  subscriptionsVersion,
} from '../../storage/fhir-subscriptions.ts';
import type { Core } from '../core.ts';
import { type Subscriber, SubscriberIndex } from './subscriber-index.ts';

export class SubscriptionsInForce {
  readonly #core: Pick<Core, 'database' | 'log'>;
  #index = new SubscriberIndex();
  #version = '';

  constructor(core: Pick<Core, 'database' | 'log'>) {
    this.#core = core;
  }

  async now(): Promise<SubscriberIndex> {
    const { database } = this.#core;
    const version = await subscriptionsVersion(database);
    if (version === this.#version) return this.#index;
    this.#index = new SubscriberIndex((await subscriptionsInForce(database)).flatMap((each) => this.#subscriber(each)));
    this.#version = version;
    return this.#index;
  }

  #subscriber({ tenant, id, resource }: StoredSubscription): Subscriber[] {
    try {
      return [{ tenant, id, asks: readSubscription(resource, Date.now()) }];
    } catch (thrown) {
      // Written under a release that offered what this one does not.
      this.#core.log.warn({ tenant, objectId: id, code: asProblem(thrown).code }, 'a subscription cannot be read');
      return [];
    }
  }
}
