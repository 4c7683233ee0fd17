// What a tenant used of this exchange: by its doors, as the audit has it, and of its disks.

import type { Queries } from '../../storage/transaction.ts';
import type { BilledPeriod } from '../metering/statement.ts';

export interface Usage {
  doors: { door: string; action: string; count: number; instances: number }[];
  /** What is kept now. */
  storage: { studies: number; instances: number; bytes: number };
}

export async function usageOf(queries: Queries, tenant: number, { from, until }: BilledPeriod): Promise<Usage> {
  const doors = await queries.query<Usage['doors'][number] & Record<string, unknown>>(
    `select door, action, count(*)::integer as count, coalesce(sum(instance_count), 0)::integer as instances
     from audit where tenant = $1 and at >= $2 and at < $3 and outcome = 'success' group by door, action order by door, action`,
    [tenant, new Date(from), new Date(until)],
  );
  const [storage] = await queries.query<Usage['storage'] & Record<string, unknown>>(
    `select (select count(*) from study where tenant = $1)::integer as studies, count(*)::integer as instances,
       coalesce(sum(size_bytes), 0)::float8 as bytes
     from instance where tenant = $1 and purged_at is null`,
    [tenant],
  );
  return { doors, storage: storage! };
}

export interface ReaderOnDuty {
  reader: string;
  hours: number;
}

/** Hours of shifts within a period, of the readers of a room. */
export const hoursOnDuty = (queries: Queries, room: number, { from, until }: BilledPeriod): Promise<ReaderOnDuty[]> =>
  queries.query<ReaderOnDuty & Record<string, unknown>>(
    `select s.reader,
       (sum(extract(epoch from least(s.ends_at, $3) - greatest(s.begins_at, $2))) / 3600)::float8 as hours
     from reading_shift s where s.begins_at < $3 and s.ends_at > $2
       and s.reader in (select id from reading_reader where room = $1)
     group by s.reader order by s.reader`,
    [room, new Date(from), new Date(until)],
  );

/** How the cases of a client or a room ended within a period. */
export const endedCases = (
  queries: Queries,
  tenant: number,
  { from, until }: BilledPeriod,
): Promise<{ kind: string; count: number }[]> =>
  queries.query(
    `select e.kind, count(distinct e.reading_case)::integer as count
     from reading_event e join reading_case c on c.id = e.reading_case
     where (c.client = $1 or c.room = $1) and e.at >= $2 and e.at < $3
       and e.kind in ('preliminary-signed', 'final-signed', 'amended', 'cancelled', 'rejected', 'entered-in-error')
     group by e.kind order by e.kind`,
    [tenant, new Date(from), new Date(until)],
  );
