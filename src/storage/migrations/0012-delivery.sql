-- Rules, destinations, and the ledger: one row for each object and destination.

-- Versions of a tenant's rules, never changed. That which was put in force last decides.
create table rule_set (
  tenant smallint not null references tenant,
  version integer not null,
  document jsonb not null,
  author text not null,
  created_at timestamptz not null default now(),
  in_force_since timestamptz,
  primary key (tenant, version)
);

create table destination (
  id integer generated always as identity primary key,
  tenant smallint not null references tenant,
  name text collate "C" not null,
  -- dimse, dicomweb, folder
  kind text not null,
  -- What this kind needs to reach it; of delivery/destination.ts.
  settings jsonb not null default '{}',
  -- Nothing is sent to it until it is resumed; what is planned waits.
  paused_at timestamptz,
  -- Why nothing can be sent to it, a code of base/problem.ts, and since when; absent while it takes what it is sent.
  problem text,
  problem_since timestamptz,
  unique (tenant, name)
);

-- What of one study goes to one destination in one form. A late instance joins it.
create table consignment (
  id bigint generated always as identity primary key,
  tenant smallint not null,
  study bigint not null,
  destination integer not null references destination,
  -- The steps of the rules as JSON; empty: as it came.
  form text not null,
  form_key text not null generated always as (md5(form)) stored,
  rule_set integer not null,
  rules text[] not null,
  series text[] not null,
  -- Who gets what this destination has not taken `fallback_after` after it was ready; looked at next at `fallback_at`.
  fallback integer references destination,
  fallback_after interval,
  fallback_at timestamptz,
  -- How much of the line it may take when, as routing/window.ts has it, with the zone; absent: all of it.
  bandwidth jsonb,
  -- 0 STAT, 1 HIGH, 2 ROUTINE, 3 LOW.
  priority smallint not null,
  deadline timestamptz,
  -- When what it waits for is complete and its window is open.
  ready_at timestamptz not null default now(),
  -- After a failure of one of its objects: the end of the pause.
  retry_at timestamptz not null default '-infinity',
  -- Some of it is queued. `round` counts how often something was added, so that whoever closes it saw all of it.
  is_open boolean not null default true,
  round integer not null default 1,
  -- The node that sends of it, and until when nobody else may.
  holder text,
  held_until timestamptz not null default '-infinity',
  -- When the receiver is asked whether it has what it accepted; absent: nothing is to be asked.
  verify_at timestamptz,
  -- How often it was asked in vain for what was accepted last.
  verify_tries smallint not null default 0,
  created_at timestamptz not null default now(),
  unique (study, destination, form_key)
  -- Taken and put back for every few objects: those updates stay off the indexes that are not about it.
) with (fillfactor = 70);
create index consignment_queue on consignment (destination, priority, id) where is_open;
create index consignment_fallback on consignment (fallback_at) where fallback_at is not null;
create index consignment_verify on consignment (destination, verify_at) where verify_at is not null;

-- A series of a consignment that is not complete: nothing of it is sent before. Gone when the moment has come.
create table consignment_wait (
  consignment bigint not null,
  series_uid text collate "C" not null,
  until timestamptz not null,
  primary key (consignment, series_uid)
);

create table delivery (
  consignment bigint not null,
  instance bigint not null,
  -- queued; accepted: the receiver said so; verified: it was asked later and has it; failed: nobody tries any more;
  -- withdrawn: the object is served no longer; passed-on: it was not taken in time, and the fallback has a row for it.
  state text not null default 'queued',
  attempts smallint not null default 0,
  -- Of the last attempt: the receiver's own status, and a code of base/problem.ts.
  status integer,
  problem text,
  -- Which step of the rule cannot be done, and where; no value.
  reason text,
  queued_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (consignment, instance)
);
create index delivery_queued on delivery (consignment, instance) where state = 'queued';
create index delivery_failed on delivery (consignment, instance) where state = 'failed';
create index delivery_instance on delivery (instance);

-- How far the events were read for it: those of before the first rules are not delivered.
create table routing_cursor (
  is_only boolean primary key default true check (is_only),
  cursor text collate "C"
);
insert into routing_cursor default values;

-- How long sources pause within a study: routing/completeness/quiet-time.ts.
create table source_pauses (
  tenant smallint not null references tenant,
  source text collate "C" not null,
  counts jsonb not null,
  primary key (tenant, source)
);

-- Studies that something came of, until it is learned how their source paused.
create table study_arrival (
  study bigint primary key,
  over_at timestamptz not null
);
create index study_arrival_over on study_arrival (over_at);

-- Instances that rejection notes list (IHE IOCM, RAD-66), whether they are here or not; each note lists itself as well, so
-- that it is hidden with what it rejects.
create table rejection (
  tenant smallint not null references tenant,
  sop_uid text collate "C" not null,
  -- The instance that is the note.
  note bigint not null,
  -- Code of its title, in DCM.
  code text not null,
  -- What becomes the `hidden_reason` of an instance.
  reason text not null,
  -- Whether whoever was sent what it lists is sent the note.
  follows_copies boolean not null,
  primary key (tenant, sop_uid, note)
);
create index rejection_note on rejection (note);

-- Whoever counts anew what is shown of these instances waits first for those who are adding to it, in the order of
-- keep_batch: a statement that began before them would count without what they add.
create function lock_counts(of_instances bigint[]) returns void language plpgsql as $$
begin
  perform from series r join study s on s.id = r.study
    where r.id in (select series from instance where id = any (of_instances))
    order by s.study_uid, r.series_uid for update of r;
  perform from study where id in (select study from instance where id = any (of_instances)) order by study_uid for update;
end $$;

-- Hides those of `kept` that a note lists. Whoever keeps instances calls it in the same transaction; the lock is shared with
-- all who do, and whoever writes a note waits for them: no instance and its note pass each other unseen.
create function hide_rejected(kept bigint[]) returns integer language plpgsql as $$
declare
  s record;
  hidden integer := 0;
  listed bigint[];
begin
  perform pg_advisory_xact_lock_shared(hashtext('rejection'));
  if not exists (select from rejection) then
    return 0;
  end if;
  select array_agg(distinct i.id) into listed from instance i
    join rejection r on r.tenant = i.tenant and r.sop_uid = i.sop_uid where i.id = any (kept) and i.hidden_at is null;
  if listed is null then
    return 0;
  end if;
  perform lock_counts(listed);
  for s in
    with reasons as (
      select i.id, min(r.reason) as reason from instance i
      join rejection r on r.tenant = i.tenant and r.sop_uid = i.sop_uid
      where i.id = any (listed) and i.hidden_at is null group by i.id
    ), gone as (
      update instance i set hidden_at = now(), hidden_reason = reasons.reason from reasons where i.id = reasons.id
      returning i.id, i.study, i.series, i.tenant, i.hidden_reason
    )
    select study, tenant, array_agg(distinct series) as series, array_agg(id order by id) as ids,
      min(hidden_reason) as reason from gone group by study, tenant order by study
  loop
    perform recount_study(s.study, s.series);
    insert into event (tenant, kind, study, instances, detail)
      values (s.tenant, 'hidden', s.study, s.ids, json_build_object('level', 'instance', 'reason', s.reason));
    hidden := hidden + cardinality(s.ids);
  end loop;
  return hidden;
end $$;
