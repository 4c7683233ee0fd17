// One batch of HL7 v2 messages as one statement, and its answer by message: each becomes durable in the same commit as its
// audit row and as what it says of persons, so that a crash leaves all of them or none.

import { type ArrayType, type ArrayValue, binaryArray } from './binary-array.ts';
import type { Database } from './database.ts';
import { joined, separated } from './hl7-frames.ts';
import type { ArrivedMessage, KeptMessage, MessageState } from './hl7-messages.ts';
import type { IdentityEntry } from './identity-log.ts';

export interface Arrival {
  message: ArrivedMessage;
  controlId: string;
  sha256: Uint8Array;
}

/** Of a message, with `place` and `state`; or of an entry that was not in the log before, with `entry`. Both count from 1. */
interface Row {
  place: string | null;
  entry: string | null;
  id: string;
  written: boolean;
  state: MessageState;
  acknowledgements: Buffer | null;
  reused: boolean;
}

export class MessageBatches {
  readonly #database: Database;
  /** The newest id that was seen. */
  #newest = 1;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves, in the order of `arrivals`, once all are durable. */
  async keep(arrivals: readonly Arrival[]): Promise<KeptMessage[]> {
    // Twice in one statement would be an error; the second is a replay of the first.
    const distinct = [...new Map(arrivals.map((arrival) => [keyOf(arrival), arrival])).values()];
    const said = distinct.flatMap(({ message }) => message.says ?? []);
    const rows = await this.#query('keep-hl7', KEEP, [...keysOf(distinct), ...restOf(distinct, said)]);
    const entries = rows.filter(({ entry }) => entry !== null);
    const messages = rows.filter(({ place }) => place !== null);
    if (messages.length < distinct.length) {
      const places = new Set(messages.map(({ place }) => place));
      const found = await this.#query('find-hl7', FIND, keysOf(distinct));
      messages.push(...found.filter(({ place }) => !places.has(place)));
    }
    this.#newest = messages.reduce((newest, { id }) => Math.max(newest, Number(id)), this.#newest);
    const entryIds = new Map(entries.map(({ entry, id }) => [said[Number(entry) - 1]!, id]));
    const byKey = new Map(messages.map((row) => [keyOf(distinct[Number(row.place) - 1]!), row]));
    return arrivals.map((arrival) => {
      const { id, written, state, acknowledgements, reused } = byKey.get(keyOf(arrival))!;
      return {
        id,
        isNew: written,
        state,
        acknowledgements: separated(acknowledgements),
        isControlIdReused: reused,
        entryIds: (arrival.message.says ?? []).map((entry) => entryIds.get(entry)),
      };
    });
  }

  /** Prepared anew whenever the table has doubled: a plan that was made for few rows reads all of many, each time. */
  async #query(name: string, text: string, values: Buffer[]): Promise<Row[]> {
    const size = Math.floor(Math.log2(this.#newest));
    return (await this.#database.pool.query<Row>({ name: `${name}-${size}`, text, values })).rows;
  }
}

function keyOf({ message, controlId, sha256 }: Arrival): string {
  return JSON.stringify([message.tenant, message.interface, controlId, Buffer.from(sha256).toString('latin1')]);
}

/**
 * A row that is there and was taken stays as it is; one that was not is judged anew. What a message of another transaction
 * did meanwhile is seen by `FIND`, which locks nothing. The `+ 0` keeps PostgreSQL from looking for the least id among all.
 */
const KEEP = `
with arrived as materialized (
  select *, case when control_id <> '' and replay_of is null then (
      select min(m.id + 0) from hl7_message m where m.tenant = a.tenant and m.interface = a.interface
        and m.control_id = a.control_id and m.sha256 <> a.sha256) end as first
  from unnest($1::smallint[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::bytea[], $7::text[], $8::text[],
      $9::text[], $10::text[], $11::bytea[], $12::text[], $13::bigint[])
    with ordinality as a (tenant, interface, control_id, sha256, message_type, bytes, state, problem, reason, findings,
      acknowledgements, remote_address, replay_of, place)
), written as (
  insert into hl7_message as m (tenant, interface, control_id, sha256, message_type, bytes, size_bytes, state, problem,
      reason, findings, acknowledgements, control_id_of, remote_address, replay_of)
    select tenant, interface, control_id, sha256, message_type, bytes, length(bytes), state, problem, reason,
      findings::jsonb, acknowledgements, first, remote_address, replay_of
    from arrived order by place
  on conflict (tenant, interface, control_id, sha256) do update
    set state = excluded.state, problem = excluded.problem, reason = excluded.reason, bytes = excluded.bytes,
      findings = excluded.findings, acknowledgements = excluded.acknowledgements, remote_address = excluded.remote_address
    where m.state in ('refused', 'quarantined')
  returning m.id, m.tenant, m.interface, m.control_id, m.sha256
), audited as (
  insert into audit (tenant, principal, door, action, outcome, remote_address)
    select tenant, 'hl7:' || interface, 'mllp', 'store', coalesce(problem, 'success'), remote_address from arrived order by place
), said as materialized (
  select * from unnest($14::smallint[], $15::text[], $16::text[], $17::text[])
    with ordinality as e (tenant, kind, cause, payload, entry)
), logged as (
  insert into identity_event (tenant, kind, cause, payload)
    select tenant, kind, cause, payload::jsonb from said order by entry
  on conflict (tenant, cause) do nothing returning id, tenant, cause
)
select a.place, null::bigint as entry, w.id, true as written, a.state, a.acknowledgements, a.first is not null as reused
  from arrived a join written w using (tenant, interface, control_id, sha256)
union all
select null, min(e.entry), l.id, true, null, null, false
  from said e join logged l using (tenant, cause) group by l.id`;

const FIND = `
select a.place, null::bigint as entry, m.id, false as written, m.state, m.acknowledgements, m.control_id_of is not null as reused
  from unnest($1::smallint[], $2::text[], $3::text[], $4::bytea[]) with ordinality as a (tenant, interface, control_id, sha256, place)
    cross join lateral (select * from hl7_message m where m.tenant = a.tenant and m.interface = a.interface
      and m.control_id = a.control_id and m.sha256 = a.sha256 limit 1) m`;

function restOf(arrivals: readonly Arrival[], said: readonly IdentityEntry[]): Buffer[] {
  const of = column(arrivals.map(({ message }) => message));
  const ofSaid = column(said);
  return [
    of('text', ({ messageType }) => messageType),
    of('bytea', ({ bytes }) => bytes),
    of('text', ({ state }) => state),
    of('text', ({ problem }) => problem),
    of('text', ({ reason }) => reason),
    of('text', ({ findings }) => (findings?.length ? JSON.stringify(findings) : undefined)),
    of('bytea', ({ acknowledgements }) => joined(acknowledgements)),
    of('text', ({ remoteAddress }) => remoteAddress),
    of('bigint', ({ replayOf }) => replayOf),
    ofSaid('smallint', ({ tenant }) => tenant),
    ofSaid('text', ({ kind }) => kind),
    ofSaid('text', ({ cause }) => cause),
    ofSaid('text', ({ payload }) => JSON.stringify(payload)),
  ];
}

function keysOf(arrivals: readonly Arrival[]): Buffer[] {
  const of = column(arrivals);
  return [
    of('smallint', ({ message }) => message.tenant),
    of('text', ({ message }) => message.interface),
    of('text', ({ controlId }) => controlId),
    of('bytea', ({ sha256 }) => sha256),
  ];
}

const column =
  <Of>(rows: readonly Of[]) =>
  <Type extends ArrayType>(type: Type, read: (row: Of) => ArrayValue<Type> | null | undefined): Buffer =>
    binaryArray(type, rows.map(read));
