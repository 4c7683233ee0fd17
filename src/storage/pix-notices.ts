// What is to be told of persons to HL7 interfaces, and what they were told (migrations/0010-pix-notices.sql). One node at a
// time reads on in the identity log, and one at a time sends to an interface, whoever else shares the catalogue.

import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export const limits = {
  /** Longer than connecting and waiting for an acknowledgement may take: then somebody else may send it. */
  leaseSeconds: 90,
  /** How long what was settled can be looked at. */
  keptDays: 90,
} as const;

export interface Receiver {
  tenant: number;
  /** The name of the interface. */
  interface: string;
}

export interface NoticeIdentifier {
  issuer: string;
  id: string;
}

export interface PixNotice {
  id: string;
  identifiers: NoticeIdentifier[];
  /** This one included. */
  attempts: number;
  createdAt: Date;
}

/** What receivers were told, within one transaction. */
export class Told {
  readonly #transaction: Transaction<Tables>;

  constructor(transaction: Transaction<Tables>) {
    this.#transaction = transaction;
  }

  /** With which others each of these was last told; what was never told is left out. */
  async of({ tenant, interface: name }: Receiver, registrations: readonly string[]): Promise<Map<string, string>> {
    const { rows } = await sql<{ registration: string; together: string }>`select registration, together from pix_told
      where tenant = ${tenant} and interface = ${name} and registration = any(${registrations}::text[])`.execute(
      this.#transaction,
    );
    return new Map(rows.map(({ registration, together }) => [registration, together]));
  }

  /** All that were told together. */
  async members({ tenant, interface: name }: Receiver, together: readonly string[]): Promise<string[]> {
    const { rows } = await sql<{ registration: string }>`select registration from pix_told
      where tenant = ${tenant} and interface = ${name} and together = any(${together}::text[])
      order by registration`.execute(this.#transaction);
    return rows.map(({ registration }) => registration);
  }

  /** Queues the notice that these are one person's. */
  async tell({ tenant, interface: name }: Receiver, { identifiers, registrations, together }: Telling): Promise<void> {
    await sql`insert into pix_told (tenant, interface, registration, together)
      select ${tenant}, ${name}, unnest(${registrations}::text[]), ${together}
      on conflict (tenant, interface, registration) do update set together = excluded.together`.execute(
      this.#transaction,
    );
    await sql`insert into pix_notice (tenant, interface, identifiers)
      values (${tenant}, ${name}, ${JSON.stringify(identifiers)}::jsonb)`.execute(this.#transaction);
  }
}

export interface Telling {
  identifiers: readonly NoticeIdentifier[];
  registrations: readonly string[];
  together: string;
}

/**
 * Reads on: `work` gets the position that was reached, and resolves to the new one; both it and what was told are durable
 * then. Nothing is done where another node is at it, or where nobody was ever to be told.
 */
export async function readOn(
  database: Database,
  work: (position: string, told: Told) => Promise<string>,
): Promise<void> {
  await database.kysely.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ position: string }>`select position from pix_cursor for update skip locked`.execute(
      transaction,
    );
    const [reached] = rows;
    if (reached === undefined) return;
    const position = await work(reached.position, new Told(transaction));
    await sql`update pix_cursor set position = ${position}`.execute(transaction);
  });
}

/** The oldest that waits for this receiver, for whoever calls to send; undefined where there is none, or not now. */
export async function takeNotice(database: Database, receiver: Receiver): Promise<PixNotice | undefined> {
  const [notice] = await database.query<PixNotice>(
    `update pix_notice set attempts = attempts + 1, not_before = now() + make_interval(secs => $3)
     where id = (select min(id) from pix_notice where tenant = $1 and interface = $2 and state = 'waiting')
       and state = 'waiting' and not_before <= now()
     returning id, identifiers, attempts, created_at as "createdAt"`,
    [receiver.tenant, receiver.interface, limits.leaseSeconds],
  );
  return notice;
}

export async function settleNotice(
  database: Database,
  id: string,
  { state, problem }: { state: 'acknowledged' | 'refused'; problem?: string },
): Promise<void> {
  await database.query(
    'update pix_notice set state = $2, problem = $3, settled_at = now() where id = $1 and state = $4',
    [id, state, problem, 'waiting'],
  );
}

/** It waits, and those behind it, for so long. */
export async function postponeNotice(database: Database, id: string, problem: string, pauseMs: number): Promise<void> {
  await database.query(
    `update pix_notice set problem = $2, not_before = now() + make_interval(secs => $3) where id = $1 and state = 'waiting'`,
    [id, problem, pauseMs / 1000],
  );
}

/** Those that were settled long ago. */
export async function forgetNotices(database: Database, now: number): Promise<void> {
  await database.query(
    `delete from pix_notice where state <> 'waiting' and settled_at < $1::timestamptz - make_interval(days => $2)`,
    [new Date(now), limits.keptDays],
  );
}
