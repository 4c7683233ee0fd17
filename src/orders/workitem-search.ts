// Which workitems match: PS3.4 CC.2.8 (C-FIND) and PS3.18 11.9. Columns narrow, every key is matched on the workitem as it is
// told.

import type { DataSet } from '../dicom/dataset.ts';
import { tagOf } from '../dicom/dictionary.ts';
import { fromJson } from '../dicom/json.ts';
import { matches } from '../dicom/match.ts';
import type { MatchKey, WorklistQuery } from '../dicom/query.ts';
import type { Database } from '../storage/database.ts';
import type { Column } from '../storage/search/columns.ts';
import { conditionOf, isUniversal } from '../storage/search/condition.ts';
import { Parameters } from '../storage/search/statement.ts';
import { toldOf } from './workitem-attributes.ts';
import type { WorkitemState } from './workitem-state.ts';

export const limits = {
  /** Rows that are read and matched together. */
  together: 200,
} as const;

const column = (kind: Column['kind'], sql: string): Column => ({ level: 'study', kind, sql: [sql] });

const columns: ReadonlyMap<number, Column> = new Map([
  [tagOf('SOPInstanceUID')!, column('uid', 'w.sop_uid')],
  [tagOf('ProcedureStepState')!, column('text', 'w.state')],
  [tagOf('PatientID')!, column('text', 'w.patient_id')],
  [tagOf('WorklistLabel')!, column('text', 'w.worklist_label')],
]);

/** Those that match as they are told, in the order in which they were created, some at a time. */
export async function* matchingWorkitems(
  database: Database,
  tenant: number,
  query: WorklistQuery,
): AsyncGenerator<readonly DataSet[]> {
  const asking = query.keys.filter((key) => !isUniversal(key));
  let after = '0';
  for (;;) {
    const parameters = new Parameters();
    const conditions = [
      `w.tenant = ${parameters.bind(tenant)}`,
      ...asking.flatMap((key) => narrowing(key, query.fuzzy, parameters)),
      `w.id > ${parameters.bind(after)}`,
    ];
    const rows = await database.query<{ id: string; sop_uid: string; state: WorkitemState; attributes: string }>(
      `select w.id, w.sop_uid, w.state, w.attributes from workitem w where ${conditions.join(' and ')}
       order by w.id limit ${limits.together}`,
      [...parameters.values],
    );
    const told = rows.map(({ sop_uid, state, attributes }) =>
      toldOf(sop_uid, { state, attributes: fromJson(JSON.parse(attributes)) }),
    );
    yield told.filter((workitem) => matches(workitem, asking, query));
    if (rows.length < limits.together) return;
    after = rows.at(-1)!.id;
  }
}

function narrowing(key: MatchKey, fuzzy: boolean, parameters: Parameters): string[] {
  const column = key.path.length === 1 ? columns.get(key.path[0]!) : undefined;
  return column === undefined ? [] : [`(${conditionOf(key, column, fuzzy, parameters).sql})`];
}
