-- What readers write: drafts, signed versions, templates. It lies in the room, in its UIDs, dates and pseudonyms.

create table reading_draft (
  reading_case text collate "C" not null references reading_case,
  -- Counts what was saved; the last ones are kept, so that what was written without a line can be joined with them.
  version integer not null,
  reader text collate "C" not null,
  -- ReportContent (src/reading/content/report-content.ts).
  content json not null,
  saved_at timestamptz not null default now(),
  primary key (reading_case, version)
);

-- What whoever has the case looked at, and what a program proposed to write.
create table reading_looked (
  reading_case text collate "C" primary key references reading_case,
  reader text collate "C" not null,
  -- Looked (src/reading/store/drafts.ts).
  looked json not null default '{}',
  -- Proposed (src/reading/store/drafts.ts); a reader writes and signs, a program does neither.
  proposed json
);

create table reading_content (
  reading_case text collate "C" not null references reading_case,
  -- Of the report.
  version integer not null,
  -- SignedContent (src/reading/content/report-content.ts).
  content json not null,
  -- Who proposed a text, and the share of its words that the reader changed.
  proposed_by text,
  changed_share real,
  primary key (reading_case, version)
);

-- Templates of a tenant, in versions that are never changed; those that come with the program are version 0 and not here.
create table report_template (
  tenant smallint not null references tenant,
  id text collate "C" not null,
  version integer not null check (version > 0),
  -- TemplateBody (src/reading/content/template.ts); absent where this version takes the template away.
  body json,
  author text not null,
  created_at timestamptz not null default now(),
  primary key (tenant, id, version)
);
