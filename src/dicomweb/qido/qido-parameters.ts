// The query parameters of a search as a Query (PS3.18 8.3.4). Attributes are named by keyword, by tag, or by the path of
// tags or keywords into a sequence. What is unknown or malformed is refused, because a filter that is ignored shows the
// wrong patients.

import { onlyValueOf, type QueryParameter, valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { entryOf, tagOf, vrOf } from '../../dicom/dictionary.ts';
import type { MatchKey, Query, QueryLevel } from '../../dicom/query.ts';
import { isPrivate } from '../../dicom/tag.ts';
import { type VR, vrs } from '../../dicom/vr.ts';
import type { Scope } from '../handlers.ts';
import { limits } from '../limits.ts';

const STUDY_INSTANCE_UID = 0x0020000d;
const SERIES_INSTANCE_UID = 0x0020000e;

/** Parameters that are no attributes: PS3.18 8.3.3 and 8.3.4, and `orderby`, which is ours. */
const reserved: ReadonlySet<string> = new Set([
  'accept',
  'charset',
  'emptyvaluematching',
  'fuzzymatching',
  'includefield',
  'limit',
  'multiplevaluematching',
  'offset',
  'orderby',
]);

/** The search that a request means. Throws Problem request/malformed (400) where it does not follow PS3.18 8.3.4. */
export function searchQuery(level: QueryLevel, parent: Partial<Scope>, query: readonly QueryParameter[]): Query {
  return {
    level,
    keys: [...parentKeys(parent), ...matchKeys(query)],
    returnPaths: includedFields(query),
    fuzzy: booleanOf(query, 'fuzzymatching'),
    upperLevels: unnamedLevels(parent),
    newestFirst: isNewestFirst(level, query),
    limit: countOf(query, 'limit'),
    offset: countOf(query, 'offset'),
  };
}

/** What a client asked for that is not done: the text of a Warning header each. */
export function searchWarnings(query: readonly QueryParameter[]): string[] {
  // Empty values are matched whether asked for or not: `""` is no value of anything else (PS3.4 C.2.2.2.7).
  booleanOf(query, 'emptyvaluematching');
  if (!booleanOf(query, 'multiplevaluematching')) return [];
  return ['The multiplevaluematching parameter is not supported. Any of the values matches.'];
}

/** PS3.18 10.6.3.3: the levels that the path does not name are part of the answers. */
function unnamedLevels({ studyInstanceUid, seriesInstanceUid }: Partial<Scope>): Query['upperLevels'] {
  if (seriesInstanceUid !== undefined) return [];
  return studyInstanceUid === undefined ? ['STUDY', 'SERIES'] : ['SERIES'];
}

function parentKeys({ studyInstanceUid, seriesInstanceUid }: Partial<Scope>): MatchKey[] {
  const key = (tag: number, uid: string): MatchKey => ({ path: [tag], vr: 'UI', values: [uid] });
  return [
    ...(studyInstanceUid === undefined ? [] : [key(STUDY_INSTANCE_UID, studyInstanceUid)]),
    ...(seriesInstanceUid === undefined ? [] : [key(SERIES_INSTANCE_UID, seriesInstanceUid)]),
  ];
}

function matchKeys(query: readonly QueryParameter[]): MatchKey[] {
  const seen = new Set<string>();
  return query
    .filter(({ name }) => !reserved.has(name))
    .map(({ name, value }) => {
      const path = attributePath(name);
      if (seen.has(path.join()))
        throw new Problem('request/malformed', { reason: `${name} is matched more than once` });
      seen.add(path.join());
      const vr = vrOf(path.at(-1)!);
      return { path, vr, values: valuesOfKey(value, vr) };
    });
}

/** The tags of `PatientID`, `00100020` or `RequestAttributesSequence.00400009`. */
function attributePath(name: string): number[] {
  const tags = name.split('.').map((part) => {
    const tag = tagOf(part);
    if (tag === undefined || (entryOf(tag) === undefined && !isPrivate(tag))) {
      throw new Problem('request/malformed', { reason: `${printable(part)} is neither a parameter nor an attribute` });
    }
    return tag;
  });
  for (const tag of tags.slice(0, -1)) {
    if (vrOf(tag) !== 'SQ' && !isPrivate(tag)) {
      throw new Problem('request/malformed', { reason: `${printable(name)} leads through an attribute without items` });
    }
  }
  return tags;
}

/** PS3.18 8.3.4.1: lists are separated by commas, which only values of UI and CS cannot hold; PS3.5 6.4: by backslashes. */
function valuesOfKey(text: string, vr: VR): string[] {
  // PS3.5 6.2: no DT holds a space; it was the plus sign of an offset from UTC.
  const value = vr === 'DT' ? text.trim().replaceAll(' ', '+') : text;
  const separator = vr === 'UI' || vr === 'CS' ? /[,\\]/ : vrs[vr].multiple ? /\\/ : undefined;
  const values = separator === undefined ? [value] : value.split(separator);
  if (values.length > limits.keyValues) {
    throw new Problem('request/too-large', { what: 'keyValues', limit: limits.keyValues });
  }
  // An empty value matches everything (PS3.4 C.2.2.2.3), beside others it says nothing.
  return values.filter((each) => each !== '');
}

function includedFields(query: readonly QueryParameter[]): Query['returnPaths'] {
  const names = valuesOf(query, 'includefield')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length > limits.includeFields) {
    throw new Problem('request/too-large', { what: 'includeFields', limit: limits.includeFields });
  }
  // Every name is read, so that a wrong one is refused beside `all` too.
  const paths = names.filter((name) => name !== 'all').map(attributePath);
  return paths.length < names.length ? 'all' : paths;
}

/** `orderby=-StudyDate`, of studies: the one order besides that of arrival. */
function isNewestFirst(level: QueryLevel, query: readonly QueryParameter[]): boolean {
  const text = onlyValueOf(query, 'orderby');
  if (text !== undefined && (level !== 'STUDY' || !['-studydate', '-00080020'].includes(text.toLowerCase()))) {
    throw new Problem('request/malformed', { reason: 'orderby is -StudyDate, of studies' });
  }
  return text !== undefined;
}

function countOf(query: readonly QueryParameter[], name: 'limit' | 'offset'): number | undefined {
  const text = onlyValueOf(query, name);
  if (text === undefined) return undefined;
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(count)) throw new Problem('request/malformed', { reason: `${name} is no count` });
  return count;
}

function booleanOf(query: readonly QueryParameter[], name: string): boolean {
  const text = onlyValueOf(query, name)?.toLowerCase();
  if (text !== undefined && text !== 'true' && text !== 'false') {
    throw new Problem('request/malformed', { reason: `${name} is neither true nor false` });
  }
  return text === 'true';
}

/** A name the client made up, as far as it can be repeated to it. */
const printable = (name: string): string => name.replace(/[^\w.]/g, '?').slice(0, 64);
