// What becomes of an order by what HL7 v2 says of it: ORC-1 (table 0119) where that alone says it, else ORC-5 (table 0038).

import type { Segment } from '../hl7v2/segment.ts';
import type { OrderStatus } from './order.ts';

/** undefined where neither says it. */
export function orderStatusOf(orc: Segment | undefined): OrderStatus | undefined {
  return statusOfControl[controlOf(orc)] ?? statusOfOrc5[orc?.text(5).toUpperCase() ?? ''];
}

/** Whether the control code is a word about an order: others answer, ask or refuse. */
export const isAboutOrders = (orc: Segment | undefined): boolean =>
  !/^(UA|UC|UD|UF|UH|UM|UR|UX|DE|NR|SS|SN|NA|LI|UN)$/.test(controlOf(orc));

const controlOf = (orc: Segment | undefined): string => (orc?.text(1) ?? '').toUpperCase();

/** Table 0119: what becomes of an order, where its control code alone says it. */
const statusOfControl: Readonly<Record<string, OrderStatus>> = {
  NW: 'SCHEDULED',
  CA: 'CANCELED',
  OC: 'CANCELED',
  CR: 'CANCELED',
  RU: 'CANCELED',
  DC: 'DISCONTINUED',
  OD: 'DISCONTINUED',
  DR: 'DISCONTINUED',
  HD: 'ON HOLD',
  OH: 'ON HOLD',
  HR: 'ON HOLD',
  RL: 'SCHEDULED',
  OE: 'SCHEDULED',
};

/** Table 0038, ORC-5. */
const statusOfOrc5: Readonly<Record<string, OrderStatus>> = {
  A: 'SCHEDULED',
  SC: 'SCHEDULED',
  HD: 'ON HOLD',
  IP: 'IN PROGRESS',
  CM: 'COMPLETED',
  CA: 'CANCELED',
  RP: 'CANCELED',
  DC: 'DISCONTINUED',
};
