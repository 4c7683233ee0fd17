// The append-only log that identity is a fold over (migrations/0008-identity.sql). Appends share their commits; who follows
// it sees every entry once, also those of other nodes, as soon as they are committed.

import type { Database } from './database.ts';
import { Announcer } from './events.ts';
import { GroupCommit } from './group-commit.ts';

export const limits = {
  batchEntries: 256,
  queuedEntries: 8192,
  /** Read at once. */
  entries: 1000,
} as const;

/** The channel of notices.ts on which new entries are announced. */
export const IDENTITY_CHANNEL = 'identity';

export interface IdentityEntry {
  tenant: number;
  kind: 'sighting' | 'assertion' | 'decision' | 'retraction' | 'removal' | 'model';
  /** What it came from; an entry of the same cause is not appended again. */
  cause: string;
  /** What `kind` says, as JSON. */
  payload: object;
}

export interface Appended {
  id: string;
  /** False where an entry of that cause was there: `id` is that one's. */
  isNew: boolean;
}

/** What the catalogue knows of a study's patient: the attributes of its first instance, and who sent that. */
export interface StudyOfPatient {
  id: string;
  /** DICOM JSON model of the patient and study level. */
  attributes: string;
  /** AE title, or whatever names the sender. */
  source: string | null;
}

export type LoggedEntry = { id: string; tenant: number; cause: string; at: Date } & (
  | { kind: IdentityEntry['kind']; payload: unknown }
  /** Without `study` where the study was taken back. */
  | { kind: 'study'; study: StudyOfPatient | undefined }
);

export class IdentityLog {
  readonly #database: Database;
  readonly #announcer: Announcer;
  readonly #commits: GroupCommit<IdentityEntry, Appended>;

  constructor(database: Database) {
    this.#database = database;
    this.#announcer = new Announcer(database, IDENTITY_CHANNEL);
    this.#commits = new GroupCommit((entries) => this.#insert(entries), {
      batch: limits.batchEntries,
      queued: limits.queuedEntries,
    });
  }

  /** Resolves once the entry is durable. */
  append(entry: IdentityEntry): Promise<Appended> {
    return this.#commits.add(entry);
  }

  /** Entries were logged together with what they came from: other nodes hear of it soon. */
  announce(): void {
    this.#announcer.announce();
  }

  async close(): Promise<void> {
    await this.#commits.settle();
    await this.#announcer.close();
  }

  async #insert(entries: readonly IdentityEntry[]): Promise<Appended[]> {
    const columns = columnsOf(entries);
    const added = await this.#database.query<Found>(INSERT, columns);
    if (added.length > 0) this.#announcer.announce();
    // Another node may have appended the same in the meantime: only a statement that begins afterwards sees it.
    const [tenants, , causes] = columns;
    const known = added.length === entries.length ? [] : await this.#database.query<Found>(SELECT, [tenants, causes]);
    const idOf = new Map([...known, ...added].map(({ tenant, cause, id }) => [keyOf({ tenant, cause }), id]));
    const fresh = new Set(added.map(keyOf));
    return entries.map((entry) => ({ id: idOf.get(keyOf(entry))!, isNew: fresh.delete(keyOf(entry)) }));
  }
}

/** Appends within somebody else's transaction, which tells of it when it is committed; resolves to the ids, of those that are new. */
export async function appendWithin(
  queries: Pick<Database, 'query'>,
  entries: readonly IdentityEntry[],
): Promise<(string | undefined)[]> {
  const added = await queries.query<Found>(INSERT, columnsOf(entries));
  const idOf = new Map(added.map(({ tenant, cause, id }) => [keyOf({ tenant, cause }), id]));
  return entries.map((entry) => idOf.get(keyOf(entry)));
}

const columnsOf = (entries: readonly IdentityEntry[]) => [
  entries.map(({ tenant }) => tenant),
  entries.map(({ kind }) => kind),
  entries.map(({ cause }) => cause),
  entries.map(({ payload }) => JSON.stringify(payload)),
];

type Found = { tenant: number; cause: string; id: string };

const keyOf = ({ tenant, cause }: Pick<Found, 'tenant' | 'cause'>): string => `${tenant} ${cause}`;

// In their order, which is that of their ids.
const INSERT = `insert into identity_event (tenant, kind, cause, payload)
  select tenant, kind, cause, payload
  from unnest($1::smallint[], $2::text[], $3::text[], $4::jsonb[]) with ordinality as given(tenant, kind, cause, payload, n)
  order by n
  on conflict (tenant, cause) do nothing returning tenant, cause, id`;
const SELECT = `select e.tenant, e.cause, e.id from unnest($1::smallint[], $2::text[]) as given(tenant, cause)
  cross join lateral (
    select * from identity_event e where e.tenant = given.tenant and e.cause = given.cause limit 1) e`;

/** Where a reader is; the empty one is before the first entry. */
export interface LogPosition {
  /** Everything up to here was read, and nothing comes before it any more. */
  cursor: string;
  /** Ids that were read beyond it: transactions older than theirs may still commit. */
  ahead: ReadonlySet<string>;
}

export const beginning: LogPosition = { cursor: '0.0', ahead: new Set() };

/** What is committed and was not read yet, for all tenants; empty once there is no more. */
export async function readIdentityLog(
  database: Database,
  { cursor, ahead }: LogPosition,
): Promise<{ entries: LoggedEntry[]; position: LogPosition }> {
  const rows = await database.query<LogRow>(READ, [...cursor.split('.'), limits.entries]);
  const settled = rows.findLast(({ is_settled }) => is_settled);
  const entries = rows.filter(({ id }) => !ahead.has(id)).map(entryOf);
  const position = {
    cursor: settled === undefined ? cursor : `${settled.xid}.${settled.id}`,
    ahead: new Set(rows.filter(({ is_settled }) => !is_settled).map(({ id }) => id)),
  };
  return { entries, position };
}

type LogRow = {
  id: string;
  xid: string;
  tenant: number;
  kind: LoggedEntry['kind'];
  cause: string;
  at: Date;
  payload: unknown;
  study: string | null;
  attributes: string | null;
  source: string | null;
  is_settled: boolean;
};

const ROWS = `select e.id, e.xid::text, e.tenant, e.kind, e.cause, e.at, e.payload, e.study, s.attributes,
    case when e.study is not null then
      (select i.source from series r join instance i on i.series = r.id where r.study = e.study order by r.id, i.id limit 1)
    end as source,
    e.xid < pg_snapshot_xmin(pg_current_snapshot()) as is_settled
  from identity_event e left join study s on s.id = e.study`;
const READ_STATEMENTS = `${ROWS} where (e.xid, e.id) > ($1::xid8, $2) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
  and e.kind in ('assertion', 'decision', 'retraction', 'removal') order by e.xid, e.id limit $3`;
const READ = `${ROWS} where (e.xid, e.id) > ($1::xid8, $2) order by e.xid, e.id limit $3`;

/** What people said of registrations after `cursor`, as a feed: nothing comes before what was read. Sightings are not said. */
export async function readStatements(
  database: Database,
  cursor: string,
): Promise<{ entry: LoggedEntry; cursor: string }[]> {
  const rows = await database.query<LogRow>(READ_STATEMENTS, [...cursor.split('.'), limits.entries]);
  return rows.map((row) => ({ entry: entryOf(row), cursor: `${row.xid}.${row.id}` }));
}

/** From where only what is logged later is read. */
export async function latestLogCursor(database: Database): Promise<string | undefined> {
  const [row] = await database.query<{ cursor: string }>(
    `select e.xid::text || '.' || e.id as cursor from identity_event e
     where e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.xid desc, e.id desc limit 1`,
  );
  return row?.cursor;
}

/** '0' where nothing was logged. */
export async function lastEntry(database: Database, tenant: number): Promise<string> {
  const [last] = await database.query<{ id: string }>(
    'select id from identity_event where tenant = $1 order by id desc limit 1',
    [tenant],
  );
  return last?.id ?? '0';
}

export interface LogSize {
  sightings: number;
  decisions: number;
}

/** What a tenant's log holds beyond the entry `after`. */
export async function sizeOfLog(database: Database, tenant: number, after = '0'): Promise<LogSize> {
  const [size] = await database.query<{ sightings: number; decisions: number }>(
    `select count(*) filter (where kind in ('sighting', 'study'))::int as sightings,
       count(*) filter (where kind = 'decision')::int as decisions
     from identity_event where tenant = $1 and id > $2`,
    [tenant, after],
  );
  return size!;
}

/** These entries of a tenant, in the order of the log; what is not there is left out. */
export async function entriesOf(database: Database, tenant: number, ids: readonly string[]): Promise<LoggedEntry[]> {
  if (ids.length === 0) return [];
  // Prepared anew as the log grows: see MessageBatches.
  const size = Math.floor(Math.log2(ids.reduce((newest, id) => Math.max(newest, Number(id)), 1)));
  const { rows } = await database.pool.query<LogRow>({
    name: `identity-entries-${size}`,
    text: `${ROWS} where e.tenant = $1 and e.id = any($2::bigint[]) order by e.id`,
    values: [tenant, ids],
  });
  return rows.map(entryOf);
}

/**
 * A tenant's entries in pages, in the order of their ids: the last `sightings` sightings and studies, and everything else
 * that was ever said. A copy to learn from: what is committed meanwhile may be missing.
 */
export async function* lastEntries(
  database: Database,
  tenant: number,
  { sightings }: { sightings: number },
): AsyncGenerator<LoggedEntry[]> {
  const [oldest] = await database.query<{ id: string }>(
    `select id from identity_event where tenant = $1 and kind in ('sighting', 'study') order by id desc offset $2 limit 1`,
    [tenant, sightings],
  );
  for (let after = '0'; ; ) {
    const rows = await database.query<LogRow>(
      `${ROWS} where e.tenant = $1 and e.id > $2 and (e.id > $3 or e.kind not in ('sighting', 'study'))
       order by e.id limit $4`,
      [tenant, after, oldest?.id ?? '0', limits.entries],
    );
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
    yield rows.map(entryOf);
  }
}

function entryOf({ id, tenant, kind, cause, at, payload, study, attributes, source }: LogRow): LoggedEntry {
  const head = { id, tenant, cause, at };
  // A study that was taken back (its first file failed) leaves its entry; it is nobody's any more.
  if (kind === 'study')
    return { ...head, kind, study: attributes === null ? undefined : { id: study!, attributes, source } };
  return { ...head, kind, payload };
}
