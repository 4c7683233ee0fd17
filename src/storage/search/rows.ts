// The rows that match, in the order of their arrival, each as the members of its DICOM JSON: for answers that are asked for
// one by one, and may be left. Fetched in batches that follow one another by id, so that memory stays bounded.

import type { Database } from '../database.ts';
import { filteredRows } from './filter.ts';
import { limits } from './limits.ts';
import type { Members } from './members.ts';
import { pageOf } from './plan.ts';
import type { Wanted } from './selection.ts';
import { membersOf, sourcesOf } from './sources.ts';
import { Parameters, run } from './statement.ts';

/** At most `limit` rows after the first `offset`. */
export async function* matchingRows(
  database: Database,
  wanted: Wanted,
  offset = 0,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Members> {
  if (wanted.plan.residual.length === 0) return yield* pages(database, wanted, offset, limit);
  for await (const rows of filteredRows(database, wanted, offset, limit)) {
    const parameters = new Parameters();
    const ids = `select unnest(${parameters.bind(rows.map(([id]) => id))}::bigint[]) as id`;
    for (const [, members] of await read(database, wanted, ids, parameters)) yield members;
  }
}

async function* pages(database: Database, wanted: Wanted, offset: number, limit: number): AsyncGenerator<Members> {
  let after: string | undefined;
  let size: number = limits.firstBatch;
  for (let left = limit; left > 0; left -= size, size = Math.min(size * 2, limits.largestBatch)) {
    const page = { after, offset: after === undefined ? offset : 0, limit: Math.min(size, left) };
    const parameters = wanted.plan.parameters.copy();
    const rows = await read(database, wanted, pageOf(wanted.plan, parameters, page), parameters);
    for (const [, members] of rows) yield members;
    if (rows.length < page.limit) return;
    after = rows.at(-1)![0];
  }
}

/** The rows whose ids `page` selects, in their order. */
async function read(
  database: Database,
  { tenant, plan, selection, root }: Wanted,
  page: string,
  parameters: Parameters,
): Promise<[id: string, members: Members][]> {
  const sources = sourcesOf(selection, root, parameters);
  const columns = ['page.id', ...sources.map(({ sql }) => sql)].join(', ');
  const rows = await run<[string, ...unknown[]]>(database, {
    text: `select ${columns} from (${page}) page, ${plan.from}
      where ${plan.id} = page.id and s.tenant = ${parameters.bind(tenant)} order by page.id`,
    values: parameters.values,
    steady: plan.steady,
  });
  return rows.map(([id, ...values]) => [id, membersOf(sources, values)]);
}
