// The JSON objects of QIDO-RS answers: those that are held, and the rest as they are read.

import type { Database } from '../database.ts';
import { filteredRows } from './filter.ts';
import { canBeHeld, descriptionOf, HeldAnswers, heldOf } from './held.ts';
import { limits } from './limits.ts';
import { objectOf } from './members.ts';
import { pageOf } from './plan.ts';
import { readValues } from './rows.ts';
import type { Wanted } from './selection.ts';
import { answeredMembers, versionSql } from './sources.ts';
import { run } from './statement.ts';

/** The objects of at most `limit` rows after the first `offset`, in the order of the plan. */
export async function objectsOf(
  database: Database,
  wanted: Wanted,
  offset: number,
  limit: number,
): Promise<Uint8Array[]> {
  const held = canBeHeld(wanted) ? heldOf(database) : new HeldAnswers();
  const kind = held.kindOf(JSON.stringify([wanted.root, ...descriptionOf(wanted.selection)]));
  const rows = await (wanted.plan.residual.length > 0 ? filtered : versionsOf)(database, wanted, kind, offset, limit);
  const objects = rows.map((row) => held.answers.get(row));
  const missing = rows.filter((_, at) => objects[at] === undefined).map(idOf);
  const read = new Map<string, Uint8Array>();
  for (let from = 0; from < missing.length; from += limits.largestBatch) {
    const ids = missing.slice(from, from + limits.largestBatch);
    for (const [id, version, object] of await readObjects(database, wanted, ids)) {
      held.answers.set(`${kind}:${id} ${version}`, object);
      read.set(id, object);
    }
  }
  return rows.flatMap((row, at) => objects[at] ?? read.get(idOf(row)) ?? []);
}

async function filtered(
  database: Database,
  wanted: Wanted,
  kind: string,
  offset: number,
  limit: number,
): Promise<string[]> {
  const rows: string[] = [];
  for await (const batch of filteredRows(database, wanted, offset, limit)) {
    for (const [id, version] of batch) rows.push(`${kind}:${id} ${version}`);
  }
  return rows;
}

/** `kind:id version` of each row, as it comes from PostgreSQL: thousands of texts need not be joined here. */
async function versionsOf(
  database: Database,
  { plan, selection }: Wanted,
  kind: string,
  offset: number,
  limit: number,
): Promise<string[]> {
  const parameters = plan.parameters.copy();
  const place = `row_number() over (order by ${plan.order}) as place`;
  const columns = `${plan.id} as id, ${versionSql(selection)} as version, ${place}`;
  // Rows passed over are not looked at: see `pageOf`.
  const rows =
    offset === 0
      ? `select ${columns} from ${plan.from} where ${plan.where} order by ${plan.order} limit ${parameters.bind(limit)}`
      : `select ${columns} from (${pageOf(plan, parameters, { offset, limit })}) page, ${plan.from}
         where ${plan.id} = page.id`;
  const text = `select string_agg(${parameters.bind(`${kind}:`)}::text || id || ' ' || version, ',' order by place)
    from (${rows}) matching`;
  const [row] = await run<[string | null]>(database, { text, values: parameters.values, steady: plan.steady });
  return row![0]?.split(',') ?? [];
}

const idOf = (row: string): string => row.slice(row.indexOf(':') + 1, row.indexOf(' '));

async function readObjects(
  database: Database,
  wanted: Wanted,
  ids: readonly string[],
): Promise<[id: string, version: string, object: Uint8Array][]> {
  const { sources, rows } = await readValues(database, wanted, ids);
  const { selection, person, serving } = wanted;
  const isAsKept = person === undefined && serving === undefined;
  if (isAsKept && sources.length === 1 && selection.ordinary.length === 1) {
    return rows.map(([id, version, value]) => [id, version, Buffer.from(`{${value}}`)]);
  }
  const answers = await answeredMembers(database, wanted, sources, rows);
  return rows.map(([id, version], at) => [id, version, Buffer.from(objectOf(answers[at]!))]);
}
