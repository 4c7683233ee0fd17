// Sessions of a reading room in the catalogue (migrations/0027-fhircast.sql): what is open, who follows, and what is
// on its way to them. Messages of one session are told in the order in which they were taken.

import type { Database } from './database.ts';
import { type Queries, transact } from './transaction.ts';

/** The channel of notices.ts: `message ID` for a message, `gone ENDPOINT` (hexadecimal) for who follows no more. */
export const CAST_CHANNEL = 'fhircast';

export const limits = {
  /** How long a message that was told is kept, in minutes; a session that nothing happened in, in days. */
  messageMinutes: 10,
  topicDays: 7,
} as const;

export interface StoredTopic {
  topic: string;
  tenant: number;
  principal: string;
  session: unknown;
}

export interface StoredFollower {
  endpoint: Buffer;
  topic: string;
  principal: string;
  name: string | null;
  events: string[];
  leaseUntil: Date;
}

/** The one of this principal; `topic` where there is none yet. */
export async function topicFor(
  database: Database,
  { tenant, principal, topic }: Omit<StoredTopic, 'session'>,
): Promise<string> {
  const [row] = await database.query<{ topic: string }>(
    `insert into fhircast_topic (topic, tenant, principal) values ($1, $2, $3)
     on conflict (tenant, principal) do update set changed_at = now() returning topic`,
    [topic, tenant, principal],
  );
  return row!.topic;
}

export async function topicNamed(queries: Queries, tenant: number, topic: string): Promise<StoredTopic | undefined> {
  const [row] = await queries.query<StoredTopic>(
    'select topic, tenant, principal, session from fhircast_topic where tenant = $1 and topic = $2',
    [tenant, topic],
  );
  return row;
}

/**
 * What `next` makes of the session is written and told together, one after the other; undefined where there is no such
 * session. What `next` throws, nothing is written for.
 */
export function tellTopic(
  database: Database,
  topic: string,
  next: (session: unknown) => { session: unknown; message: object },
): Promise<true | undefined> {
  return transact(database, async (transaction) => {
    const [row] = await transaction.query<{ session: unknown }>(
      'select session from fhircast_topic where topic = $1 for update',
      [topic],
    );
    if (row === undefined) return undefined;
    const { session, message } = next(row.session);
    await transaction.query('update fhircast_topic set session = $2, changed_at = now() where topic = $1', [
      topic,
      JSON.stringify(session),
    ]);
    await transaction.query(
      `with told as (insert into fhircast_message (topic, message) values ($1, $2) returning id)
       select pg_notify($3, 'message ' || id) from told`,
      [topic, JSON.stringify(message), CAST_CHANNEL],
    );
    return true;
  });
}

export async function messageOf(
  database: Database,
  id: string,
): Promise<{ topic: string; message: unknown } | undefined> {
  const [row] = await database.query<{ topic: string; message: unknown }>(
    'select topic, message from fhircast_message where id = $1',
    [id],
  );
  return row;
}

export async function putFollower(
  database: Database,
  { endpoint, topic, principal, name, events, leaseUntil }: StoredFollower,
): Promise<void> {
  await database.query(
    `insert into fhircast_subscriber (endpoint, topic, principal, name, events, lease_until) values ($1, $2, $3, $4, $5, $6)
     on conflict (endpoint) do update set events = excluded.events, name = excluded.name, lease_until = excluded.lease_until`,
    [endpoint, topic, principal, name, events, leaseUntil],
  );
}

/** With the session that is followed, and whose it is. */
export type FollowedTopic = StoredFollower & Pick<StoredTopic, 'tenant' | 'session'> & { owner: string };

/** undefined where nobody follows so, or not any more. */
export async function followerAt(database: Database, endpoint: Buffer): Promise<FollowedTopic | undefined> {
  const [row] = await database.query<FollowedTopic>(
    `select s.endpoint, s.topic, s.principal, s.name, s.events, s.lease_until as "leaseUntil", t.tenant, t.session,
       t.principal as owner
     from fhircast_subscriber s join fhircast_topic t using (topic) where s.endpoint = $1 and s.lease_until > now()`,
    [endpoint],
  );
  return row;
}

/** It follows no more, at whichever node its socket is. */
export async function dropFollower(database: Database, topic: string, endpoint: Buffer): Promise<void> {
  await database.query(
    `with gone as (delete from fhircast_subscriber where topic = $1 and endpoint = $2 returning endpoint)
     select pg_notify($3, 'gone ' || encode(endpoint, 'hex')) from gone`,
    [topic, endpoint, CAST_CHANNEL],
  );
}

export async function forgetSessions(database: Database): Promise<void> {
  await database.query('delete from fhircast_message where at < now() - make_interval(mins => $1)', [
    limits.messageMinutes,
  ]);
  await database.query('delete from fhircast_subscriber where lease_until < now()');
  await database.query('delete from fhircast_topic where changed_at < now() - make_interval(days => $1)', [
    limits.topicDays,
  ]);
}
