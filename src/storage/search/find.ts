// C-FIND answers from the catalogue: data sets that hold the attributes of the identifier and nothing else, empty where
// the object has none (PS3.4 C.4.1.1.3.2). From the same plan as QIDO-RS.

import type { DataSet } from '../../dicom/dataset.ts';
import { isItems } from '../../dicom/element.ts';
import type { Query } from '../../dicom/query.ts';
import { hexOf } from '../../dicom/tag.ts';
import type { Database } from '../database.ts';
import { dataSetOf } from './filter.ts';
import { planOf } from './plan.ts';
import { matchingRows } from './rows.ts';
import { identifierSelection } from './selection.ts';

export interface FindRequest {
  tenant: number;
  query: Query;
}

type Path = readonly number[];

/** Matches as they come from the catalogue; ends early when the iteration is left. Text is Unicode. */
export async function* searchDataSets(database: Database, { tenant, query }: FindRequest): AsyncGenerator<DataSet> {
  const wanted = {
    tenant,
    query,
    plan: planOf(tenant, query),
    selection: identifierSelection(query),
    root: '',
  };
  const paths = query.returnPaths === 'all' ? undefined : [...query.keys.map(({ path }) => path), ...query.returnPaths];
  const tags = paths && new Set(paths.map((path) => hexOf(path[0]!)));
  for await (const members of matchingRows(database, wanted, query.offset, query.limit)) {
    const answer = dataSetOf(members, tags ?? members.keys());
    if (paths !== undefined) limitTo(answer, paths);
    yield answer;
  }
}

/** Leaves of the items what the paths into them name, and makes empty what is absent. */
function limitTo(dataset: DataSet, paths: readonly Path[]): void {
  for (const tag of new Set(paths.map((path) => path[0]!))) {
    const element = dataset.get(tag);
    if (element === undefined) dataset.set(tag, null);
    else if (isItems(element.value))
      limitItems(
        element.value,
        paths.filter((path) => path[0] === tag),
      );
  }
}

function limitItems(items: readonly DataSet[], paths: readonly Path[]): void {
  // A path that ends at the sequence asks for its items as they are.
  if (paths.some((path) => path.length === 1)) return;
  const inner = paths.map((path) => path.slice(1));
  const asked = new Set(inner.map((path) => path[0]!));
  for (const item of items) {
    for (const tag of [...item.elements.keys()]) if (!asked.has(tag)) item.delete(tag);
    limitTo(item, inner);
  }
}
