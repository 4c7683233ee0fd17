-- What persons decided of series in review: from then on it holds for every series that says the same, as of procedures
-- (0015, 0026).

create table series_answer (
  tenant smallint not null,
  -- As normalize/series/series-answers.ts makes it of what a series says.
  key text not null,
  key_hash text not null generated always as (md5(key)) stored,
  decisions jsonb not null,
  author text not null,
  answered_at timestamptz(3) not null default now(),
  retracted_at timestamptz(3),
  retracted_by text,
  primary key (tenant, key_hash)
);

-- What each series says, by the key of an answer: who else says the same.
create table series_said (
  tenant smallint not null,
  study bigint not null,
  series_uid text collate "C" not null,
  key_hash text collate "C" not null,
  primary key (tenant, study, series_uid)
);
create index series_said_alike on series_said (tenant, key_hash, study);
