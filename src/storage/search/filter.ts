// Keys on attributes without a column (Plan.residual): the rows that SQL leaves are read in batches that follow one another
// by id, only as far as these keys ask, and matched in memory. Memory stays bounded, and nothing that arrives shifts a row.

import { Problem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json.ts';
import { matches } from '../../dicom/match.ts';
import { hexOf } from '../../dicom/tag.ts';
import type { Database } from '../database.ts';
import { limits } from './limits.ts';
import type { Members } from './members.ts';
import type { Wanted } from './selection.ts';
import { membersOf, sourcesOf, versionSql } from './sources.ts';
import { run } from './statement.ts';

/** A row that matches: its id, and the version of what it answers. */
export type Matching = [id: string, version: string];

/** At most `limit` rows after the first `offset` that match, in the order of their arrival. */
export async function* filteredRows(
  database: Database,
  wanted: Wanted,
  offset = 0,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<Matching[]> {
  const patients = new Set<unknown>();
  let matched = 0;
  for await (const batch of everyRow(database, wanted)) {
    const found = batch.filter(({ members, patient }) => {
      if (!matchesResidual(members, wanted)) return false;
      if (!wanted.plan.grouped) return true;
      const isNew = !patients.has(patient);
      patients.add(patient);
      return isNew;
    });
    const before = matched;
    matched += found.length;
    const page = found.slice(Math.max(offset - before, 0), Math.max(offset + limit - before, 0));
    if (page.length > 0) yield page.map(({ row }) => row);
    if (matched >= offset + limit) return;
  }
}

const matchesResidual = (members: Members, { plan, query }: Wanted): boolean =>
  matches(dataSetOf(members), plan.residual, query);

/** What was stored with characters or values that its VR does not allow is left out, the other attributes stay. */
function dataSetOf(members: Members): DataSet {
  const chosen = [...members.values()];
  return readMembers(chosen) ?? readMembers(chosen.filter((member) => readMembers([member]) !== undefined))!;
}

function readMembers(members: readonly string[]): DataSet | undefined {
  try {
    return fromJson(JSON.parse(`{${members.join(',')}}`));
  } catch (thrown) {
    if (thrown instanceof Problem) return undefined;
    throw thrown;
  }
}

interface Candidate {
  row: Matching;
  members: Members;
  /** Whose study it is, where patients are searched for. */
  patient: string;
}

async function* everyRow(database: Database, { plan, selection }: Wanted): AsyncGenerator<Candidate[]> {
  const tags = new Set(plan.residual.map(({ path }) => hexOf(path[0]!)));
  const asked = { selection: { levels: selection.levels, ordinary: [], further: tags }, root: '' };
  let after = '0';
  for (let size: number = limits.firstBatch; ; size = Math.min(size * 2, limits.largestBatch)) {
    const parameters = plan.parameters.copy();
    const sources = sourcesOf(asked, parameters);
    const columns = [plan.id, versionSql(selection), plan.patient, ...sources.map(({ sql }) => sql)].join(', ');
    const text = `select ${columns} from ${plan.from} where ${plan.where} and ${plan.id} > ${parameters.bind(after)}
      order by ${plan.id} limit ${parameters.bind(size)}`;
    const statement = { text, values: parameters.values, steady: plan.steady };
    const rows = await run<[string, string, string, ...unknown[]]>(database, statement);
    yield rows.map(([id, version, patient, ...values]) => ({
      row: [id, version],
      members: membersOf(sources, values),
      patient,
    }));
    if (rows.length < size) return;
    after = rows.at(-1)![0];
  }
}
