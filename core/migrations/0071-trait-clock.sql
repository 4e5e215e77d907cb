-- Breaks nothing: clocks of every record type that has them.
create table core.clock (
  provider_id uuid not null, id uuid not null, record_id uuid not null, kind text not null,
  -- The record that says what it measures by, and the version of what was agreed there.
  terms_id uuid not null, terms_version integer not null,
  -- The calendar as agreed, and the clock's whole course: what it shows is computed from these two.
  definition jsonb not null, target_minutes double precision not null, course jsonb not null,
  state text not null check (state in ('not_started', 'running', 'paused', 'met', 'breached_running', 'breached_stopped', 'cancelled')),
  due_at timestamptz(3), breached_at timestamptz(3), stopped_at timestamptz(3),
  primary key (provider_id, id)
);
create index clock_of_record on core.clock (provider_id, record_id);
create index clock_by_terms on core.clock (provider_id, terms_id, record_id) where state in ('running', 'paused', 'breached_running');
create index clock_due on core.clock (due_at) where state = 'running' and breached_at is null;
grant select, insert, update on core.clock to servicewright_app;
