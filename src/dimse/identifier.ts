// Identifiers of C-FIND, C-MOVE and C-GET as questions to the catalogue. Pure. PS3.4 C.4.1.1.3, C.4.2.1.4, C.6.

import { Problem } from '../base/problem.ts';
import { attributeLevel } from '../dicom/attribute-level.ts';
import type { DataSet } from '../dicom/dataset.ts';
import { entryOf } from '../dicom/dictionary.ts';
import { isItems } from '../dicom/element.ts';
import { isKey } from '../dicom/find-answer.ts';
import type { MatchKey, Query, QueryLevel, WorklistQuery } from '../dicom/query.ts';
import { isPrivate } from '../dicom/tag.ts';
import type { QueryRetrieve } from './services.ts';
import { uniqueKeys } from './services.ts';

const QUERY_RETRIEVE_LEVEL = 0x0008_0052;

/** PS3.7 D.3.3.5 with PS3.4 C.5: byte by byte what was agreed. */
export interface Agreed {
  relational: boolean;
  combinedDateTime: boolean;
  fuzzy: boolean;
}

export function agreedOf(information: Uint8Array | undefined): Agreed {
  const [relational, combinedDateTime, fuzzy] = information ?? [];
  return { relational: relational === 1, combinedDateTime: combinedDateTime === 1, fuzzy: fuzzy === 1 };
}

/** The question of a C-FIND identifier. Throws dimse/identifier-mismatch (A900). */
export function findQuery(identifier: DataSet, model: QueryRetrieve, agreed: Agreed): Query {
  const level = levelOf(identifier, model);
  if (!agreed.relational) requireSingleAbove(identifier, model, level);
  const keys: MatchKey[] = [];
  const returnPaths: number[][] = [];
  collectKeys(identifier, [], keys, returnPaths);
  const { fuzzy, combinedDateTime } = agreed;
  return { level, keys, returnPaths, fuzzy, combinedDateTime };
}

/** The question of a worklist identifier, and every path that it names. */
export function worklistQuery(
  identifier: DataSet,
  { fuzzy, combinedDateTime }: Agreed,
): { query: WorklistQuery; paths: number[][] } {
  const keys: MatchKey[] = [];
  const paths: number[][] = [];
  collectKeys(identifier, [], keys, paths);
  return { query: { keys, fuzzy, combinedDateTime }, paths };
}

/** The instances that a C-MOVE or C-GET identifier asks for: unique keys alone. Throws dimse/identifier-mismatch (A900). */
export function retrieveQuery(identifier: DataSet, model: QueryRetrieve, agreed: Agreed): Query {
  const level = levelOf(identifier, model);
  if (!agreed.relational) requireSingleAbove(identifier, model, level);
  const own = identifier.texts(uniqueKeys[level].tag).filter((value) => value !== '');
  if (own.length === 0) throw mismatch(`${uniqueKeys[level].keyword} is required at ${level} level`);
  const keys = model.levels.slice(0, model.levels.indexOf(level) + 1).flatMap((each): MatchKey[] => {
    const { tag, keyword } = uniqueKeys[each];
    const values = identifier.texts(tag).filter((value) => value !== '');
    if (values.some((value) => /[*?]/.test(value))) throw mismatch(`${keyword} does not take wildcards here`);
    return values.length === 0 ? [] : [{ path: [tag], vr: each === 'PATIENT' ? 'LO' : 'UI', values }];
  });
  return { level: 'IMAGE', keys, returnPaths: [], fuzzy: false };
}

/** PS3.4 C.4.1.1.4, FF01: a key that no catalogue of ours matches on or returns at this level. */
export function isUnsupported(path: readonly number[], level: QueryLevel): boolean {
  const tag = path[0]!;
  if (isUnknown(path)) return true;
  return rank[attributeLevel(tag)] > rank[level];
}

/** The same of a worklist, which has no levels. */
export const isUnknown = (path: readonly number[]): boolean =>
  path.some((tag) => isPrivate(tag) || entryOf(tag) === undefined);

const rank = { patient: 0, PATIENT: 0, study: 1, STUDY: 1, series: 2, SERIES: 2, instance: 3, IMAGE: 3 } as const;

function levelOf(identifier: DataSet, model: QueryRetrieve): QueryLevel {
  const level = identifier.text(QUERY_RETRIEVE_LEVEL);
  if (level === undefined) throw mismatch('QueryRetrieveLevel is missing');
  const known = model.levels.find((each) => each === level);
  if (known === undefined) throw mismatch(`QueryRetrieveLevel is not one of ${model.root}`);
  return known;
}

/**
 * C.4.1.2.1: without relational queries, a single value of each unique key above the level. Users in the field leave such
 * a key out or empty and mean all of them, as relational queries do: that is answered. Several values or a wildcard are not.
 */
function requireSingleAbove(identifier: DataSet, model: QueryRetrieve, level: QueryLevel): void {
  for (const above of model.levels.slice(0, model.levels.indexOf(level))) {
    const { tag, keyword } = uniqueKeys[above];
    const values = identifier.texts(tag).filter((value) => value !== '');
    if (values.length > 1 || values.some((value) => /[*?]/.test(value)))
      throw mismatch(`${keyword} takes a single value at ${level} level`);
  }
}

function collectKeys(dataset: DataSet, above: readonly number[], keys: MatchKey[], returnPaths: number[][]): void {
  for (const element of dataset.elements.values()) {
    const { tag, vr, value } = element;
    if (!isKey(tag)) continue;
    const path = [...above, tag];
    const item = isItems(value) ? value[0] : undefined;
    if (item && item.elements.size > 0) {
      collectKeys(item, path, keys, returnPaths);
      continue;
    }
    returnPaths.push(path);
    const values = vr === 'SQ' ? [] : dataset.texts(tag);
    if (values.some((each) => each !== '')) keys.push({ path, vr, values });
  }
}

const mismatch = (reason: string): Problem => new Problem('dimse/identifier-mismatch', { reason });
