// The logs of cases in the catalogue. Entries are appended by compare-and-set on the sequence, in one statement with the row
// that they come to and with an event for whoever follows: what was answered is durable, and of two who want the same one has it.

import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import { Announcer } from '../../storage/events.ts';
import type { Queries } from '../../storage/transaction.ts';
import { bookkeeping } from '../case/bookkeeping.ts';
import { caseCode } from '../case/case-code.ts';
import type { Actor, CaseEvent, CaseHappening } from '../case/case-event.ts';
import { afterEvent, firstState, mayFollow } from '../case/fold.ts';
import type { ReadingCase } from '../case/reading-case.ts';
import type { ServiceTerm, TermReference } from '../terms/service-term.ts';
import { type CasePlace, columnsOf, placeColumns, type StoredCase, storedCase } from './case-row.ts';

export const limits = {
  /** Codes drawn until one is free; two that are in use in a row do not happen. */
  draws: 5,
  /** How often a change is thought out again because the case has moved on. */
  attempts: 10,
} as const;

/** The kind of the event that each append makes, for the client and, where there is one, for the room. */
export const CASE_EVENT = 'reading-case';

export interface CaseLogOptions {
  database: Database;
  clock: Clock;
  /** The version of the term that a case was taken in under. */
  term(reference: TermReference): Promise<Pick<ServiceTerm, 'levels' | 'quality'> | undefined>;
}

export class CaseLog {
  readonly #options: CaseLogOptions;
  readonly #announcer: Announcer;

  constructor(options: CaseLogOptions) {
    this.#options = options;
    this.#announcer = new Announcer(options.database);
  }

  /** Tells followers what they were not told yet. */
  async close(): Promise<void> {
    await this.#announcer.close();
  }

  /**
   * A new case, whose first happening is `announced` or `orphaned`. Undefined where the study or the order has one already
   * that is not over.
   */
  async create(
    place: CasePlace & { client: number },
    actor: Actor,
    happenings: readonly [CaseHappening, ...CaseHappening[]],
    transaction?: Queries,
  ): Promise<ReadingCase | undefined> {
    const queries = transaction ?? this.#options.database;
    for (let draw = 0; draw < limits.draws; draw++) {
      const id = caseCode(randomBytes(8));
      const made = this.#after(id, undefined, this.#options.clock.now(), actor, happenings);
      const columns = { id, ...placeColumns(place), ...(await this.#columns(made.after, place.partOf)) };
      const names = Object.keys(columns);
      const [row] = await queries.query<{ id: string | null; isUsed: boolean }>(
        `with made as (
           insert into reading_case (${names.join(', ')}) values (${names.map((_, at) => `$${at + 2}`).join(', ')})
           on conflict do nothing returning id, client, room
         ), ${written('made')}
         select (select id from made) as id, exists (select from reading_case where id = $2) as "isUsed"`,
        [JSON.stringify(made.entries), ...Object.values(columns)],
      );
      if (row!.id !== null) {
        this.#announcer.announce();
        return made.after;
      }
      if (!row!.isUsed) return undefined;
    }
    throw new Error('no code of a case is free');
  }

  /**
   * Appends what happened after entry `expectedSequence`. Throws reading/moved where there are others by now, what mayFollow
   * says, and reading/unknown-case. What a person did is not lost to bookkeeping (bookkeeping.ts): where nothing else was
   * entered since, and the case as it is now allows the same, it follows that. In a `transaction`, which reads what others
   * commit, it counts with all else in it; keep that short.
   */
  async append(
    id: string,
    expectedSequence: number,
    actor: Actor,
    happenings: readonly CaseHappening[],
    { transaction, place = {} }: { transaction?: Queries; place?: Partial<CasePlace> } = {},
  ): Promise<ReadingCase> {
    const queries = transaction ?? this.#options.database;
    for (let attempt = 1; ; attempt++) {
      const stored = await this.#stored(queries, id);
      const isSame = stored.reading.sequence === expectedSequence;
      if (!isSame && (actor.kind === 'exchange' || !(await this.#isOnlyKept(queries, id, expectedSequence)))) {
        throw new Problem('reading/moved');
      }
      try {
        return await this.#write(queries, stored, actor, happenings, place);
      } catch (thrown) {
        if (!hasMoved(thrown) || actor.kind === 'exchange' || attempt === limits.attempts) throw thrown;
      }
    }
  }

  /** Whether nothing but bookkeeping was entered after `sequence`, and something was. */
  async #isOnlyKept(queries: Queries, id: string, sequence: number): Promise<boolean> {
    const since = await queries.query<{ kind: string }>(
      'select kind from reading_event where reading_case = $1 and sequence > $2',
      [id, sequence],
    );
    return since.length > 0 && since.every(({ kind }) => bookkeeping.has(kind));
  }

  /** Appends what `decide` makes of the case as it is then, thought out again where it has moved on meanwhile. */
  async change(
    id: string,
    actor: Actor,
    decide: (before: StoredCase) => readonly CaseHappening[] | Promise<readonly CaseHappening[]>,
    place: Partial<CasePlace> = {},
  ): Promise<ReadingCase> {
    for (let attempt = 1; ; attempt++) {
      const stored = await this.stored(id);
      const happenings = await decide(stored);
      try {
        if (happenings.length === 0 && Object.keys(place).length === 0) return stored.reading;
        return await this.#write(this.#options.database, stored, actor, happenings, place);
      } catch (thrown) {
        if (!hasMoved(thrown) || attempt === limits.attempts) throw thrown;
      }
    }
  }

  /** As it is now. Throws reading/unknown-case. */
  async read(id: string): Promise<ReadingCase> {
    return (await this.stored(id)).reading;
  }

  /** With where it belongs. Throws reading/unknown-case. */
  stored(id: string): Promise<StoredCase> {
    return this.#stored(this.#options.database, id);
  }

  /** Its whole log; empty where there is no such case. */
  async events(id: string): Promise<CaseEvent[]> {
    const rows = await this.#options.database.query<EntryRow>(
      `select ${entryColumns} from reading_event where reading_case = $1 order by sequence`,
      [id],
    );
    return rows.map(eventOfRow);
  }

  /** The reader is still there: the lease goes on until `until`. Throws reading/not-holder where another has the case. */
  async heartbeat(id: string, reader: string, until: number): Promise<void> {
    const rows = await this.#options.database.query(
      `update reading_case set lease_until = greatest(lease_until, $3) where id = $1 and claimed_by = $2 returning id`,
      [id, reader, new Date(until)],
    );
    if (rows.length === 0) throw new Problem('reading/not-holder');
  }

  async #stored(queries: Queries, id: string): Promise<StoredCase> {
    const stored = await storedCase(queries, id);
    if (stored === undefined) throw new Problem('reading/unknown-case');
    return stored;
  }

  async #write(
    queries: Queries,
    stored: StoredCase,
    actor: Actor,
    happenings: readonly CaseHappening[],
    place: Partial<CasePlace>,
  ): Promise<ReadingCase> {
    const before = stored.reading;
    // A clock that was set back must not put an entry before the last.
    const at = Math.max(this.#options.clock.now(), stored.changedAt);
    const { after, entries } = this.#after(before.id, before, at, actor, happenings);
    const columns = { ...placeColumns(place), ...(await this.#columns(after, place.partOf ?? stored.partOf, at)) };
    const set = Object.keys(columns).map((name, index) => {
      const value = `$${index + 4}`;
      // A heartbeat may have moved it on since the case was read.
      const isLater = after.claim !== undefined && after.claim.reader === before.claim?.reader;
      return `${name} = ${name === 'lease_until' && isLater ? `greatest(lease_until, ${value})` : value}`;
    });
    const rows = await queries.query(
      `with moved as (
         update reading_case set ${set.join(', ')} where id = $2 and sequence = $3 returning id, client, room
       ), ${written('moved')}
       select id from moved`,
      [JSON.stringify(entries), before.id, before.sequence, ...Object.values(columns)],
    );
    if (rows.length === 0) throw new Problem('reading/moved');
    this.#announcer.announce();
    return after;
  }

  #after(
    id: string,
    before: ReadingCase | undefined,
    at: number,
    by: Actor,
    happenings: readonly CaseHappening[],
  ): { after: ReadingCase; entries: object[] } {
    const entries: object[] = [];
    let after = before;
    for (const happening of happenings) {
      const problem = mayFollow(after, happening);
      if (problem !== undefined) throw problem;
      const event: CaseEvent = { sequence: (after?.sequence ?? 0) + 1, at, by, ...happening };
      after = after === undefined ? firstState(id, event) : afterEvent(after, event);
      const { kind, ...detail } = happening;
      entries.push({ sequence: event.sequence, at: new Date(at), by_kind: by.kind, by_id: by.id, kind, detail });
    }
    return { after: after!, entries };
  }

  async #columns(
    after: ReadingCase,
    partOf: string | undefined,
    now = this.#options.clock.now(),
  ): Promise<Record<string, unknown>> {
    return columnsOf(after, after.term && (await this.#options.term(after.term)), now, partOf);
  }
}

const hasMoved = (thrown: unknown): boolean => thrown instanceof Problem && thrown.code === 'reading/moved';

export interface EntryRow extends Record<string, unknown> {
  sequence: number;
  at: number;
  byKind: string;
  byId: string;
  kind: string;
  detail: object;
}

export const entryColumns = `sequence, round(extract(epoch from at) * 1000)::float8 as at, by_kind as "byKind", by_id as "byId",
  kind, detail`;

export const eventOfRow = ({ sequence, at, byKind, byId, kind, detail }: EntryRow): CaseEvent =>
  ({ sequence, at, by: { kind: byKind, id: byId }, kind, ...detail }) as CaseEvent;

/** The entries ($1) of the row that `source` made or moved, and an event of them for each who may know. */
const written = (source: 'made' | 'moved'): string => `entry as (
    select * from json_to_recordset($1::json) as e (sequence integer, at timestamptz, by_kind text, by_id text, kind text, detail json)
  ), logged as (
    insert into reading_event (reading_case, sequence, at, by_kind, by_id, kind, detail)
    select ${source}.id, entry.* from ${source}, entry
  ), told as (
    insert into event (tenant, kind, detail)
    select tenant, '${CASE_EVENT}', json_build_object('case', id, 'sequence', (select max(sequence) from entry),
      'kinds', (select json_agg(kind order by sequence) from entry))
    from ${source}, lateral (values (client, true), (room, room is distinct from client)) as whom (tenant, isTold)
    where tenant is not null and isTold and exists (select from entry)
  )`;
