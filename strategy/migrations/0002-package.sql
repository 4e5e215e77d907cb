-- Breaks nothing: service packages and the portfolio.
create sequence strategy.number_service_package;
create sequence strategy.number_service;
create sequence strategy.number_service_version;
create sequence strategy.number_subscription;

create table strategy.service_package (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('drafting', 'submitted', 'offered', 'agreed', 'chartered', 'in_design', 'delivered', 'declined', 'declined_by_provider', 'superseded', 'cancelled')),
  requirement uuid, service uuid, service_version uuid, summary text, out_of_scope text,
  one_off_cost_minor bigint, one_off_cost_currency text, run_cost_per_month_minor bigint, run_cost_per_month_currency text, funding_minor bigint, funding_currency text,
  cost_tolerance double precision, planned_benefit_per_month_minor bigint, planned_benefit_per_month_currency text, offer_valid_until date,
  chargeable boolean, charging text, support_hours text, availability_target double precision, restore_targets jsonb, criticality text, required_by date, review_every_months integer,
  design_lead uuid, resource_plan text, sunk_cost_minor bigint, sunk_cost_currency text, answers jsonb,
  quorum text, lead_customer uuid, quorum_percent integer, funding_shares jsonb,
  primary key (provider_id, id)
);
create index service_package_of_service on strategy.service_package (provider_id, service);

create table strategy.service (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('undecided', 'taken_over', 'pipeline', 'catalogue', 'retired')),
  description text, criticality text, decide_by date, taken_over_at timestamptz(3), status text,
  primary key (provider_id, id)
);

create table strategy.service_version (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('requirements', 'defined', 'analysed', 'approved', 'chartered', 'designed', 'developed', 'built', 'tested', 'released', 'live_els', 'live', 'live_restricted', 'retiring', 'retired', 'on_hold', 'cancelled')),
  service uuid not null, package uuid, version_number integer not null, retirement_plan text, retire_on date,
  primary key (provider_id, id)
);
create index service_version_of_service on strategy.service_version (provider_id, service);

create table strategy.subscription (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('planned', 'released', 'live_els', 'live', 'retiring', 'ended')),
  service_version uuid not null, service uuid not null, customer uuid not null, agreement uuid, live_since timestamptz(3),
  primary key (provider_id, id)
);
create index subscription_of_version on strategy.subscription (provider_id, service_version);
create index subscription_of_service on strategy.subscription (provider_id, service, customer);

grant select, insert, update on strategy.service_package, strategy.service, strategy.service_version, strategy.subscription to servicewright_app;
grant usage on all sequences in schema strategy to servicewright_app;

-- How good the newest measurement of an outcome is (A best, D worst).
alter table strategy.outcome add column latest_grade text;
