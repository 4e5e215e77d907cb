-- Breaks nothing: amendments of agreed outcomes.
create sequence strategy.number_outcome_amendment;

create table strategy.outcome_amendment (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('proposed', 'applied', 'refused', 'withdrawn')),
  outcome uuid not null, kind text not null, why text not null,
  statement text, measure text, unit text, direction text, baseline double precision, baseline_from date, baseline_to date,
  target double precision, attain_by date, sustain_periods integer, period text, source text, weight double precision,
  unit_value_minor bigint, unit_value_currency text, verifier uuid, differences jsonb,
  primary key (provider_id, id)
);
-- One at a time: each is decided against what stands.
create unique index outcome_amendment_proposed on strategy.outcome_amendment (provider_id, outcome) where state = 'proposed';

grant select, insert, update on strategy.outcome_amendment to servicewright_app;
grant usage on sequence strategy.number_outcome_amendment to servicewright_app;
