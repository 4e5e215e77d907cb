-- Breaks nothing: what other systems call a record by, for every record type that is found by it.
create table core.source_key (
  provider_id uuid not null, record_type text not null, system text not null,
  -- Whose key it is, where customers have keys of their own.
  customer_id uuid, key text not null, record_id uuid not null,
  -- The import that made the record, and the one that read it last.
  made_by uuid, read_by uuid, read_at timestamptz(3) not null,
  -- Digests of the rows that were read, eight bytes each; the place of the last in the source's time and sequence.
  seen bytea not null default '', last_at timestamptz(3), last_place double precision,
  unique nulls not distinct (provider_id, record_type, system, customer_id, key)
);
create index source_of_record on core.source_key (provider_id, record_id);
create index source_by_key on core.source_key (provider_id, key);
create index source_by_run on core.source_key (provider_id, made_by) where made_by is not null;
grant select, insert, update on core.source_key to servicewright_app;
