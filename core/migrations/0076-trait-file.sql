-- Breaks nothing: files of every record type that has them. A name is a personal value of the record. The bytes lie in rows of
-- at most 1 MiB and go when a file is removed or its giver is erased; the row stays, as the journal's entry does.
create table core.file (
  provider_id uuid not null, id uuid not null, record_id uuid not null, audience text not null check (audience in ('public', 'internal')),
  commitment text not null, size bigint not null check (size > 0), sha256 text not null,
  -- What its bytes say that it is, and what its giver said.
  kind text, declared text,
  given_by uuid not null, at timestamptz(3) not null,
  gone text check (gone in ('removed', 'erased')), gone_by uuid, gone_at timestamptz(3),
  primary key (provider_id, id)
);
create index file_of_record on core.file (provider_id, record_id, at);
create index file_by_giver on core.file (provider_id, given_by);
create table core.file_chunk (
  provider_id uuid not null, file_id uuid not null, number integer not null, bytes bytea not null check (octet_length(bytes) between 1 and 1048576),
  primary key (provider_id, file_id, number), foreign key (provider_id, file_id) references core.file
);
-- Most of what is given is packed already.
alter table core.file_chunk alter column bytes set storage external;
grant select, insert, update (gone, gone_by, gone_at) on core.file to servicewright_app;
grant select, insert, delete on core.file_chunk to servicewright_app;
-- What is stated for an item of a checklist may be a file.
alter table core.item add column file_hash text;
