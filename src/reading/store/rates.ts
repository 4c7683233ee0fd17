// What a provider pays to its readers, and the relative values of a tenant that has its own.

import type { Queries } from '../../storage/transaction.ts';
import { decimalOf } from '../metering/decimal.ts';
import type { ReaderRate } from '../metering/pay.ts';
import { ownRelativeValues, type RelativeValue, RelativeValues } from '../metering/relative-value.ts';

/** In the room of the provider, in the order in which they were said. */
export async function ratesOf(queries: Queries, room: number): Promise<ReaderRate[]> {
  const rows = await queries.query<Omit<ReaderRate, 'reader'> & { reader: string | null } & Record<string, unknown>>(
    `select reader, unit, amount, currency,
       to_char(valid_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "validFrom"
     from reading_rate where room = $1 order by id`,
    [room],
  );
  return rows.map(({ reader, ...rate }) => ({ ...rate, ...(reader !== null && { reader }) }));
}

/** One that was said before stays on record. Throws request/malformed for an amount that is none. */
export async function addRate(queries: Queries, room: number, rate: ReaderRate, by: string): Promise<void> {
  decimalOf(rate.amount);
  await queries.query(
    `insert into reading_rate (room, reader, unit, amount, currency, valid_from, made_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    [room, rate.reader ?? null, rate.unit, rate.amount, rate.currency, rate.validFrom, by],
  );
}

/** Our own table where the tenant has none. */
export async function relativeValuesOf(queries: Queries, tenant: number): Promise<RelativeValues> {
  const [row] = await queries.query<{ values: RelativeValue[] }>(
    'select relative_values as "values" from reading_relative_value where tenant = $1',
    [tenant],
  );
  return new RelativeValues(row?.values ?? ownRelativeValues);
}

/** Throws request/malformed for a value that is no number. */
export async function putRelativeValues(
  queries: Queries,
  tenant: number,
  values: readonly RelativeValue[],
  by: string,
): Promise<void> {
  new RelativeValues(values);
  await queries.query(
    `insert into reading_relative_value (tenant, relative_values, changed_by) values ($1, $2, $3)
     on conflict (tenant) do update set relative_values = excluded.relative_values, changed_by = excluded.changed_by,
       changed_at = now()`,
    [tenant, JSON.stringify(values), by],
  );
}
