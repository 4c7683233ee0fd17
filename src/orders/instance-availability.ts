// Instance Availability Notification: somebody says which instances of a study can be had, and where. PS3.4 R.3.

import { randomBytes } from 'node:crypto';
import { Problem } from '../base/problem.ts';
import type { DataSet } from '../dicom/dataset.ts';
import { newUid } from '../dicom/uid.ts';
import { announce } from '../storage/announced.ts';
import type { Database } from '../storage/database.ts';

/**
 * Resolves to its SOP Instance UID once it is durable. What is not available any more is not awaited. Throws
 * step/missing-attribute.
 */
export async function noteAvailability(
  database: Database,
  tenant: number,
  uid: string | undefined,
  notification: DataSet,
): Promise<string> {
  const sopInstanceUid = uid ?? newUid(randomBytes(16));
  const studyUid = notification.text('StudyInstanceUID');
  if (studyUid === undefined) throw new Problem('step/missing-attribute', { attribute: 'StudyInstanceUID' });
  if (!notification.has('ReferencedSeriesSequence')) {
    throw new Problem('step/missing-attribute', { attribute: 'ReferencedSeriesSequence' });
  }
  const instances = notification.items('ReferencedSeriesSequence').flatMap((series) => {
    const seriesInstanceUid = series.text('SeriesInstanceUID');
    if (seriesInstanceUid === undefined) return [];
    const available = series
      .items('ReferencedSOPSequence')
      .filter((item) => item.text('InstanceAvailability') !== 'UNAVAILABLE');
    return [
      { seriesInstanceUid, sopInstanceUids: available.flatMap((item) => item.text('ReferencedSOPInstanceUID') ?? []) },
    ];
  });
  await database.kysely
    .transaction()
    .execute((transaction) =>
      announce(transaction, { tenant, studyUid, kind: 'available', key: sopInstanceUid, detail: { instances } }),
    );
  return sopInstanceUid;
}
