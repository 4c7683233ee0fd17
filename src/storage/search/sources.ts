// Where the attributes of a row come from: the columns to read, and the members of DICOM JSON that they hold.

import { tagOfHex } from '../../dicom/tag.ts';
import type { Database } from '../database.ts';
import { metadataText } from '../metadata.ts';
import { isComputed, isOverPatient, membersComputed, ordinaryMembers } from './answer-text.ts';
import { aliases, type Level, levelOf } from './columns.ts';
import { cutMembers, type Members } from './members.ts';
import { nameAs } from './of-person.ts';
import type { Selection, Wanted } from './selection.ts';
import type { Parameters } from './statement.ts';

export interface Source {
  /** The expression that is selected. */
  sql: string;
  /** Adds what its value holds and is wanted. */
  read(value: never, members: Members): void;
}

/** Of a search, what its sources are chosen by. */
type Asked = Pick<Wanted, 'selection' | 'root' | 'person' | 'serving'>;

/** The sources of a selection, upper levels first: of what several levels have, that of the lowest stays. */
export function sourcesOf({ selection, root, person, serving }: Asked, parameters: Parameters): Source[] {
  const { levels, ordinary, further } = selection;
  const sources = levels.filter((level) => isNeeded(level, selection)).map((level) => held[level](further, root));
  if (ordinary.length > 0) {
    const rootAt = `${parameters.bind(root)}::text`;
    sources.push(...ordinary.map((level) => members(ordinaryMembers[level](rootAt))));
  }
  const computed = [...(further ?? [])].filter((tag) => isComputed(tag, levels));
  if (computed.length > 0) {
    const isOfPerson =
      person && computed.some(isOverPatient) && `o.id = any(${parameters.bind(person.studyIds)}::bigint[])`;
    sources.push(members(membersComputed(computed, isOfPerson || undefined)));
  }
  if (serving !== undefined) sources.push(studyId);
  return sources;
}

/** Whose demographics are served; nothing of the answer. */
const studyId: Source = { sql: 's.id::text', read: () => {} };

/** What tells whether an answer made of the rows of all its levels is still true: the transactions that wrote them. */
export const versionSql = ({ levels }: Selection): string =>
  levels.map((level) => `${aliases[level]}.xmin::text`).join(` || '.' || `);

export function membersOf(sources: readonly Source[], values: readonly unknown[]): Members {
  const found: Members = new Map();
  sources.forEach((source, at) => {
    source.read(values[at] as never, found);
  });
  return found;
}

/** What each row answers: id, version and the value of each source. */
export async function answeredMembers(
  database: Database,
  { person, serving }: Asked,
  sources: readonly Source[],
  rows: readonly (readonly [string, string, ...unknown[]])[],
): Promise<Members[]> {
  const answers = rows.map(([, , ...values]) => membersOf(sources, values));
  if (serving === undefined) {
    if (person !== undefined) for (const members of answers) nameAs(person, members);
    return answers;
  }
  const studies = rows.map((row) => row.at(-1) as string);
  const coercions = await serving.coercionsOf([...new Set(studies)]);
  for (const [at, members] of answers.entries()) {
    const coercion = coercions.get(studies[at]!);
    await serving.serve(database, members, coercion);
    // Who asks by a former id is answered by it.
    if (person !== undefined && person.ids[0].id !== coercion?.personId) nameAs(person, members);
  }
  return answers;
}

/** Everything of an instance is in its metadata; everything of a series is in two rows. */
function isNeeded(level: Level, { levels, further }: Selection): boolean {
  if (further === undefined) return level === 'instance' || !levels.includes('instance');
  return [...further].some((tag) => levelOf(tagOfHex(tag)!) === level && !isComputed(tag, levels));
}

const members = (sql: string, wanted?: ReadonlySet<string>): Source => ({
  sql,
  read: (text: string, found: Members) => cutMembers(text, found, wanted),
});

/** Attributes as they were received. */
const held: Record<Level, (wanted: ReadonlySet<string> | undefined, root: string) => Source> = {
  study: (wanted) => members('s.attributes', wanted),
  series: (wanted) => members('e.attributes', wanted),
  instance: (wanted, root) => ({
    sql: 'i.metadata',
    read: (encoded: Uint8Array, found: Members) => {
      cutMembers(metadataText(encoded, root), found, wanted);
      if (wanted === undefined) dropBulkData(found);
    },
  }),
};

/** PS3.18 10.6.3.3: `all` is not pixel data. */
function dropBulkData(found: Members): void {
  for (const [tag, member] of found) if (/^.{11}\{"vr":"..","BulkDataURI":/.test(member)) found.delete(tag);
}
