// The change feed. Numbers are given when a row is written and seen when it is committed, so a reader of "everything after
// n" would lose rows; this one reads in the order of transactions and stops below the oldest that still runs.

import type { Database } from './database.ts';

export const limits = {
  events: 1000,
  /** Keeping announces itself at most this often, in milliseconds: NOTIFY is a lock that all commits of a database share. */
  announceEveryMs: 50,
} as const;

/** The channel of notices.ts on which new events are announced. */
export const EVENT_CHANNEL = 'event';

export interface CatalogueEvent {
  id: string;
  tenant: number;
  kind: string;
  studyId: string | undefined;
  instanceIds: string[];
  detail: unknown;
  at: Date;
  /** Hand it back as `after` to read on from here. */
  cursor: string;
}

interface Row {
  id: string;
  xid: string;
  tenant: number;
  kind: string;
  study: string | null;
  instances: string[] | null;
  detail: unknown;
  at: Date;
}

/**
 * Events of `tenant`, of all where it is absent (for what works for all). `after`: the cursor of the last event read,
 * absent for the first. No event comes twice, and none is passed over.
 */
export async function readEvents(
  database: Database,
  { tenant, after, limit = limits.events }: { tenant?: number; after?: string; limit?: number } = {},
): Promise<CatalogueEvent[]> {
  const [xid = '0', id = '0'] = after?.split('.') ?? [];
  const rows = await database.query<Row>(
    `select id, xid::text, tenant, kind, study, instances, detail, at from event
     where (xid, id) > ($1::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
       and ($4::smallint is null or tenant = $4)
     -- The column, and not the text of the same name that is told.
     order by event.xid, event.id limit $3`,
    [xid, id, Math.min(limit, limits.events), tenant ?? null],
  );
  return rows.map((row) => ({
    id: row.id,
    tenant: row.tenant,
    kind: row.kind,
    studyId: row.study ?? undefined,
    instanceIds: row.instances ?? [],
    detail: row.detail,
    at: row.at,
    cursor: `${row.xid}.${row.id}`,
  }));
}

/** Whether the event of one cursor comes before that of the other. */
export function isBefore(one: string, other: string): boolean {
  const [[xid, id], [otherXid, otherId]] = [one, other].map((cursor) => cursor.split('.').map(BigInt)) as [
    bigint[],
    bigint[],
  ];
  return xid! < otherXid! || (xid === otherXid && id! < otherId!);
}

/** From where only what happens later is read; absent where nothing has happened yet. */
export async function latestCursor(database: Database): Promise<string | undefined> {
  const [row] = await database.query<Pick<Row, 'id' | 'xid'>>(
    `select id, xid::text from event where xid < pg_snapshot_xmin(pg_current_snapshot())
     order by event.xid desc, event.id desc limit 1`,
  );
  return row && `${row.xid}.${row.id}`;
}

/** Tells those who wait for events, of this node and others, that there are some; at most every `announceEveryMs`. */
export class Announcer {
  readonly #database: Database;
  readonly #channel: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, channel: string = EVENT_CHANNEL) {
    this.#database = database;
    this.#channel = channel;
  }

  announce(): void {
    this.#timer ??= setTimeout(() => void this.#tell(), limits.announceEveryMs);
  }

  /** Announces what was not announced yet. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) await this.#tell();
  }

  async #tell(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Readers look again by themselves now and then: a lost notice delays them, no more.
    await this.#database.query('select pg_notify($1, $2)', [this.#channel, '']).catch(() => undefined);
  }
}
