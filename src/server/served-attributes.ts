// What doors serve in place of what was received: of the patient where the setting `demographics` says so, of the order where
// `orderAttributes` does of the source. The catalogue and the files keep what came; the Original Attributes Sequence says it.

import type { CoercedValues } from '../dicom/coercion.ts';
import { LeastRecentlyUsed } from '../storage/least-recently-used.ts';
import { type OrderOfStudy, ordersOfStudies } from '../storage/orders-of-studies.ts';
import type { ServedDemographics, StudyCoercion } from '../storage/served-demographics.ts';
import { orderValues } from '../translate/order-values.ts';
import type { Core } from './core.ts';
import { servedDemographics } from './identity/reconciled-demographics.ts';

const limits = {
  /** Values of orders, some 1 KiB each. */
  rememberedOrders: 10_000,
} as const;

/** undefined where everything is served as it was received. */
export function servedAttributes(core: Pick<Core, 'config' | 'database' | 'identity'>): ServedDemographics | undefined {
  const ofPersons = servedDemographics(core);
  if (!core.config.orderAttributes.isAny('reconciled')) return ofPersons;
  const ofOrders = servedOrders(core);
  return async (tenant, studyIds) => {
    const [persons, orders] = await Promise.all([ofPersons?.(tenant, studyIds), ofOrders(tenant, studyIds)]);
    const served = new Map<string, StudyCoercion>(persons);
    for (const [study, order] of orders) {
      const person = served.get(study);
      served.set(study, person === undefined ? order : both(person, order));
    }
    return served;
  };
}

/** One note for both: the later of their moments. */
function both(person: StudyCoercion, order: StudyCoercion): StudyCoercion {
  const at = new Date(Math.max(person.note.at.getTime(), order.note.at.getTime()));
  return { ...person, values: { ...person.values, ...order.values }, note: { ...person.note, at } };
}

/** Of the order that a study was made for; the same object until the order changes. */
function servedOrders({ config, database }: Pick<Core, 'config' | 'database'>): ServedDemographics {
  const remembered = new LeastRecentlyUsed<string, CoercedValues>(limits.rememberedOrders);
  const valuesOf = ({ order, updatedAt, document }: OrderOfStudy): CoercedValues => {
    const key = `${order} ${updatedAt.getTime()}`;
    const values = remembered.get(key) ?? orderValues(document as Parameters<typeof orderValues>[0]);
    remembered.set(key, values);
    return values;
  };
  return async (_tenant, studyIds) => {
    const orders = studyIds.length === 0 ? [] : await ordersOfStudies(database, studyIds);
    const reconciled = orders.filter(({ source }) => config.orderAttributes.of(source) === 'reconciled');
    return new Map(
      reconciled.map((order) => {
        const note = {
          modifyingSystem: config.aet,
          at: order.updatedAt,
          ...(order.source && { sourceOfPreviousValues: order.source }),
        };
        return [order.study, { values: valuesOf(order), note }];
      }),
    );
  };
}
