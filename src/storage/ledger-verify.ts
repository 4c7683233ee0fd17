// Asking receivers whether they have what they accepted: which consignments are due, and what the ledger makes of the answer.

import type { Database } from './database.ts';
import { limits } from './ledger.ts';

export interface VerifiedConsignment {
  id: string;
  form: string;
  tries: number;
}

/** One object that a receiver accepted, by the UIDs under which it knows it. */
export interface AcceptedObject {
  instance: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
}

/** The first that is due at `destination`, held by `holder` from now on; undefined where there is none. */
export async function takeToVerify(
  database: Database,
  destination: number,
  holder: string,
): Promise<VerifiedConsignment | undefined> {
  const [taken] = await database.query<VerifiedConsignment & Record<string, unknown>>(
    `update consignment set holder = $2, held_until = now() + make_interval(secs => $3)
     where id = (select id from consignment where destination = $1 and verify_at <= now() and held_until <= now()
                 order by verify_at limit 1 for update skip locked)
     returning id, form, verify_tries as tries`,
    [destination, holder, limits.holdSeconds],
  );
  return taken;
}

/** What was accepted and not verified yet, series by series. */
export function acceptedOf(database: Database, consignment: string): Promise<AcceptedObject[]> {
  return database.query<AcceptedObject & Record<string, unknown>>(
    `select d.instance, coalesce(d.sent_as[1], s.study_uid) as "studyInstanceUid",
       coalesce(d.sent_as[2], r.series_uid) as "seriesInstanceUid", coalesce(d.sent_as[3], i.sop_uid) as "sopInstanceUid",
       i.sop_class as "sopClassUid"
     from delivery d join instance i on i.id = d.instance join series r on r.id = i.series join study s on s.id = r.study
     where d.consignment = $1 and d.state = 'accepted' order by r.id, d.instance`,
    [consignment],
  );
}

export interface Findings {
  verified: readonly string[];
  /** Accepted and lost: they are sent again, and after `attempts` tries left to a person. */
  lost: readonly string[];
  attempts: number;
  /** Ask again then; absent: it is known of all. */
  askAgainAt?: Date;
}

export async function settleVerified(
  database: Database,
  consignment: string,
  holder: string,
  { verified, lost, attempts, askAgainAt }: Findings,
): Promise<void> {
  await database.query(
    `with found as (
       update delivery set state = 'verified' where consignment = $1 and state = 'accepted' and instance = any($3::bigint[])
     ), again as (
       update delivery set state = case when attempts >= $5 then 'failed' else 'queued' end, problem = 'delivery/lost',
         settled_at = case when attempts >= $5 then now() end
       where consignment = $1 and state = 'accepted' and instance = any($4::bigint[]) returning state)
     update consignment set holder = null, held_until = '-infinity', verify_at = $6,
       verify_tries = case when $6::timestamptz is null then 0 else verify_tries + 1 end,
       is_open = is_open or exists (select from again where state = 'queued'),
       round = round + (select count(*) from again where state = 'queued')::integer
     where id = $1 and holder = $2`,
    [consignment, holder, verified, lost, attempts, askAgainAt ?? null],
  );
}

/** It could not be asked: that was no try. */
export async function putOff(
  database: Database,
  consignment: string,
  holder: string,
  { askAgainAt }: { askAgainAt: Date },
): Promise<void> {
  await database.query(
    `update consignment set holder = null, held_until = '-infinity', verify_at = $3 where id = $1 and holder = $2`,
    [consignment, holder, askAgainAt],
  );
}
