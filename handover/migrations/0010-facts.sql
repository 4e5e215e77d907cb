-- Breaks nothing: facts that one stage keeps current and others read.
create schema if not exists handover;
grant usage on schema handover to servicewright_app;

create table handover.package_summary (
  provider_id uuid not null, package_id uuid not null, lineage_id uuid not null, service_id uuid, service_version_id uuid, state text not null,
  one_off_cost_minor bigint, run_cost_minor bigint, funding_minor bigint, currency text, cost_tolerance double precision,
  availability_target double precision, support_hours text, restore_targets jsonb not null default '[]', criticality text, outcomes jsonb not null default '[]',
  updated_at timestamptz(3) not null,
  primary key (provider_id, package_id)
);
create index package_summary_of_lineage on handover.package_summary (provider_id, lineage_id);

-- By the customers who share in the incidents, in order: who reads a sum reads only what its own share in.
create table handover.service_summary (
  provider_id uuid not null, service_id uuid not null, customers uuid[] not null, open_incidents integer not null, incidents_last_30 integer not null, updated_at timestamptz(3) not null,
  primary key (provider_id, service_id, customers)
);

create table handover.live_interval (
  provider_id uuid not null, subscription_id uuid not null, service_version_id uuid not null, service_id uuid not null, customer_id uuid not null, lineage_id uuid not null,
  from_at timestamptz(3) not null, to_at timestamptz(3),
  primary key (provider_id, subscription_id, from_at)
);
create index live_interval_of_lineage on handover.live_interval (provider_id, lineage_id);
create index live_interval_of_service on handover.live_interval (provider_id, service_id, customer_id);

grant select, insert, update on handover.package_summary, handover.service_summary, handover.live_interval to servicewright_app;
