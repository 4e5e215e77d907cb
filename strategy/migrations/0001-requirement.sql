-- Breaks nothing: business requirements and their outcomes.
create schema if not exists strategy;
grant usage on schema strategy to servicewright_app;
create sequence strategy.number_business_requirement;
create sequence strategy.number_outcome;

create table strategy.business_requirement (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('identified', 'analysing', 'agreed', 'packaged', 'in_delivery', 'satisfied', 'not_satisfied', 'declined', 'superseded', 'withdrawn')),
  statement text not null, trigger text not null, trigger_source text, priority text, required_by date, customer uuid,
  business_units jsonb, stakeholders jsonb, affected_services text, answers jsonb,
  primary key (provider_id, id)
);
create index business_requirement_by_date on strategy.business_requirement (provider_id, coalesce(required_by, 'infinity'));

create table strategy.outcome (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('stated', 'agreed', 'withdrawn')),
  requirement uuid not null, statement text not null, measure text, unit text, direction text, baseline double precision, baseline_from date, baseline_to date,
  target double precision, attain_by date, sustain_periods integer, period text, source text, weight double precision,
  unit_value_minor bigint, unit_value_currency text, verifier uuid,
  latest double precision, latest_at timestamptz, attainment double precision, unclamped_attainment double precision, attained_periods integer,
  primary key (provider_id, id)
);
create index outcome_of_requirement on strategy.outcome (provider_id, requirement);

grant select, insert, update on strategy.business_requirement, strategy.outcome to servicewright_app;
grant usage on all sequences in schema strategy to servicewright_app;
