-- What a desk of the client said need not follow a case whose copies had all left: rows of instances that may not leave, or cannot.
alter table reading_outbound add column left_out bigint[] not null default '{}';
