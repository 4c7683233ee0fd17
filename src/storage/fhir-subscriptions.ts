// Subscriptions by topic and what became of each (migrations/0023-subscriptions.sql). One node at a time tells a
// subscriber, in the order of the events; what it was told and how far is one statement.

import type { Subscription } from '@medplum/fhirtypes';
import type { Interaction } from '../fhir/subscriptions/topics.ts';
import type { Database } from './database.ts';
import type { Queries } from './transaction.ts';

/** The channel of notices.ts on which is announced that there is something to tell, or somebody else to be told. */
export const SUBSCRIPTION_CHANNEL = 'subscription';

export const limits = {
  /** Subscriptions of a tenant. */
  subscriptions: 10_000,
  /** How long events can be asked for. */
  keptDays: 14,
} as const;

export interface SubscriptionKey {
  tenant: number;
  id: string;
}

export type SubscriptionStatus = NonNullable<Subscription['status']>;

export interface StoredSubscription extends SubscriptionKey {
  principal: string;
  status: SubscriptionStatus;
  resource: Subscription;
  events: number;
  delivered: number;
  failures: number;
  problem: string | null;
}

export interface StoredEvent {
  number: number;
  at: Date;
  focus: string;
  interaction: Interaction;
  version: number | null;
  context: string[];
}

/** Written anew: who wrote it last is told by his rights. Its events go on where they were. */
export async function putSubscription(
  queries: Queries,
  { tenant, id }: SubscriptionKey,
  { principal, status, resource }: Pick<StoredSubscription, 'principal' | 'status' | 'resource'>,
): Promise<void> {
  const { channel, end } = resource;
  await queries.query(
    `insert into fhir_subscription (tenant, id, principal, status, resource, has_hook, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant, id) do update set principal = excluded.principal, status = excluded.status,
       resource = excluded.resource, has_hook = excluded.has_hook, ends_at = excluded.ends_at, change = excluded.change`,
    [tenant, id, principal, status, JSON.stringify(resource), channel.type === 'rest-hook', end ?? null],
  );
  await queries.query(
    `insert into fhir_subscription_progress (tenant, id) values ($1, $2)
     on conflict (tenant, id) do update set failures = 0, problem = null, not_before = now()`,
    [tenant, id],
  );
}

export async function dropSubscription(queries: Queries, { tenant, id }: SubscriptionKey): Promise<void> {
  await queries.query('delete from fhir_subscription where tenant = $1 and id = $2', [tenant, id]);
}

/** Told to every node once the transaction is committed. */
export const announceSubscriptions = (queries: Queries): Promise<unknown> =>
  queries.query(`select pg_notify($1, '')`, [SUBSCRIPTION_CHANNEL]);

export async function countSubscriptions(queries: Queries, tenant: number): Promise<number> {
  const [row] = await queries.query<{ count: number }>(
    'select count(*)::int as count from fhir_subscription where tenant = $1',
    [tenant],
  );
  return row!.count;
}

/** Another one whenever somebody else is to be told, or of something else. */
export async function subscriptionsVersion(database: Database): Promise<string> {
  const [row] = await database.query<{ version: string }>(
    `select concat_ws(' ', count(*), sum(change)) as version from fhir_subscription`,
  );
  return row!.version;
}

const COLUMNS = `s.tenant, s.id, s.principal, s.status, s.resource, p.events::float8 as events,
  p.delivered::float8 as delivered, p.failures, p.problem`;
const FROM = 'from fhir_subscription s join fhir_subscription_progress p using (tenant, id)';

/** False where it is gone meanwhile, or is that already. */
export async function markSubscription(
  queries: Queries,
  { tenant, id }: SubscriptionKey,
  status: SubscriptionStatus,
): Promise<boolean> {
  const marked = await queries.query(
    `update fhir_subscription set status = $3, change = nextval('fhir_subscription_change')
     where tenant = $1 and id = $2 and status <> $3 returning 1 as one`,
    [tenant, id, status],
  );
  return marked.length > 0;
}

/** All that are told, of every tenant. */
export const subscriptionsInForce = (database: Database): Promise<StoredSubscription[]> =>
  database.query(`select ${COLUMNS} ${FROM} where s.status in ('active', 'error')`);

/** Those of these ids, of all where absent, that are there. */
export const subscriptionsOf = (
  queries: Queries,
  tenant: number,
  ids: readonly string[] | undefined,
): Promise<StoredSubscription[]> =>
  queries.query(
    `select ${COLUMNS} ${FROM} where s.tenant = $1 and ($2::text[] is null or s.id = any($2)) order by s.id`,
    [tenant, ids ?? null],
  );

/** The events with these numbers, both included. */
export const eventsOf = (
  database: Database,
  { tenant, id }: SubscriptionKey,
  { first, last, limit }: { first: number; last: number; limit: number },
): Promise<StoredEvent[]> =>
  database.query(
    `select number::float8 as number, at, focus, interaction, version, context from fhir_subscription_event
     where tenant = $1 and subscription = $2 and number between $3 and $4 order by number limit $5`,
    [tenant, id, first, last, limit],
  );

/** What a node of this name was at when it was killed is due again. */
export const giveBack = (database: Database, node: string): Promise<unknown> =>
  database.query('update fhir_subscription_progress set not_before = now(), taken_by = null where taken_by = $1', [
    node,
  ]);

/** Those to whom something is to be delivered now, by this node; nobody else takes them for `leaseMs` from now on. */
export const takeDue = (
  database: Database,
  { node, count, leaseMs }: { node: string; count: number; leaseMs: number },
): Promise<StoredSubscription[]> =>
  database.query(
    `with due as (
       select p.tenant, p.id from fhir_subscription_progress p join fhir_subscription s using (tenant, id)
       where s.status in ('requested', 'active', 'error') and p.not_before <= now()
         and s.has_hook
         and (s.status = 'requested' or p.delivered < p.events or p.failures > 0 or p.heartbeat_at <= now())
       order by p.not_before limit $1 for update of p skip locked),
     taken as (
       update fhir_subscription_progress p set not_before = now() + make_interval(secs => $2), taken_by = $3
       from due where p.tenant = due.tenant and p.id = due.id returning p.*)
     select ${COLUMNS} from fhir_subscription s join taken p using (tenant, id)`,
    [count, leaseMs / 1000, node],
  );

/** Everything up to the event of this number was taken; the next notification goes out so much later, a heartbeat likewise. */
export async function settleDelivery(
  database: Database,
  { tenant, id }: SubscriptionKey,
  {
    delivered,
    pauseMs,
    heartbeatSeconds,
  }: { delivered: number; pauseMs: number; heartbeatSeconds?: number | undefined },
): Promise<void> {
  await database.query(
    `update fhir_subscription_progress set delivered = greatest(delivered, $3), failures = 0, problem = null,
       taken_by = null, not_before = now() + make_interval(secs => $5), heartbeat_at = now() + make_interval(secs => $4)
     where tenant = $1 and id = $2`,
    [tenant, id, delivered, heartbeatSeconds ?? null, pauseMs / 1000],
  );
}

/** It is tried again so much later. */
export async function postponeDelivery(
  database: Database,
  { tenant, id }: SubscriptionKey,
  { problem, pauseMs, isFailure }: { problem: string; pauseMs: number; isFailure: boolean },
): Promise<void> {
  await database.query(
    `update fhir_subscription_progress set failures = failures + $5, problem = $3, taken_by = null,
       not_before = now() + make_interval(secs => $4) where tenant = $1 and id = $2`,
    [tenant, id, problem, pauseMs / 1000, isFailure ? 1 : 0],
  );
}

/** In how many milliseconds the next delivery may be due; undefined where none is. */
export async function nextDue(database: Database): Promise<number | undefined> {
  const [row] = await database.query<{ ms: number | null }>(
    `select (extract(epoch from min(case when s.status = 'requested' or p.delivered < p.events or p.failures > 0 then p.not_before
         else greatest(p.not_before, p.heartbeat_at) end) - now()) * 1000)::float8 as ms
     from fhir_subscription_progress p join fhir_subscription s using (tenant, id)
     where s.status in ('requested', 'active', 'error') and s.has_hook
       and (s.status = 'requested' or p.delivered < p.events or p.failures > 0 or p.heartbeat_at is not null)`,
  );
  return row?.ms ?? undefined;
}

/** Those whose end has come. */
export const endedSubscriptions = (database: Database): Promise<SubscriptionKey[]> =>
  database.query(
    `select tenant, id from fhir_subscription
     where status <> 'off' and ends_at <= now() limit 100`,
  );

/** Events that nobody can ask for any more; what is still to be delivered stays. */
export async function forgetSubscriptionEvents(database: Database, now: number): Promise<void> {
  await database.query(
    `delete from fhir_subscription_event e using fhir_subscription_progress p, fhir_subscription s
     where p.tenant = e.tenant and p.id = e.subscription and s.tenant = e.tenant and s.id = e.subscription
       and e.at < $1::timestamptz - make_interval(days => $2)
       and (e.number <= p.delivered or s.status = 'off' or not s.has_hook)`,
    [new Date(now), limits.keptDays],
  );
  await database.query('delete from fhir_subscription_binding where expires_at < $1', [new Date(now)]);
  await database.query(
    `delete from fhir_changed_study where was_told and not is_waiting and last_at < $1::timestamptz
    - make_interval(days => 366)`,
    [new Date(now)],
  );
}

export async function putBinding(
  database: Database,
  sha256: Buffer,
  { tenant, principal, subscriptions, expiresAt }: Binding & { expiresAt: Date },
): Promise<void> {
  await database.query(
    `insert into fhir_subscription_binding (token_sha256, tenant, principal, subscriptions, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [sha256, tenant, principal, subscriptions, expiresAt],
  );
}

export interface Binding {
  tenant: number;
  principal: string;
  subscriptions: readonly string[];
}

/** Spends the token; undefined for one that is unknown, late or was used. */
export async function takeBinding(database: Database, sha256: Buffer): Promise<Binding | undefined> {
  const [binding] = await database.query<Binding & { subscriptions: string[] }>(
    `delete from fhir_subscription_binding where token_sha256 = $1 and expires_at > now()
     returning tenant, principal, subscriptions`,
    [sha256],
  );
  return binding;
}
