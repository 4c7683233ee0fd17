// Readers and their shifts (migrations/0030-reading-terms.sql), held in memory by every node: a change is in force here when
// its promise resolves, and on other nodes as soon as they hear the notice. What was known of a reader when stays.

import { tenantNamed } from '../../auth/tenants.ts';
import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import { type HeldRows, holdRows } from '../../storage/held-rows.ts';
import { type Transaction, transact } from '../../storage/transaction.ts';
import type { Privilege, Reader, Shift } from '../readers/reader.ts';
import { roomName } from './rooms.ts';

const CHANNEL = 'reading_readers';

export const limits = {
  /** Shifts that ended longer ago are not held. */
  pastShifts: '1 day',
} as const;

interface HeldReader {
  /** Tenant: the room of the provider. */
  room: number;
  version: number;
  reader: Reader;
}

export class Readers {
  readonly #database: Database;
  readonly #held: HeldRows<HeldReader>;

  private constructor(database: Database, held: HeldRows<HeldReader>) {
    this.#database = database;
    this.#held = held;
  }

  /** `changed` is called after each later reading. */
  static async open(database: Database, changed: () => void = () => undefined): Promise<Readers> {
    return new Readers(database, await holdRows(database, CHANNEL, { read: () => readReaders(database), changed }));
  }

  all(): readonly Reader[] {
    return this.#held.rows.map(({ reader }) => reader);
  }

  reader(id: string): Reader | undefined {
    return this.#held.rows.find(({ reader }) => reader.id === id)?.reader;
  }

  readersOf(provider: string): Reader[] {
    return this.all().filter((reader) => reader.provider === provider);
  }

  /** Tenant of the room in which a reader reads. */
  roomOf(id: string): number | undefined {
    return this.#held.rows.find(({ reader }) => reader.id === id)?.room;
  }

  /**
   * What is known of a reader from now on; shifts are left as they are. Resolves to whether it is a new one. Rejects with
   * auth/forbidden where another provider's reader has this id.
   */
  async put({ shifts: _, ...reader }: Reader, author: string): Promise<boolean> {
    const room = await tenantNamed(this.#database, roomName(reader.provider));
    const isNew = await transact(this.#database, async (transaction) => {
      const last = await lastVersion(transaction, reader.id);
      if (last !== undefined && last.room !== room)
        throw new Problem('auth/forbidden', { action: 'take this reader over' });
      await addVersion(transaction, reader, { room, version: (last?.version ?? 0) + 1, author });
      return last === undefined;
    });
    await this.#held.refresh();
    return isNew;
  }

  /** What `client` grants to a reader, instead of what it granted before. Rejects with catalogue/not-found. */
  async grant(id: string, client: string, privileges: readonly Privilege[], author: string): Promise<void> {
    await transact(this.#database, async (transaction) => {
      const last = await lastVersion(transaction, id);
      if (last === undefined) throw new Problem('catalogue/not-found', { what: 'reader' });
      const others = last.document.privileges.filter((each) => each.client !== client);
      const document = { ...last.document, privileges: [...others, ...privileges] };
      await addVersion(transaction, document, { room: last.room, version: last.version + 1, author });
    });
    await this.#held.refresh();
  }

  /**
   * When a reader is there from a moment on, in ms since the epoch: a shift that goes on then and is not among these ends, later
   * ones are taken away, those that are over stay. Rejects with catalogue/not-found.
   */
  async putShifts(id: string, shifts: readonly Shift[], at: number): Promise<void> {
    if (this.reader(id) === undefined) throw new Problem('catalogue/not-found', { what: 'reader' });
    await this.#database.query(
      `with gone as (
         delete from reading_shift where reader = $1 and begins_at >= $5 and not id = any($2::text[])),
       ended as (
         update reading_shift set ends_at = $5
         where reader = $1 and begins_at < $5 and ends_at > $5 and not id = any($2::text[])),
       written as (
         insert into reading_shift (reader, id, begins_at, ends_at)
         select $1, * from unnest($2::text[], $3::timestamptz[], $4::timestamptz[])
         on conflict (reader, id) do update set begins_at = excluded.begins_at, ends_at = excluded.ends_at)
       select pg_notify($6, '')`,
      [
        id,
        shifts.map((shift) => shift.id),
        shifts.map(({ from }) => from),
        shifts.map(({ to }) => to),
        new Date(at),
        CHANNEL,
      ],
    );
    await this.#held.refresh();
  }

  close(): void {
    this.#held.close();
  }
}

type Document = Omit<Reader, 'shifts'>;

async function readReaders(database: Database): Promise<HeldReader[]> {
  const rows = await database.query<{ room: number; version: number; document: Document; shifts: Shift[] | null }>(
    `select r.room, r.version, r.document, s.shifts from (
       select distinct on (id) id, room, version, document from reading_reader order by id, version desc) r
     left join (
       select reader, json_agg(json_build_object('id', id,
         'from', to_char(begins_at at time zone 'UTC', '${ISO}'), 'to', to_char(ends_at at time zone 'UTC', '${ISO}'))
         order by begins_at) as shifts
       from reading_shift where ends_at > now() - interval '${limits.pastShifts}' group by reader) s on s.reader = r.id
     order by r.id`,
  );
  return rows.map(({ room, version, document, shifts }) => ({
    room,
    version,
    reader: { ...document, shifts: shifts ?? [] },
  }));
}

const ISO = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

/** Nobody else adds one until the transaction ends. */
async function lastVersion(
  transaction: Transaction,
  id: string,
): Promise<{ room: number; version: number; document: Document } | undefined> {
  await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`reading_reader ${id}`]);
  const [last] = await transaction.query<{ room: number; version: number; document: Document }>(
    'select room, version, document from reading_reader where id = $1 order by version desc limit 1',
    [id],
  );
  return last;
}

async function addVersion(
  transaction: Transaction,
  document: Document,
  { room, version, author }: { room: number; version: number; author: string },
): Promise<void> {
  await transaction.query(
    `with written as (
       insert into reading_reader (id, version, room, document, author) values ($1, $2, $3, $4, $5) returning 1)
     select pg_notify($6, '') from written`,
    [document.id, version, room, JSON.stringify(document), author, CHANNEL],
  );
}
