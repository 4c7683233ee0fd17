// HL7 v2 messages as they were received, what became of each, and what went back. A message is durable here before it is
// acknowledged; the same message once more is the same row.

import { createHash } from 'node:crypto';
import type { Finding } from '../hl7v2/finding.ts';
import { binaryArray } from './binary-array.ts';
import type { Database } from './database.ts';
import { GroupCommit } from './group-commit.ts';

export const limits = {
  /** Rows of one statement, and messages that wait for theirs. Their bytes are bounded at the door. */
  batch: 200,
  queued: 10_000,
  /** Of a control id or a type that is kept as text; MSH-10 has 20 characters, 199 since v2.7. */
  textCharacters: 200,
  /** Bytes kept in quarantine, in each tenant: the oldest go first, their rows stay. */
  quarantinedMessages: 10_000,
  quarantinedBytes: 1024 * 1024 * 1024,
} as const;

export type MessageState = 'accepted' | 'applied' | 'refused' | 'quarantined';

/** What became of a message, and what is told. */
export interface Verdict {
  state: MessageState;
  /** A code of base/problem.ts and its text. */
  problem?: string;
  reason?: string;
  /** Absent while nothing may go back yet. */
  acknowledgements?: readonly Uint8Array[];
}

/** A verdict on a message that has a row, or had none: queries leave none. */
export interface Taken extends Verdict {
  id?: string;
}

export interface ArrivedMessage extends Verdict {
  tenant: number;
  interface: string;
  controlId: string;
  /** `ADT^A40`. */
  messageType: string;
  bytes: Uint8Array;
  findings?: readonly Finding[];
  remoteAddress?: string;
  replayOf?: string;
}

export interface KeptMessage {
  id: string;
  /** False: it was here before, and accepted or applied; `state` and `acknowledgements` are those of then. */
  isNew: boolean;
  state: MessageState;
  acknowledgements: readonly Uint8Array[] | undefined;
  /** Whether this sender used the control id before, with other bytes. */
  isControlIdReused: boolean;
}

export interface Hl7Messages {
  /** Resolves when the message is durable. One that was refused or quarantined before is judged anew, as it says now. */
  keep(message: ArrivedMessage): Promise<KeptMessage>;
  /** Resolves when what became of a message is durable. What went back already stays what went back. */
  settle(tenant: number, id: string, verdict: Verdict): Promise<void>;
}

export function openHl7Messages(database: Database): Hl7Messages {
  const keeping = new GroupCommit((arrivals: readonly Arrival[]) => keepAll(database, arrivals), limits);
  const settling = new GroupCommit((settlements: readonly Settlement[]) => settleAll(database, settlements), limits);
  return {
    async keep(message) {
      const sha256 = createHash('sha256').update(message.bytes).digest();
      const controlId = asText(message.controlId);
      const kept = await keeping.add({ message, controlId, sha256 });
      if (message.state === 'quarantined') await dropOldest(database, message.tenant);
      return kept;
    },
    async settle(tenant, id, verdict) {
      await settling.add({ tenant, id, verdict });
      if (verdict.state === 'quarantined') await dropOldest(database, tenant);
    },
  };
}

interface Arrival {
  message: ArrivedMessage;
  controlId: string;
  sha256: Uint8Array;
}

interface Settlement {
  tenant: number;
  id: string;
  verdict: Verdict;
}

interface KeptRow {
  place: string;
  id: string;
  written: boolean;
  state: MessageState;
  acknowledgements: Buffer | null;
  reused: boolean;
}

/**
 * With its audit row in the same commit. A row that is there and was taken stays as it is; one that was not is judged anew. What a message of another transaction
 * did meanwhile is seen by the second statement, which locks nothing.
 */
const keepStatement = `
with arrived as (
  select * from unnest($1::smallint[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::bytea[], $7::text[], $8::text[],
      $9::text[], $10::text[], $11::bytea[], $12::text[], $13::bigint[])
    with ordinality as a (tenant, interface, control_id, sha256, message_type, bytes, state, problem, reason, findings,
      acknowledgements, remote_address, replay_of, place)
), reused as (
  select a.place, min(m.id) as first from arrived a
    join hl7_message m on m.tenant = a.tenant and m.interface = a.interface and m.control_id = a.control_id
      and m.sha256 <> a.sha256
  where a.control_id <> '' and a.replay_of is null group by a.place
), written as (
  insert into hl7_message as m (tenant, interface, control_id, sha256, message_type, bytes, size_bytes, state, problem,
      reason, findings, acknowledgements, control_id_of, remote_address, replay_of)
    select tenant, interface, control_id, sha256, message_type, bytes, length(bytes), state, problem, reason,
      findings::jsonb, acknowledgements, reused.first, remote_address, replay_of
    from arrived left join reused using (place) order by place
  on conflict (tenant, interface, control_id, sha256) do update
    set state = excluded.state, problem = excluded.problem, reason = excluded.reason, bytes = excluded.bytes,
      findings = excluded.findings, acknowledgements = excluded.acknowledgements, remote_address = excluded.remote_address
    where m.state in ('refused', 'quarantined')
  returning m.id, m.tenant, m.interface, m.control_id, m.sha256
), audited as (
  insert into audit (tenant, principal, door, action, outcome, remote_address)
    select tenant, 'hl7:' || interface, 'mllp', 'store', coalesce(problem, 'success'), remote_address from arrived order by place
)
select a.place, w.id, true as written, a.state, a.acknowledgements, reused.first is not null as reused
  from arrived a join written w using (tenant, interface, control_id, sha256) left join reused using (place)`;

const foundStatement = `
select a.place, m.id, false as written, m.state, m.acknowledgements, m.control_id_of is not null as reused
  from unnest($1::smallint[], $2::text[], $3::text[], $4::bytea[]) with ordinality as a (tenant, interface, control_id, sha256, place)
    join hl7_message m using (tenant, interface, control_id, sha256)`;

async function keepAll(database: Database, arrivals: readonly Arrival[]): Promise<KeptMessage[]> {
  // Twice in one statement would be an error; the second is a replay of the first.
  const distinct = [...new Map(arrivals.map((arrival) => [keyOf(arrival), arrival])).values()];
  const messages = distinct.map(({ message }) => message);
  const keys = [
    binaryArray(
      'smallint',
      messages.map(({ tenant }) => tenant),
    ),
    binaryArray(
      'text',
      messages.map((message) => message.interface),
    ),
    binaryArray(
      'text',
      distinct.map(({ controlId }) => controlId),
    ),
    binaryArray(
      'bytea',
      distinct.map(({ sha256 }) => sha256),
    ),
  ];
  const values = [
    ...keys,
    binaryArray(
      'text',
      messages.map(({ messageType }) => asText(messageType)),
    ),
    binaryArray(
      'bytea',
      messages.map(({ bytes }) => bytes),
    ),
    binaryArray(
      'text',
      messages.map(({ state }) => state),
    ),
    binaryArray(
      'text',
      messages.map(({ problem }) => problem),
    ),
    binaryArray(
      'text',
      messages.map(({ reason }) => reason),
    ),
    binaryArray(
      'text',
      messages.map(({ findings }) => (findings?.length ? JSON.stringify(findings) : undefined)),
    ),
    binaryArray(
      'bytea',
      messages.map(({ acknowledgements }) => joined(acknowledgements)),
    ),
    binaryArray(
      'text',
      messages.map(({ remoteAddress }) => remoteAddress),
    ),
    binaryArray(
      'bigint',
      messages.map(({ replayOf }) => replayOf),
    ),
  ];
  const { rows } = await database.pool.query<KeptRow>({ name: 'keep-hl7', text: keepStatement, values });
  const written = new Set(rows.map(({ place }) => place));
  if (written.size < distinct.length) {
    const found = await database.pool.query<KeptRow>({ name: 'find-hl7', text: foundStatement, values: keys });
    rows.push(...found.rows.filter(({ place }) => !written.has(place)));
  }
  const byKey = new Map(rows.map((row) => [keyOf(distinct[Number(row.place) - 1]!), toKept(row)]));
  return arrivals.map((arrival) => byKey.get(keyOf(arrival))!);
}

async function settleAll(database: Database, settlements: readonly Settlement[]): Promise<undefined[]> {
  const verdicts = settlements.map(({ verdict }) => verdict);
  await database.pool.query({
    name: 'settle-hl7',
    text: `update hl7_message m set state = s.state, problem = s.problem, reason = s.reason,
        acknowledgements = coalesce(m.acknowledgements, s.acknowledgements)
      from unnest($1::smallint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bytea[])
        as s (tenant, id, state, problem, reason, acknowledgements)
      where m.id = s.id and m.tenant = s.tenant`,
    values: [
      binaryArray(
        'smallint',
        settlements.map(({ tenant }) => tenant),
      ),
      binaryArray(
        'bigint',
        settlements.map(({ id }) => id),
      ),
      binaryArray(
        'text',
        verdicts.map(({ state }) => state),
      ),
      binaryArray(
        'text',
        verdicts.map(({ problem }) => problem),
      ),
      binaryArray(
        'text',
        verdicts.map(({ reason }) => reason),
      ),
      binaryArray(
        'bytea',
        verdicts.map(({ acknowledgements }) => joined(acknowledgements)),
      ),
    ],
  });
  return settlements.map(() => undefined);
}

async function dropOldest(database: Database, tenant: number): Promise<void> {
  await database.query(
    `update hl7_message m set bytes = null
     from (select id, row_number() over newest as place, sum(size_bytes) over newest as total
           from hl7_message where tenant = $1 and state = 'quarantined' and bytes is not null
           window newest as (order by id desc)) k
     where m.tenant = $1 and m.id = k.id and (k.place > $2 or k.total > $3)`,
    [tenant, limits.quarantinedMessages, limits.quarantinedBytes],
  );
}

const FS = 0x1c;

function joined(acknowledgements: readonly Uint8Array[] | undefined): Uint8Array | undefined {
  return acknowledgements && Buffer.concat(acknowledgements.flatMap((each) => [each, Uint8Array.of(FS)]));
}

/** The reverse of `joined`. */
function separated(bytes: Buffer | null): Uint8Array[] | undefined {
  if (bytes === null) return undefined;
  const all: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf(FS, from);
    all.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return all;
}

function toKept({ id, written, state, acknowledgements, reused }: KeptRow): KeptMessage {
  return { id, isNew: written, state, acknowledgements: separated(acknowledgements), isControlIdReused: reused };
}

function keyOf({ message, controlId, sha256 }: Arrival): string {
  return JSON.stringify([message.tenant, message.interface, controlId, Buffer.from(sha256).toString('latin1')]);
}

/** Text of a peer as the catalogue can hold it. */
function asText(text: string): string {
  return text.replaceAll('\0', '').slice(0, limits.textCharacters);
}
