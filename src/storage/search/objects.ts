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
import { run, type Statement } from './statement.ts';

/** The objects of at most `limit` rows after the first `offset`, in the order of the plan. */
export async function objectsOf(
  database: Database,
  wanted: Wanted,
  offset: number,
  limit: number,
): Promise<readonly Uint8Array[]> {
  const held = canBeHeld(wanted) ? heldOf(database) : new HeldAnswers();
  const kind = held.kindOf(JSON.stringify([wanted.root, ...descriptionOf(wanted.selection)]));
  if (wanted.plan.residual.length > 0) {
    return objectsOfRows(database, wanted, held, kind, await filtered(database, wanted, kind, offset, limit));
  }
  const statement = listing(wanted, kind, offset, limit);
  const question = JSON.stringify([statement.text, statement.values]);
  const whole = held.wholes.get(question);
  const { seal, rows } = await listed(database, statement, whole?.seal);
  if (rows === undefined) return whole!.objects;
  const objects = await objectsOfRows(database, wanted, held, kind, rows);
  // What has changed since it was listed is under another seal the next time.
  if (rows.length >= limits.wholeRows) held.wholes.set(question, { seal, objects, sizeBytes: lengthOf(objects) });
  return objects;
}

const lengthOf = (objects: readonly Uint8Array[]): number => objects.reduce((sum, { length }) => sum + length, 0);

/** `rows`: `kind:id version` of each. */
async function objectsOfRows(
  database: Database,
  wanted: Wanted,
  held: HeldAnswers,
  kind: string,
  rows: readonly string[],
): Promise<Uint8Array[]> {
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

/** The rows that match, with what they are put in order by. */
function listing({ plan, selection }: Wanted, kind: string, offset: number, limit: number): Statement {
  const parameters = plan.parameters.copy();
  const place = `row_number() over (order by ${plan.order}) as place`;
  const columns = `${plan.id} as id, ${versionSql(selection)} as version, ${place}`;
  // Rows passed over are not looked at: see `pageOf`.
  const rows =
    offset === 0
      ? `select ${columns} from ${plan.from} where ${plan.where} order by ${plan.order} limit ${parameters.bind(limit)}`
      : `select ${columns} from (${pageOf(plan, parameters, { offset, limit })}) page, ${plan.from}
         where ${plan.id} = page.id`;
  // Thousands of texts need not be joined here, nor listed for somebody who has them.
  const text = `with matching as materialized (${rows}),
    sealed as (select count(*) || ' ' || coalesce(bit_xor(hashtextextended(version, id)), 0) as seal from matching)
    select seal, case when seal is distinct from $${parameters.values.length + 2} then
      (select string_agg($${parameters.values.length + 1}::text || id || ' ' || version, ',' order by place) from matching)
      end from sealed`;
  return { text, values: [...parameters.values, `${kind}:`], steady: plan.steady };
}

/** `rows`: `kind:id version` of each; undefined where the seal is still `known`. */
async function listed(
  database: Database,
  { text, values, steady }: Statement,
  known: string | undefined,
): Promise<{ seal: string; rows: string[] | undefined }> {
  const [row] = await run<[string, string | null]>(database, { text, values: [...values, known ?? ''], steady });
  const [seal, rows] = row!;
  return { seal, rows: seal === known ? undefined : (rows?.split(',') ?? []) };
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
