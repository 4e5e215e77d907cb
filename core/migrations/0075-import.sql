-- Breaks nothing: imports as records of their own, what they rejected, and uploaded files that wait for one.
create table core.import_run (
  provider_id uuid not null, id uuid not null, record_type text not null, system text not null, mapping jsonb not null,
  file_name text not null, file_hash text not null, file_bytes bigint not null, upload_id uuid,
  -- What is set on each record, and whose they are.
  given jsonb not null, customer_id uuid,
  state text not null check (state in ('reading', 'writing', 'ended', 'cancelled', 'refused', 'failed', 'taken_back')),
  started_by uuid, started_at timestamptz(3) not null, ended_at timestamptz(3), fault jsonb,
  cancel_asked boolean not null default false,
  bytes_read bigint not null default 0, rows_read bigint not null default 0, rows_unreadable bigint not null default 0,
  -- The resting place: all keys up to this one are done.
  done_key text collate "C", rows_done bigint not null default 0,
  records bigint not null default 0, made bigint not null default 0, updated bigint not null default 0, unchanged bigint not null default 0,
  rows_left_out bigint not null default 0, parties bigint not null default 0, deviations jsonb not null default '{}',
  writing_since timestamptz(3), writing_from bigint, first_at timestamptz(3), last_at timestamptz(3),
  taken_back_at timestamptz(3), taken_back_by uuid, taken_back_reason text,
  primary key (provider_id, id)
);
create index import_run_by_start on core.import_run (provider_id, started_at desc, id);

create table core.import_reject (
  provider_id uuid not null, run_id uuid not null, line bigint not null, key text not null, reason text not null,
  primary key (provider_id, run_id, line)
);

create table core.import_upload (
  provider_id uuid not null, id uuid not null, name text not null, bytes bigint not null, hash text not null,
  uploaded_by uuid, uploaded_at timestamptz(3) not null,
  primary key (provider_id, id)
);
comment on table core.import_upload is 'Left out of backups: files that wait for an import.';
create table core.import_part (
  provider_id uuid not null, upload_id uuid not null, number integer not null, bytes bytea not null,
  primary key (provider_id, upload_id, number)
);
comment on table core.import_part is 'Left out of backups: files that wait for an import.';

grant select, insert, update on core.import_run, core.import_reject to servicewright_app;
grant select, insert, delete on core.import_upload, core.import_part to servicewright_app;
grant delete on core.import_reject to servicewright_app;

-- What was taken back is told by its journal alone.
create index journal_taken_back on core.journal (provider_id, record_id) where edits ? '_takenBack';

-- Runs as its owner: the application may delete no record but one whose last entry says that it was taken back.
create function core.forget_taken_back(provider uuid, kind text, kept regclass, ids uuid[]) returns bigint
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(r.id), '{}') into gone
  from core.record r
  cross join lateral (
    select j.edits ? '_takenBack' as taken_back
    from core.journal j
    where j.provider_id = r.provider_id and j.record_id = r.id
    order by j.seq desc
    limit 1) last
  where r.provider_id = provider and r.type = kind and r.id = any(ids) and last.taken_back;
  execute format('delete from %s where provider_id = $1 and id = any($2)', kept) using provider, gone;
  delete from core.clock where provider_id = provider and record_id = any(gone);
  delete from core.case_fact where provider_id = provider and record_id = any(gone);
  delete from core.personal_value where provider_id = provider and record_id = any(gone);
  delete from core.source_key where provider_id = provider and record_id = any(gone);
  delete from core.record where provider_id = provider and id = any(gone);
  return cardinality(gone);
end $$;
revoke execute on function core.forget_taken_back(uuid, text, regclass, uuid[]) from public;
grant execute on function core.forget_taken_back(uuid, text, regclass, uuid[]) to servicewright_app;
