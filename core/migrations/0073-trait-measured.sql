-- Breaks nothing: one row for each record of a type that is measured, as figures read it.
create sequence core.case_fact_edit;
create table core.case_fact (
  provider_id uuid not null, record_id uuid not null, record_type text not null, service_id uuid, customer_id uuid, state text not null, priority text, category text, team_id uuid,
  opened_at timestamptz(3) not null, ended_at timestamptz(3), closed_at timestamptz(3),
  reassignments integer not null default 0, reopens integer not null default 0, entries integer not null default 1,
  -- Open minutes of the terms' calendar, without what pauses the clock that counts; null where it has none.
  worked_minutes double precision, target_minutes double precision, waited_minutes double precision not null default 0,
  -- A breach stays: it is missed, also where an end before the due instant is told later.
  breached boolean not null default false,
  missed boolean generated always as (case when worked_minutes is not null and target_minutes is not null then breached or worked_minutes > target_minutes end) stored,
  -- Readers follow edits by transaction and number, never past an edit of a transaction that may still be open.
  edit bigint not null default nextval('core.case_fact_edit'), transaction xid8 not null default pg_current_xact_id(),
  primary key (provider_id, record_id)
);
create index case_fact_ended on core.case_fact (provider_id, record_type, service_id, ended_at);
create index case_fact_opened on core.case_fact (provider_id, record_type, service_id, opened_at);
create index case_fact_edited on core.case_fact (transaction, edit);
grant usage on sequence core.case_fact_edit to servicewright_app;
grant select, insert, update on core.case_fact to servicewright_app;
