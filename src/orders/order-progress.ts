// What is done of an order: performed steps (MPPS) say how its scheduled steps stand. PS3.4 F.7.2, PS3.3 C.4.13.

import { sql, type Transaction } from 'kysely';
import type { DataSet } from '../dicom/dataset.ts';
import type { Tables } from '../storage/tables.ts';
import { isOver, type Order, type OrderStatus } from '../translate/order.ts';
import { statusOfStep } from '../translate/worklist-item.ts';
import { writeOrder } from './order-store.ts';
import { writeSteps } from './step-rows.ts';

/** `scheduled`: items of the Scheduled Step Attributes Sequence; one that names no step means all of its study. */
export async function scheduledStepsAre(
  transaction: Transaction<Tables>,
  tenant: number,
  status: OrderStatus,
  scheduled: readonly DataSet[],
): Promise<void> {
  for (const item of scheduled) {
    const studyUid = item.text('StudyInstanceUID') ?? '';
    const accession = item.text('AccessionNumber') ?? '';
    const stepId = item.text('ScheduledProcedureStepID');
    const { rows } = await sql<{ id: string; source: string; document: StoredOrder }>`
      select id, source, document from imaging_order
      where tenant = ${tenant} and (study_uid = ${studyUid} or accession_number = nullif(${accession}, ''))
      order by id for update`.execute(transaction);
    // An accession number stands where the study was given another UID on the way.
    const ofStudy = rows.filter(({ document }) => document.studyInstanceUid === studyUid);
    for (const { id, source, document } of ofStudy.length > 0 ? ofStudy : rows) {
      const order = progressed(document, status, stepId);
      if (order === undefined) continue;
      await writeOrder(transaction, { tenant, source, id }, order);
      await writeSteps(transaction, tenant, id, order);
    }
  }
}

type StoredOrder = Order & { studyInstanceUid: string };

/** undefined where no step of it is meant, or what is meant was called off before. */
function progressed(order: StoredOrder, status: OrderStatus, stepId: string | undefined): StoredOrder | undefined {
  const isMeant = ({ id, status: now }: Order['steps'][number]) =>
    (stepId === undefined || id === stepId) && now !== 'CANCELED' && now !== status;
  if (!order.steps.some(isMeant)) return undefined;
  // Each says it of itself from now on: what becomes of the order is not what became of all of them.
  const steps = order.steps.map((step) => ({ ...step, status: isMeant(step) ? status : statusOfStep(order, step) }));
  return { ...order, steps, status: statusOfAll(steps) };
}

/** Over once every step is; by the best that became of one. */
function statusOfAll(steps: Order['steps']): OrderStatus {
  const all = steps.map(({ status }) => status ?? 'SCHEDULED');
  if (all.every(isOver)) {
    return (['COMPLETED', 'DISCONTINUED', 'CANCELED'] as const).find((status) => all.includes(status))!;
  }
  return all.some((status) => status === 'IN PROGRESS' || status === 'COMPLETED') ? 'IN PROGRESS' : 'SCHEDULED';
}
