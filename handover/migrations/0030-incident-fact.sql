-- Breaks nothing: one row per incident, as measurement reads it. Kept by Operation.
create sequence handover.incident_fact_edit;
create table handover.incident_fact (
  provider_id uuid not null, incident_id uuid not null, service_id uuid, customer_id uuid, state text not null, priority text, category text, team_id uuid,
  opened_at timestamptz(3) not null, restored_at timestamptz(3), closed_at timestamptz(3),
  reassignments integer not null default 0, reopens integer not null default 0, entries integer not null default 1,
  -- Open minutes of the agreement's calendar, without what pauses the restore clock; null where no agreement was in force.
  restore_minutes double precision, target_minutes double precision, waited_minutes double precision not null default 0,
  -- A breach stays: it is missed, also where a restoration of before the due instant is told later.
  breached boolean not null default false,
  missed boolean generated always as (case when restore_minutes is not null and target_minutes is not null then breached or restore_minutes > target_minutes end) stored,
  -- Readers follow edits by transaction and number, never past an edit of a transaction that may still be open.
  edit bigint not null default nextval('handover.incident_fact_edit'), transaction xid8 not null default pg_current_xact_id(),
  primary key (provider_id, incident_id)
);
create index incident_fact_restored on handover.incident_fact (provider_id, service_id, restored_at);
create index incident_fact_opened on handover.incident_fact (provider_id, service_id, opened_at);
create index incident_fact_edited on handover.incident_fact (transaction, edit);
grant usage on sequence handover.incident_fact_edit to servicewright_app;
grant select, insert, update on handover.incident_fact to servicewright_app;
