-- What persons decided of procedures in review: from then on it holds for every study that says the same.

create table procedure_answer (
  tenant smallint not null,
  -- As normalize/procedures/answers.ts makes it of what a study says; longer than an index entry may be.
  key text not null,
  key_hash text not null generated always as (md5(key)) stored,
  -- What the study said, to train with.
  input jsonb not null,
  procedure jsonb not null,
  author text not null,
  created_at timestamptz not null default now(),
  primary key (tenant, key_hash)
);
