// Rules `on: order`, asked in the transaction that keeps an order: none is kept of which nobody knows what it wants. What is
// slow about that is done before it, because an open transaction holds back the feed for everybody.

import { sql, type Transaction } from 'kysely';
import { asProblem } from '../../base/problem.ts';
import { type CompiledRules, RulesInForce } from '../../delivery/compiled-rules.ts';
import { procedureForRules } from '../../delivery/normalised-facts.ts';
import { factsOfOrder } from '../../delivery/order-facts.ts';
import { planForOrder } from '../../delivery/plan-prefetches.ts';
import type { ProcedureInput } from '../../normalize/procedures/procedure.ts';
import { procedureFacts } from '../../normalize/procedures/procedure-facts.ts';
import type { KeptOrder } from '../../orders/order-store.ts';
import type { StudyFacts } from '../../routing/facts.ts';
import { nextOfPatient } from '../../storage/next-appointments.ts';
import type { Tables } from '../../storage/tables.ts';
import { isOver, type Order } from '../../translate/order.ts';
import type { Core } from '../core.ts';

export interface PriorsOfOrders {
  /** Before the transaction: what their words say is known then. */
  prepare(tenant: number, orders: readonly Order[]): Promise<void>;
  plan(transaction: Transaction<Tables>, tenant: number, kept: KeptOrder): Promise<void>;
}

/** What is not done any more wants nothing. */
export function priorsOfOrders(core: Pick<Core, 'authorities' | 'log' | 'normalised' | 'ruleSets'>): PriorsOfOrders {
  const inForce = new RulesInForce(core.ruleSets);
  const rulesFor = (tenant: number, { status }: Order): CompiledRules | undefined => {
    const compiled = inForce.of(tenant);
    const asks = compiled?.rules.rules.some(({ on }) => on === 'order') ?? false;
    return asks && !isOver(status) ? compiled : undefined;
  };
  return {
    async prepare(tenant, orders) {
      for (const order of orders) {
        const compiled = rulesFor(tenant, order);
        if (compiled !== undefined) await procedureOf(core, compiled, order);
      }
    },
    async plan(transaction, tenant, { id, order }) {
      const compiled = rulesFor(tenant, order);
      if (compiled === undefined) return;
      const issuer = core.authorities.of(tenant).canonical(order.patient.issuer);
      const { rows } = await sql<{ name: string }>`select name from tenant where id = ${tenant}`.execute(transaction);
      const appointment = await nextOfPatient(transaction, tenant, order.patient);
      const procedure = await procedureOf(core, compiled, order);
      const facts = factsOfOrder(order, rows[0]!.name, procedure, appointment);
      const identifiers = [{ issuer, id: order.patient.patientId }];
      await planForOrder(transaction, { tenant, id, identifiers, facts }, compiled.rules, new Date());
    },
  };
}

/** What was ordered, as its words say. An order is kept though they cannot be read. */
async function procedureOf(
  { log, normalised }: Pick<Core, 'log' | 'normalised'>,
  { asksNormalised }: CompiledRules,
  order: Order,
): Promise<StudyFacts['procedure']> {
  if (!asksNormalised) return {};
  const input: ProcedureInput = {
    modality: order.steps[0]?.modality ?? '',
    bodyPart: '',
    laterality: '',
    studyDescription: order.procedureDescription ?? order.procedureCode?.meaning ?? '',
    seriesDescriptions: [],
    contrastAgent: '',
  };
  try {
    const [procedure] = await normalised.procedures([input]);
    return procedureForRules(procedureFacts(input, procedure!));
  } catch (thrown) {
    log.warn({ code: asProblem(thrown).code }, 'the procedure of an order cannot be normalised');
    return {};
  }
}
