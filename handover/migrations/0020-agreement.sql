-- Breaks nothing: the agreements in force, version by version, kept by Operation and read by all.
create schema if not exists handover;
grant usage on schema handover to servicewright_app;

create table handover.agreement_in_force (
  provider_id uuid not null, agreement_id uuid not null, version integer not null,
  service_id uuid not null, customer_id uuid not null,
  from_at timestamptz(3) not null, to_at timestamptz(3), definition jsonb not null, content_hash text not null,
  primary key (provider_id, agreement_id, version)
);
create index agreement_in_force_of on handover.agreement_in_force (provider_id, service_id, customer_id, from_at desc);
-- What was agreed is never rewritten: a version ends, and nothing else of it can alter.
grant select, insert, update (to_at) on handover.agreement_in_force to servicewright_app;
