// What becomes of a Subscription by itself: R4 subscription.html, the states requested, active, error and off. Each is a
// version of the resource like any other.

import type { Subscription } from '@medplum/fhirtypes';
import { Problem, type ProblemCode } from '../../base/problem.ts';
import { resourceOf, writeVersion } from '../../storage/fhir-resources.ts';
import {
  announceSubscriptions,
  markSubscription,
  type SubscriptionKey,
  type SubscriptionStatus,
} from '../../storage/fhir-subscriptions.ts';
import { transact } from '../../storage/transaction.ts';
import type { Core } from '../core.ts';
import { ownWriters } from '../fhir/own-writers.ts';

/** `problem`: why it is in error or off. What is gone, or is that already, stays as it is. */
export async function setStatus(
  { database }: Pick<Core, 'database'>,
  { tenant, id }: SubscriptionKey,
  status: SubscriptionStatus,
  problem?: ProblemCode,
): Promise<void> {
  await transact(database, async (transaction) => {
    await writeVersion(
      transaction,
      { tenant, type: 'Subscription', id, by: ownWriters.subscriptions },
      'PUT',
      (current) => {
        if (current?.text === undefined) throw new Unchanged();
        const { error: _, ...resource } = resourceOf(current) as Subscription;
        return { ...resource, status, ...(problem !== undefined && { error: problem }) };
      },
    );
    if (!(await markSubscription(transaction, { tenant, id }, status))) throw new Unchanged();
    await announceSubscriptions(transaction);
  }).catch((thrown) => {
    if (!(thrown instanceof Unchanged)) throw thrown;
  });
}

/** Takes back what was begun. */
class Unchanged extends Problem {
  constructor() {
    super('request/cancelled');
  }
}
