-- Under which UIDs a receiver knows what it was sent.

-- Study, Series and SOP Instance UID that the rules made of them; absent: its own.
alter table delivery add column sent_as text[] collate "C";
