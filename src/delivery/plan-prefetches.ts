// What rules want to have here before it is asked for, of a study that came or an order that was placed, as rows of the
// catalogue.

import type { Transaction } from 'kysely';
import { decide } from '../routing/decide.ts';
import { type PlannedPrefetch, priorities } from '../routing/decision.ts';
import type { StudyFacts } from '../routing/facts.ts';
import type { RuleSet } from '../routing/rule.ts';
import { type NewPrefetch, planPrefetch } from '../storage/prefetches.ts';
import type { Tables } from '../storage/tables.ts';

/** Of whom, and by which rules. */
export type Wanted = Pick<NewPrefetch, 'tenant' | 'subject' | 'study' | 'identifiers' | 'ruleSet'> & {
  facts: StudyFacts;
};

/** Each rule once for a study or order, however often it is asked. */
export async function planPrefetches(
  transaction: Transaction<Tables>,
  wanted: Wanted,
  prefetches: readonly PlannedPrefetch[],
): Promise<void> {
  for (const { rule, from, priority, deadline } of prefetches) {
    await planPrefetch(transaction, {
      ...wanted,
      rule,
      archives: from,
      priority: priorities.indexOf(priority),
      ...(deadline && { deadline }),
    });
  }
}

export interface PlacedOrder {
  tenant: number;
  /** Its number here: the same whenever it is changed. */
  id: string;
  /** Whose it is. */
  identifiers: readonly { issuer: string; id: string }[];
  /** `study.uid` is that of the procedure where it is known already, else empty. */
  facts: StudyFacts;
}

/** For whoever keeps an order, in its transaction: rules `on: order` are asked, and what they want is planned. */
export function planForOrder(
  transaction: Transaction<Tables>,
  { tenant, id, identifiers, facts }: PlacedOrder,
  rules: RuleSet,
  at: Date,
): Promise<void> {
  const { prefetches } = decide(rules, facts, { at, on: 'order' });
  const wanted = { tenant, subject: `order ${id}`, identifiers, facts, ruleSet: Number(rules.version) };
  return planPrefetches(transaction, wanted, prefetches);
}
