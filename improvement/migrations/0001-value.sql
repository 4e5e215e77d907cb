-- Breaks nothing: measured values of outcomes.
create schema if not exists improvement;
grant usage on schema improvement to servicewright_app;
create sequence improvement.number_outcome_measurement;

create table improvement.outcome_measurement (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('recorded', 'corrected')),
  outcome uuid not null, period_from date not null, period_to date not null, value double precision not null, grade text not null, source text not null, evidence text,
  primary key (provider_id, id)
);
create index outcome_measurement_by_period on improvement.outcome_measurement (provider_id, outcome, period_to desc);

grant select, insert, update on improvement.outcome_measurement to servicewright_app;
grant usage on all sequences in schema improvement to servicewright_app;
