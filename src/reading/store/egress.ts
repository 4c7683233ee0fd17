// The egress ledger: what left for whom, when, in which form, until when, and what became of it. A row is written when its bytes
// are kept in the room and not before, so that it never says less than what is there by more than what is under way.

import type { Database } from '../../storage/database.ts';
import type { RequestPriority } from '../terms/service-term.ts';

export const limits = {
  /** Of one answer of the ledger. */
  rows: 1000,
} as const;

export interface Egress {
  case: string;
  /** SOP Instance UID under which it left, or a document's name. */
  name: string;
  kind: 'instance' | 'document';
  /** Of the client. */
  tenant: number;
  recipient: string;
  room: number;
  /** Row of the client's instance. */
  source?: string;
  studyUid: string;
  /** Patient ID under which it left. */
  patient: string;
  profile: string;
  sha256: Uint8Array;
  sizeBytes: number;
  /** Of a document. */
  content?: object;
  expiresAt?: Date;
}

/** A document that is written again takes the place of what it was; an instance is what it was. */
export async function recordEgress(database: Database, egress: Egress): Promise<void> {
  const { case: id, name, kind, tenant, recipient, room, source, studyUid, patient, profile, sha256 } = egress;
  await database.query(
    `insert into reading_egress (case_id, name, kind, tenant, recipient, room, source, study_uid, patient, profile, sha256,
       size_bytes, content, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (case_id, name) do update set source = excluded.source, sha256 = excluded.sha256,
       size_bytes = excluded.size_bytes, content = excluded.content, expires_at = excluded.expires_at,
       left_at = case when reading_egress.sha256 = excluded.sha256 then reading_egress.left_at else now() end,
       removed_at = null`,
    [
      ...[id, name, kind, tenant, recipient, room, source ?? null, studyUid, patient, profile, Buffer.from(sha256)],
      ...[
        egress.sizeBytes,
        egress.content === undefined ? null : JSON.stringify(egress.content),
        egress.expiresAt ?? null,
      ],
    ],
  );
}

/** Copies of a case that are in its room: by row of the client's instance, the SOP Instance UID of the copy. */
export async function copiesOf(database: Database, caseId: string): Promise<Map<string, string>> {
  const rows = await database.query<{ source: string; name: string }>(
    `select source, name from reading_egress where case_id = $1 and kind = 'instance' and removed_at is null`,
    [caseId],
  );
  return new Map(rows.map(({ source, name }) => [source, name]));
}

/** What went along with a case besides its images, by name; with a further reading, what went with the case that it is part of. */
export async function documentOf(database: Database, caseId: string, name: string): Promise<object | undefined> {
  const [row] = await database.query<{ content: object }>(
    `select content from reading_egress
     where case_id = coalesce((select part_of from reading_case where id = $1), $1)
       and name = $2 and kind = 'document' and removed_at is null`,
    [caseId, name],
  );
  return row?.content;
}

/** Distinct persons whose data a recipient was given since a moment, and whether one is among them: 28 CFR 202. */
export async function personsGiven(
  database: Database,
  { recipient, since, tenant, patient }: { recipient: string; since: Date; tenant: number; patient: string },
): Promise<{ persons: number; isAmongThem: boolean }> {
  const [row] = await database.query<{ persons: number; isAmongThem: boolean }>(
    `select count(distinct (tenant, patient))::integer as persons,
       coalesce(bool_or(tenant = $3 and patient = $4), false) as "isAmongThem"
     from reading_egress where recipient = $1 and left_at >= $2`,
    [recipient, since, tenant, patient],
  );
  return row!;
}

/**
 * The same of a case: whose it is, its copies say. Where they left longer ago than `since`, this patient is not among them.
 * A further reading has the copies of the case that it is part of.
 */
export async function personsBesideCase(
  database: Database,
  caseId: string,
  { recipient, since }: { recipient: string; since: Date },
): Promise<{ given: number; isAmong: boolean }> {
  const [row] = await database.query<{ given: number; isAmong: boolean }>(
    `select count(distinct (e.tenant, e.patient))::integer as given,
       coalesce(bool_or((e.tenant, e.patient) in (
         select own.tenant, own.patient from reading_case c join reading_egress own on own.case_id = coalesce(c.part_of, c.id)
         where c.id = $3)), false) as "isAmong"
     from reading_egress e where e.recipient = $1 and e.left_at >= $2`,
    [recipient, since, caseId],
  );
  return row!;
}

export interface EgressRow {
  case: string;
  name: string;
  kind: 'instance' | 'document';
  recipient: string;
  studyUid: string;
  profile: string;
  /** Hexadecimal. */
  sha256: string;
  sizeBytes: number;
  leftAt: Date;
  expiresAt: Date | null;
  removedAt: Date | null;
}

/** Of a client, the newest first; of one case where it is named. `before`: the moment of the last row of the page before. */
export async function egressOf(
  database: Database,
  tenant: number,
  asked: { case?: string; before?: Date; limit?: number },
): Promise<EgressRow[]> {
  const rows = await database.query<EgressRow & Record<string, unknown>>(
    `select case_id as case, name, kind, recipient, study_uid as "studyUid", profile, encode(sha256, 'hex') as sha256,
       size_bytes::float8 as "sizeBytes", left_at as "leftAt", expires_at as "expiresAt", removed_at as "removedAt"
     from reading_egress where tenant = $1 and ($2::text is null or case_id = $2) and ($3::timestamptz is null or left_at < $3)
     order by left_at desc, case_id, name limit $4`,
    [tenant, asked.case ?? null, asked.before ?? null, Math.min(asked.limit ?? limits.rows, limits.rows)],
  );
  return rows;
}

/** A case on its way out. */
export interface Outbound<Document> {
  case: string;
  tenant: number;
  room: number;
  study: string;
  priors: string[];
  document: Document;
  state: 'copying' | 'whole' | 'held' | 'ended';
  reason: string | null;
  /** All of it was in the room once: what is missing came later. */
  wasWhole: boolean;
  /** Rows of instances that need not follow. */
  leftOut: string[];
}

/**
 * Whose turn it is: the most urgent first, of those whose copies are to be made, that were refused a while ago, or whose studies
 * have changed since.
 */
export async function outboundDue<Document>(database: Database): Promise<(Outbound<Document> & { seen: string })[]> {
  return database.query<Outbound<Document> & { seen: string } & Record<string, unknown>>(
    `select o.case_id as case, o.tenant, o.room, o.study, o.priors, o.document, o.state, o.reason,
       o.whole_at is not null as "wasWhole", o.left_out as "leftOut", s.seen
     from reading_outbound o cross join lateral (
       select string_agg(s.id || '@' || extract(epoch from s.updated_at), ' ' order by s.id) as seen
       from study s where s.id = o.study or s.id = any (o.priors)) s
     where o.state <> 'ended' and o.retry_at <= now() and (o.state <> 'whole' or o.looked_at is distinct from s.seen)
     order by array_position(array['stat', 'asap', 'urgent', 'routine'], o.document->>'priority'), o.case_id`,
  );
}

export async function outboundOf(
  database: Database,
  caseId: string,
): Promise<{ state: Outbound<never>['state']; reason: string | null; tenant: number; room: number } | undefined> {
  const [row] = await database.query<{
    state: Outbound<never>['state'];
    reason: string | null;
    tenant: number;
    room: number;
  }>('select state, reason, tenant, room from reading_outbound where case_id = $1', [caseId]);
  return row;
}

export const OUTBOUND_CHANNEL = 'reading_outbound';

export interface NewOutbound {
  case: string;
  tenant: number;
  room: number;
  study: string;
  priors: readonly string[];
  document: { priority: RequestPriority };
}

/** A case is to leave; one that was to leave already is looked at again. What ended stays ended. */
export async function beginOutbound(database: Database, wanted: NewOutbound): Promise<void> {
  await database.query(
    `with begun as (
       insert into reading_outbound (case_id, tenant, room, study, priors, document) values ($1, $2, $3, $4, $5, $6)
       on conflict (case_id) do update set priors = excluded.priors, document = excluded.document, reason = null,
         retry_at = '-infinity', looked_at = null,
         state = case when reading_outbound.state = 'whole' and reading_outbound.priors = excluded.priors then 'whole' else 'copying' end
       where reading_outbound.state <> 'ended'
       returning 1)
     select pg_notify($7, '') from begun`,
    [
      ...[wanted.case, wanted.tenant, wanted.room, wanted.study, wanted.priors],
      ...[JSON.stringify(wanted.document), OUTBOUND_CHANNEL],
    ],
  );
  database.notices.tell(OUTBOUND_CHANNEL);
}

/** What a look came to. */
export async function settleOutbound(
  database: Database,
  caseId: string,
  { state, reason, seen, retryMs }: { state: 'whole' | 'held'; reason?: string; seen: string; retryMs?: number },
): Promise<void> {
  await database.query(
    `update reading_outbound set state = $2, reason = $3, looked_at = $4,
       whole_at = case when $2 = 'whole' then coalesce(whole_at, now()) else whole_at end,
       retry_at = case when $2 = 'held' then now() + make_interval(secs => $5) else retry_at end
     where case_id = $1 and state <> 'ended'`,
    [caseId, state, reason ?? null, seen, (retryMs ?? 0) / 1000],
  );
}

export async function retryOutbound(database: Database, caseId: string, inMs: number): Promise<void> {
  await database.query(
    `update reading_outbound set retry_at = now() + make_interval(secs => $2) where case_id = $1 and state <> 'ended'`,
    [caseId, inMs / 1000],
  );
}

/** What is held of a case of the client is looked at again now. Resolves to whether anything is. */
export async function lookAgain(database: Database, tenant: number, caseId: string): Promise<boolean> {
  const rows = await database.query(
    `update reading_outbound set retry_at = '-infinity' where case_id = $1 and tenant = $2 and state = 'held' returning 1`,
    [caseId, tenant],
  );
  await tellOutbound(database);
  return rows.length > 0;
}

/**
 * What is held back of a case whose other copies are all in the room need not follow; whatever comes later does. Resolves to
 * whether anything is held so.
 */
export async function goOnWithout(database: Database, tenant: number, caseId: string): Promise<boolean> {
  const rows = await database.query(
    `update reading_outbound o set retry_at = '-infinity', left_out = o.left_out || array(
       select i.id from instance i where (i.study = o.study or i.study = any (o.priors)) and i.id <> all (o.left_out)
         and not exists (select from reading_egress e where e.case_id = o.case_id and e.source = i.id and e.removed_at is null))
     where case_id = $1 and tenant = $2 and state = 'held' and whole_at is not null returning 1`,
    [caseId, tenant],
  );
  await tellOutbound(database);
  return rows.length > 0;
}

async function tellOutbound(database: Database): Promise<void> {
  await database.query('select pg_notify($1, $2)', [OUTBOUND_CHANNEL, '']);
  database.notices.tell(OUTBOUND_CHANNEL);
}

/** Nothing more of it leaves. */
export async function endOutbound(database: Database, caseId: string): Promise<void> {
  await database.query(`update reading_outbound set state = 'ended' where case_id = $1`, [caseId]);
}

/** Whether everything of a case is in its room: only then it may be claimed. */
export async function isWhole(database: Database, caseId: string): Promise<boolean> {
  return (await outboundOf(database, caseId))?.state === 'whole';
}
