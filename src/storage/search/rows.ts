// The rows that match a plan, in the order of their arrival, each as the members of its DICOM JSON. Fetched in batches
// that follow one another by identity number, so that memory stays bounded and a row that arrives meanwhile shifts none.

import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json.ts';
import { matches } from '../../dicom/match.ts';
import type { Query } from '../../dicom/query.ts';
import { hexOf } from '../../dicom/tag.ts';
import type { Database } from '../database.ts';
import { limits } from './limits.ts';
import type { Members } from './members.ts';
import { type Plan, pageOf } from './plan.ts';
import type { Selection } from './selection.ts';
import { membersOf, sourcesOf } from './sources.ts';
import { run } from './statement.ts';

export interface RowsWanted {
  tenant: number;
  query: Query;
  plan: Plan;
  selection: Selection;
  /** What Retrieve URLs begin with, escaped for JSON. */
  root: string;
}

/** `limit` rows after the first `offset` that match. */
export async function* matchingRows(
  database: Database,
  wanted: RowsWanted,
  offset = 0,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Members> {
  const { plan, query } = wanted;
  if (plan.residual.length === 0) return yield* rowsOf(database, wanted, offset, limit);
  let matched = 0;
  if (limit === 0) return;
  for await (const members of rowsOf(database, wanted)) {
    if (!matches(dataSetOf(members, residualTags(plan)), plan.residual, query)) continue;
    matched++;
    if (matched > offset) yield members;
    if (matched === offset + limit) return;
  }
}

/** The data set of some of the members. */
export function dataSetOf(members: Members, tags: Iterable<string>): DataSet {
  const chosen: string[] = [];
  for (const tag of tags) {
    const member = members.get(tag);
    if (member !== undefined) chosen.push(member);
  }
  return fromJson(JSON.parse(`{${chosen.join(',')}}`));
}

const residualTags = ({ residual }: Plan): Set<string> => new Set(residual.map(({ path }) => hexOf(path[0]!)));

async function* rowsOf(
  database: Database,
  { plan, selection, root }: RowsWanted,
  offset = 0,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Members> {
  let batch: number = limit <= limits.largestBatch ? limits.largestBatch : limits.firstBatch;
  let after: string | undefined;
  for (let left = limit; left > 0; ) {
    const parameters = plan.parameters.copy();
    const sources = sourcesOf(selection, root, parameters);
    const size = Math.min(batch, left);
    const page = pageOf(plan, parameters, { after, offset: after === undefined ? offset : 0, limit: size });
    const columns = ['page.id', ...sources.map(({ sql }) => sql)].join(', ');
    const text = `select ${columns} from (${page}) page, ${plan.from} where ${plan.id} = page.id order by page.id`;
    const rows = await run<[string, ...unknown[]]>(database, { text, values: parameters.values, steady: plan.steady });
    for (const [, ...values] of rows) yield membersOf(sources, values);
    if (rows.length < size) return;
    after = rows.at(-1)![0];
    left -= size;
    batch = Math.min(batch * 2, limits.largestBatch);
  }
}
