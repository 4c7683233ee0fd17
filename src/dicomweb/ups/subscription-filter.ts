// The filter of a subscription to such workitems as match: PS3.18 11.10.1.3, `filter=PatientID=7,ProcedureStepLabel=Read*`.

import { type QueryParameter, valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { searchQuery } from '../qido/qido-parameters.ts';

/** undefined where there is none. Throws request/malformed. */
export function filterOf(query: readonly QueryParameter[]): DataSet | undefined {
  const pairs = valuesOf(query, 'filter').flatMap((text) => text.split(','));
  if (pairs.length === 0) return undefined;
  const parameters = pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new Problem('request/malformed', { reason: 'a filter is attribute=value' });
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  const filter = new DataSet();
  for (const { path, vr, values } of searchQuery('STUDY', {}, parameters).keys) place(filter, path, vr, values);
  return filter;
}

/** Within its sequences, one item in each. */
function place(
  dataset: DataSet,
  [tag, ...below]: readonly number[],
  vr: Parameters<DataSet['set']>[2],
  values: readonly string[],
): void {
  if (below.length === 0) {
    dataset.set(tag!, values, vr);
    return;
  }
  const item = dataset.items(tag!)[0] ?? new DataSet();
  place(item, below, vr, values);
  dataset.set(tag!, [item], 'SQ');
}
