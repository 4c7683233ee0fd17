// Messages about persons and orders that were kept and never applied, by the index that holds nothing else
// (migrations/0021-orders.sql).

import type { Database } from './database.ts';

const limits = {
  /** Read at once. */
  messages: 20,
} as const;

export interface WaitingMessage {
  id: string;
  tenant: number;
  /** The name of the interface. */
  interface: string;
  bytes: Uint8Array;
}

/** The latest of them; undefined where none waits. */
export async function lastWaiting(database: Database): Promise<string | undefined> {
  const [row] = await database.query<{ id: string | null }>(`select max(id) as id from hl7_message where ${WAITING}`);
  return row?.id ?? undefined;
}

/** In the order they came, up to this one. */
export async function* waitingMessages(database: Database, upTo: string): AsyncGenerator<WaitingMessage> {
  for (let after = '0'; ; ) {
    const rows = await database.query<WaitingMessage>(
      `select id, tenant, interface, bytes from hl7_message
       where ${WAITING} and bytes is not null and id > $1 and id <= $2 order by id limit $3`,
      [after, upTo, limits.messages],
    );
    yield* rows;
    if (rows.length < limits.messages) return;
    after = rows.at(-1)!.id;
  }
}

const WAITING = `state = 'accepted' and message_type ~ '^(ADT|ORM|OMI|OMG|SIU)'`;
