// The rows that match, in the order of their arrival, for answers that are given as they come and may be left. Found in
// batches that follow one another by id, so that memory stays bounded.

import type { Database } from '../database.ts';
import { filteredRows } from './filter.ts';
import { canBeHeld } from './held.ts';
import { limits } from './limits.ts';
import type { Members } from './members.ts';
import { type Page, pageOf } from './plan.ts';
import type { Wanted } from './selection.ts';
import { answeredMembers, type Source, sourcesOf, versionSql } from './sources.ts';
import { Parameters, run } from './statement.ts';

export interface Row {
  id: string;
  /** See held.ts. */
  version: string;
  /** Of its DICOM JSON; undefined while it is not read. */
  members: Members | undefined;
}

/** At most `limit` rows after the first `offset`. */
export async function* matchingRows(
  database: Database,
  wanted: Wanted,
  offset = 0,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Row[]> {
  if (wanted.plan.residual.length === 0) return yield* pages(database, wanted, offset, limit);
  for await (const rows of filteredRows(database, wanted, offset, limit))
    yield rows.map(([id, version]) => ({ id, version, members: undefined }));
}

/** Rows of these ids, read. Those that are gone are left out. */
export async function readRows(database: Database, wanted: Wanted, ids: readonly string[]): Promise<Row[]> {
  const { sources, rows } = await readValues(database, wanted, ids);
  const answers = await answeredMembers(database, wanted, sources, rows);
  return rows.map(([id, version], at) => ({ id, version, members: answers[at] }));
}

/** The same before it is put together: id, version and the value of each source. */
export async function readValues(
  database: Database,
  wanted: Wanted,
  ids: readonly string[],
): Promise<{ sources: readonly Source[]; rows: [id: string, version: string, ...values: unknown[]][] }> {
  const { tenant, plan, selection } = wanted;
  const parameters = new Parameters();
  const sources = sourcesOf(wanted, parameters);
  const columns = [plan.id, versionSql(selection), ...sources.map(({ sql }) => sql)].join(', ');
  const rows = await run<[string, string, ...unknown[]]>(database, {
    text: `select ${columns} from ${plan.from}
      where s.tenant = ${parameters.bind(tenant)} and ${plan.id} = any(${parameters.bind(ids)}::bigint[])`,
    values: parameters.values,
    steady: true,
  });
  return { sources, rows };
}

async function* pages(database: Database, wanted: Wanted, offset: number, limit: number): AsyncGenerator<Row[]> {
  let after: string | undefined;
  let size: number = limits.firstBatch;
  for (let left = limit; left > 0; left -= size, size = Math.min(size * 2, limits.largestBatch)) {
    const page = { after, offset: after === undefined ? offset : 0, limit: Math.min(size, left) };
    const rows = await findRows(database, wanted, page);
    yield rows;
    if (rows.length < page.limit) return;
    after = rows.at(-1)!.id;
  }
}

/** The rows of a page: read at once where they are few, or where none of them can be held. */
async function findRows(database: Database, wanted: Wanted, page: Page): Promise<Row[]> {
  const { plan, selection } = wanted;
  const parameters = plan.parameters.copy();
  const sources = sourcesOf(wanted, parameters);
  const most = canBeHeld(wanted) ? limits.readAtOnce : Number.POSITIVE_INFINITY;
  const columns = sources.map((_, at) =>
    most === Number.POSITIVE_INFINITY ? `value${at}` : `case when count(*) over () <= ${most} then value${at} end`,
  );
  const inner = [
    `${plan.id} as id`,
    `${versionSql(selection)} as version`,
    ...sources.map(({ sql }, at) => `${sql} as value${at}`),
  ];
  const rows = await run<[string, string, ...unknown[]]>(database, {
    text: `select ${['id', 'version', ...columns].join(', ')}
      from (${pageWith(inner.join(', '), wanted, parameters, page)}) matching order by id`,
    values: parameters.values,
    steady: plan.steady,
  });
  const answers = rows.length <= most ? await answeredMembers(database, wanted, sources, rows) : [];
  return rows.map(([id, version], at) => ({ id, version, members: answers[at] }));
}

/** `columns` of the rows of a page. Rows that are passed over or of one patient are not looked at: see `pageOf`. */
function pageWith(columns: string, { tenant, plan }: Wanted, parameters: Parameters, page: Page): string {
  if (plan.grouped || page.offset !== 0)
    return `select ${columns} from (${pageOf(plan, parameters, page)}) page, ${plan.from}
      where ${plan.id} = page.id and s.tenant = ${parameters.bind(tenant)}`;
  const later = page.after === undefined ? 'true' : `${plan.id} > ${parameters.bind(page.after)}`;
  return `select ${columns} from ${plan.from} where ${plan.where} and ${later}
    order by ${plan.id} limit ${parameters.bind(page.limit)}`;
}
