-- Links that give one study away until a day: credentials that open nothing else.

alter table token
  add column study_uid text collate "C",
  drop constraint token_kind_check,
  -- share: read access to one study, its name drawn over the images.
  add constraint token_kind_check check (kind in ('token', 'sign-in', 'session', 'share')),
  add constraint token_share_study check ((kind = 'share') = (study_uid is not null));
