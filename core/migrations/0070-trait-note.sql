-- Breaks nothing: notes of every record type that has them. The text is a personal value of the record: it can be erased
-- without breaking the journal.
create table core.note (
  provider_id uuid not null, id uuid not null, record_id uuid not null, audience text not null check (audience in ('public', 'internal')),
  commitment text not null, author_id uuid not null, at timestamptz(3) not null,
  primary key (provider_id, id)
);
create index note_of_record on core.note (provider_id, record_id, at);
create index note_by_author on core.note (provider_id, author_id);
grant select, insert on core.note to servicewright_app;
