// What was said would come of a study (migrations/0022-orders.sql), as completeness takes it.

import type { Database } from './database.ts';

interface Listed {
  seriesInstanceUid: string;
  sopInstanceUids: readonly string[];
}

/** ArrivalEvent of routing/completeness/study-arrival.ts, without instances. */
export type SaidOfStudy =
  | { kind: 'expected'; at: Date; instances: number; seriesInstanceUid?: string; final: boolean }
  | {
      kind: 'step';
      at: Date;
      stepUid: string;
      status: 'IN PROGRESS' | 'COMPLETED' | 'DISCONTINUED';
      performed: readonly Listed[];
    }
  | { kind: 'available'; at: Date; instances: readonly Listed[] };

interface Row {
  kind: SaidOfStudy['kind'];
  key: string;
  // biome-ignore lint/suspicious/noExplicitAny: by kind, as orders/announcements.ts wrote it.
  detail: any;
  at: Date;
}

/** In the order in which it was said. */
export async function announcedOf(database: Database, tenant: number, studyUid: string): Promise<SaidOfStudy[]> {
  const rows = await database.query<Row & Record<string, unknown>>(
    'select kind, key, detail, at from announcement where tenant = $1 and study_uid = $2 order by at',
    [tenant, studyUid],
  );
  return rows.map(({ kind, key, detail, at }): SaidOfStudy => {
    if (kind === 'step') return { kind, at, stepUid: key, ...detail };
    if (kind === 'expected') return { kind, at, ...detail, ...(key !== '' && { seriesInstanceUid: key }) };
    return { kind, at, ...detail };
  });
}
