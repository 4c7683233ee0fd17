// What of each row is needed: the ordinary answer of some levels, and further attributes wherever the catalogue has them.

import type { Query, QueryLevel } from '../../dicom/query.ts';
import { hexOf } from '../../dicom/tag.ts';
import { ordinaryTags } from './answer-text.ts';
import type { Level } from './columns.ts';
import { type OfPerson, withOwnIdentity } from './of-person.ts';
import type { Plan } from './plan.ts';
import type { Serving } from './serving.ts';

/** The levels whose attributes a row has, from the top down. */
const levelsOf: Record<QueryLevel, readonly Level[]> = {
  PATIENT: ['study'],
  STUDY: ['study'],
  SERIES: ['study', 'series'],
  IMAGE: ['study', 'series', 'instance'],
};

export interface Selection {
  levels: readonly Level[];
  /** Those of which the whole ordinary answer (PS3.18 Tables 10.6.3-3 to 10.6.3-5) is wanted. */
  ordinary: readonly Level[];
  /** Tags besides these, in hexadecimal; undefined = everything. */
  further: ReadonlySet<string> | undefined;
}

/** A search: what matches, and what is answered of it. */
export interface Wanted {
  tenant: number;
  query: Query;
  plan: Plan;
  selection: Selection;
  /** What Retrieve URLs begin with, escaped for JSON. */
  root: string;
  /** Whose studies alone match. */
  person?: OfPerson;
  /** Absent: demographics are told as they were received. */
  serving?: Serving | undefined;
}

/** QIDO-RS: the ordinary answer, the matching keys (PS3.18 10.6.3.3) and what `includefield` names. */
export function answerSelection(query: Query, person?: OfPerson): Selection {
  const levels = levelsOf[query.level];
  const ordinary = [...upperLevels(query), levels.at(-1)!];
  const asked = askedTags(query);
  const further = asked && new Set([...asked].filter((hex) => !ordinary.some((level) => ordinaryTags[level].has(hex))));
  return selectionFor(person, { levels, ordinary, further });
}

/** C-FIND: exactly what the identifier names (PS3.4 C.4.1.1.3.2). */
export const identifierSelection = (query: Query, person?: OfPerson): Selection =>
  selectionFor(person, { levels: levelsOf[query.level], ordinary: [], further: askedTags(query) });

const selectionFor = (person: OfPerson | undefined, selection: Selection): Selection =>
  person === undefined ? selection : withOwnIdentity(selection);

function upperLevels({ level, keys, upperLevels: said }: Query): Level[] {
  const names = (keyword: number): boolean =>
    keys.some(({ path, values }) => path.length === 1 && path[0] === keyword && values.length === 1);
  const upper = said ?? [
    ...(names(STUDY_INSTANCE_UID) ? [] : (['STUDY'] as const)),
    ...(names(SERIES_INSTANCE_UID) ? [] : (['SERIES'] as const)),
  ];
  if (level === 'SERIES') return upper.includes('STUDY') ? ['study'] : [];
  if (level !== 'IMAGE') return [];
  return (['STUDY', 'SERIES'] as const)
    .filter((each) => upper.includes(each))
    .map((each) => (each === 'STUDY' ? 'study' : 'series'));
}

const STUDY_INSTANCE_UID = 0x0020_000d;
const SERIES_INSTANCE_UID = 0x0020_000e;

/** The tags at the root of every path; undefined = everything. */
function askedTags({ keys, returnPaths }: Query): Set<string> | undefined {
  if (returnPaths === 'all') return undefined;
  return new Set([...keys.map(({ path }) => path), ...returnPaths].map((path) => hexOf(path[0]!)));
}
