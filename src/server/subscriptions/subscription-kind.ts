// A Subscription that is written: what it asks for is read, or refused with everything that is wrong, and stands beside it
// from the same transaction on. Whether it is active the node says, not who writes it.

import type { Resource, Subscription } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { withFormerHeaders, withHiddenHeaders } from '../../fhir/subscriptions/hidden-headers.ts';
import { readSubscription } from '../../fhir/subscriptions/read-subscription.ts';
import { resourceOf, type StoredVersion } from '../../storage/fhir-resources.ts';
import {
  announceSubscriptions,
  countSubscriptions,
  dropSubscription,
  limits,
  putSubscription,
  subscriptionsOf,
} from '../../storage/fhir-subscriptions.ts';
import type { Transaction } from '../../storage/transaction.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import type { HookNetworks } from './hook-networks.ts';

export class SubscriptionKind {
  readonly #networks: Pick<HookNetworks, 'check'>;

  constructor(networks: Pick<HookNetworks, 'check'>) {
    this.#networks = networks;
  }

  /** As it is kept. Throws InvalidResource, Problem fhir/hook-forbidden. */
  accepted(resource: Resource): Resource {
    const { error: _, ...subscription } = resource as Subscription;
    const { style, channel, endpoint } = readSubscription(subscription, Date.now());
    if (endpoint !== undefined) this.#networks.check(new URL(endpoint));
    // A web socket shakes hands when it is there, and R4 by itself has no handshake.
    const asked = channel === 'websocket' || style === 'search' ? 'active' : 'requested';
    return withHiddenHeaders({ ...subscription, status: subscription.status === 'off' ? 'off' : asked });
  }

  /** Rejects with fhir/too-many-subscriptions. */
  async wrote(
    transaction: Transaction,
    { tenant, id: principal }: Asker,
    stored: StoredVersion,
    said: Resource | undefined,
  ): Promise<void> {
    const key = { tenant, id: stored.id };
    if (stored.text === undefined) await dropSubscription(transaction, key);
    else {
      const kept = resourceOf(stored) as Subscription;
      const [former] = await subscriptionsOf(transaction, tenant, [stored.id]);
      const { channel } = withFormerHeaders(said as Subscription, former?.resource);
      const resource = { ...kept, channel };
      await putSubscription(transaction, key, { principal, status: resource.status!, resource });
      if ((await countSubscriptions(transaction, tenant)) > limits.subscriptions) {
        throw new Problem('fhir/too-many-subscriptions', { limit: limits.subscriptions });
      }
    }
    await announceSubscriptions(transaction);
  }
}
