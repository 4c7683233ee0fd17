// What the intake of studies and that of orders both say: in whose name, and what an order says of a case.

import type { ReadingCase } from '../../reading/case/reading-case.ts';
import type { ToldOrder } from './told-study.ts';

export const intake = { kind: 'exchange', id: 'intake' } as const;

export const isOff = ({ status }: ToldOrder): boolean => status === 'CANCELED' || status === 'DISCONTINUED';

/** Whether a state is one of these. */
export const among =
  (...states: ReadingCase['state'][]) =>
  (state: ReadingCase['state']): boolean =>
    states.includes(state);

/** When it was ordered, where the order says so. */
export function orderedAt(order: ToldOrder | undefined): { orderedAt?: number } {
  const at = Date.parse(order?.order.requestedAt ?? '');
  return Number.isNaN(at) ? {} : { orderedAt: at };
}
