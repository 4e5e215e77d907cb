-- Breaks nothing: first tables. The header, journal, links, checklist items, personal values, numbering by sequence.
create schema if not exists core;
grant usage on schema core to servicewright_app;

create table core.provider (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('internal', 'shared', 'external')),
  example boolean not null default false,
  -- Only an example provider has a scenario clock, and it only ever moves forwards.
  scenario_now timestamptz(3) check (scenario_now is null or example),
  created_at timestamptz(3) not null
);

create table core.record (
  provider_id uuid not null,
  id uuid not null,
  type text not null,
  number bigint not null,
  ref text not null,
  title text not null,
  state text not null,
  stage text not null,
  version integer not null,
  customers uuid[] not null default '{}',
  owner_id uuid,
  -- The record that this one's lineage began with; separation of sides holds along it.
  lineage_id uuid not null,
  -- How much rigour applies: light, standard, regulated; null where the question does not arise.
  profile text check (profile in ('light', 'standard', 'regulated')),
  content_hash text not null,
  head_hash text not null,
  -- Commitments of the personal values that stand now, by field.
  commitments jsonb not null default '{}',
  -- The move that happens by itself, and when, unless somebody moves the record before.
  next_move text,
  next_move_at timestamptz(3),
  -- The words that core/record/define/words.ts cuts, one space between two: the database cuts nothing itself.
  search_text text not null default '',
  search tsvector generated always as (array_to_tsvector(string_to_array(search_text, ' '))) stored,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (provider_id, id),
  unique (provider_id, type, number),
  unique (provider_id, ref)
);
create index record_by_state on core.record (provider_id, type, state, number desc);
create index record_by_edit on core.record (provider_id, type, updated_at desc, id);
-- Of all types: a search shows what was edited last.
create index record_by_any_edit on core.record (provider_id, updated_at, id);
create index record_by_owner on core.record (provider_id, owner_id, type, state);
create index record_by_lineage on core.record (provider_id, lineage_id, type);
create index record_by_customer on core.record using gin (customers);
create index record_by_next_move on core.record (provider_id, next_move_at) where next_move_at is not null;
-- What waits to be sorted into it is read by each search: little.
create index record_by_text on core.record using gin (search) with (gin_pending_list_limit = 256);

create sequence core.journal_seq;
create table core.journal (
  provider_id uuid not null,
  -- Before seq, because defaults are worked out in this order: whoever holds a number has its transaction id already. The horizon relies on it.
  transaction xid8 not null default pg_current_xact_id(),
  seq bigint not null default nextval('core.journal_seq'),
  recorded_at timestamptz(3) not null,
  occurred_at timestamptz(3) not null,
  record_id uuid not null,
  record_type text not null,
  version integer not null,
  kind text not null check (kind in ('created', 'edited', 'moved', 'decided', 'linked', 'attested', 'noted', 'recounted', 'observed', 'erased', 'corrected', 'shared')),
  actor_id uuid,
  actor_kind text not null check (actor_kind in ('person', 'system')),
  on_behalf_of uuid,
  channel text not null,
  move text,
  from_state text,
  to_state text,
  edits jsonb not null,
  reason_code text,
  reason text,
  cause uuid,
  decision_id uuid,
  source text,
  content_hash text not null,
  previous_hash text,
  hash text not null,
  primary key (provider_id, recorded_at, seq)
) partition by range (recorded_at);
create index journal_by_record on core.journal (provider_id, record_id, seq);
create index journal_by_seq on core.journal (seq);
-- Readers follow this order: it never gains an entry behind the oldest open transaction, as the order of seq does.
create index journal_by_transaction on core.journal (transaction, seq);

-- Runs as its owner: the application may add a month, and nothing else of the kind.
create function core.ensure_journal_month(instant timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  month date := date_trunc('month', instant at time zone 'UTC');
  partition text := 'journal_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass('core.' || partition) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('core.' || partition));
  -- Whoever waited does not know yet that it is there: that is looked at by the statement itself.
  execute format('create table if not exists core.%I partition of core.journal for values from (%L) to (%L)', partition,
    month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
end $$;

create table core.personal_value (
  provider_id uuid not null,
  record_id uuid not null,
  commitment text not null,
  field text not null,
  salt text,
  value jsonb,
  erased_at timestamptz(3),
  primary key (provider_id, record_id, commitment)
);

create table core.link (
  provider_id uuid not null,
  id uuid not null,
  type text not null,
  from_id uuid not null,
  to_id uuid not null,
  from_hash text not null,
  to_hash text not null,
  asserted_by uuid,
  asserted_at timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  primary key (provider_id, id)
);
create unique index link_once on core.link (provider_id, from_id, type, to_id) where withdrawn_at is null;
create index link_to on core.link (provider_id, to_id, type) where withdrawn_at is null;

create table core.item (
  provider_id uuid not null,
  record_id uuid not null,
  item text not null,
  position integer not null,
  mandatory boolean not null,
  applicable boolean not null default true,
  not_applicable_reason text,
  statement text,
  evidence_kind text check (evidence_kind in ('attested', 'measured')),
  state text not null default 'missing' check (state in ('missing', 'drafted', 'accepted', 'rejected')),
  drafted_by uuid,
  accepted_by uuid,
  accepted_role text,
  self_checked boolean not null default false,
  finding text,
  updated_at timestamptz(3) not null,
  primary key (provider_id, record_id, item)
);

create table core.evidence (
  provider_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  gate text,
  title text not null,
  statement text not null,
  kind text not null check (kind in ('attested', 'measured')),
  failed boolean not null default false,
  file_name text,
  file_hash text,
  role text not null,
  -- Whose facet of the subject it belongs to; null: the provider's.
  customer_id uuid,
  attested_by uuid not null,
  attested_at timestamptz(3) not null,
  expires_at timestamptz(3),
  hash text not null,
  primary key (provider_id, id)
);
create index evidence_of_subject on core.evidence (provider_id, subject_id);

create table core.refusal (
  provider_id uuid,
  id uuid primary key,
  at timestamptz(3) not null,
  actor_id uuid,
  channel text not null,
  record_id uuid,
  record_type text,
  command text not null,
  kind text not null,
  codes text[] not null,
  refusals jsonb not null,
  transaction xid8 not null default pg_current_xact_id()
);
-- Readers follow this order: instants of a clock that stands still do not tell what is new.
create index refusal_by_transaction on core.refusal (transaction);
create index refusal_by_time on core.refusal (provider_id, at desc);
create index refusal_of_record on core.refusal (provider_id, record_id, at desc);

create table core.idempotency (
  provider_id uuid not null,
  principal_id uuid not null,
  key text not null,
  request_hash text not null,
  status integer,
  response jsonb,
  created_at timestamptz(3) not null,
  primary key (provider_id, principal_id, key)
);
create index idempotency_by_age on core.idempotency (created_at);

create table core.checkpoint (
  seq_to bigint primary key,
  seq_from bigint not null,
  entries integer not null,
  root text not null,
  previous_root text,
  at timestamptz(3) not null,
  key_id text not null,
  signature text not null
);

create table core.cursor (name text primary key, transaction xid8 not null default '0', seq bigint not null, updated_at timestamptz(3) not null);

-- One row: once no transaction before this one is open, no entry with this number or a smaller one can come any more.
create table core.horizon (one boolean primary key default true check (one), seq bigint not null, transaction xid8 not null);
comment on table core.horizon is 'Left out of backups: transaction ids belong to one cluster.';

grant select, insert, update on core.provider, core.record, core.link, core.item, core.cursor, core.horizon, core.idempotency, core.personal_value to servicewright_app;
grant delete on core.idempotency to servicewright_app;
-- The journal, what was attested, refusals and checkpoints are append-only for the application.
grant select, insert on core.journal, core.evidence, core.refusal, core.checkpoint to servicewright_app;
grant usage, select on sequence core.journal_seq to servicewright_app;
grant execute on function core.ensure_journal_month(timestamptz) to servicewright_app;
