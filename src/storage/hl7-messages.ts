// HL7 v2 messages as they were received, what became of each, and what went back. A message is durable here before it is
// acknowledged; the same message once more is the same row.

import { createHash } from 'node:crypto';
import type { Finding } from '../hl7v2/finding.ts';
import type { Database } from './database.ts';
import { GroupCommit } from './group-commit.ts';
import { joined } from './hl7-frames.ts';
import { type Arrival, MessageBatches } from './hl7-keep.ts';
import type { IdentityEntry } from './identity-log.ts';

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
  /** What it says of persons: logged in the same commit. */
  says?: readonly IdentityEntry[];
}

export interface KeptMessage {
  id: string;
  /** False: it was here before, and accepted or applied; `state` and `acknowledgements` are those of then. */
  isNew: boolean;
  state: MessageState;
  acknowledgements: readonly Uint8Array[] | undefined;
  /** Whether this sender used the control id before, with other bytes. */
  isControlIdReused: boolean;
  /** Of each of `says`; undefined where it was logged before. */
  entryIds: readonly (string | undefined)[];
}

export interface Hl7Messages {
  /** Resolves when the message is durable. One that was refused or quarantined before is judged anew, as it says now. */
  keep(message: ArrivedMessage): Promise<KeptMessage>;
  /** Resolves when what became of a message is durable. What went back already stays what went back. */
  settle(tenant: number, id: string, verdict: Verdict): Promise<void>;
}

export function openHl7Messages(database: Database): Hl7Messages {
  const batches = new MessageBatches(database);
  const keeping = new GroupCommit((arrivals: readonly Arrival[]) => batches.keep(arrivals), limits);
  const dropping = new GroupCommit(async (tenants: readonly number[]) => {
    for (const tenant of new Set(tenants)) await dropOldest(database, tenant);
    return tenants.map(() => undefined);
  }, limits);
  return {
    async keep(message) {
      const sha256 = createHash('sha256').update(message.bytes).digest();
      const controlId = asText(message.controlId);
      const messageType = asText(message.messageType);
      const kept = await keeping.add({ message: { ...message, messageType }, controlId, sha256 });
      if (message.state === 'quarantined') await dropping.add(message.tenant);
      return kept;
    },
    async settle(tenant, id, { state, problem, reason, acknowledgements }) {
      await database.query(
        `update hl7_message set state = $3, problem = $4, reason = $5, acknowledgements = coalesce(acknowledgements, $6)
         where id = $2 and tenant = $1`,
        [tenant, id, state, problem, reason, joined(acknowledgements)],
      );
      if (state === 'quarantined') await dropping.add(tenant);
    },
  };
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

/** Text of a peer as the catalogue can hold it. */
function asText(text: string): string {
  return text.replaceAll('\0', '').slice(0, limits.textCharacters);
}
