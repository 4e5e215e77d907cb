-- Breaks nothing: the register of improvements.
create sequence improvement.number_improvement;

create table improvement.improvement (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('identified', 'analysing', 'justified', 'approved', 'declined', 'deferred', 'routed', 'implementing', 'implemented', 'verifying', 'verified_effective', 'verified_not_effective', 'closed', 'merged')),
  description text not null, origin_stage text not null, cell text, service uuid, outcome uuid, customer uuid, size text, timescale text, target_stage text, metric text, unit text,
  baseline_value double precision, target_value double precision, benefit text, benefit_per_month_minor bigint, benefit_per_month_currency text,
  one_off_cost_minor bigint, one_off_cost_currency text, run_cost_per_month_minor bigint, run_cost_per_month_currency text, risk text, verification_plan text, washout_days integer, after_days integer,
  before_series jsonb, baseline_frozen jsonb, review_at date, answers jsonb, implemented_on date, after_series jsonb, verdict jsonb, merged_into uuid,
  dedup_key text, detector text, occurrences integer, last_seen_at timestamptz(3),
  primary key (provider_id, id)
);
create index improvement_by_key on improvement.improvement (provider_id, dedup_key) where dedup_key is not null;
create index improvement_of_service on improvement.improvement (provider_id, service);
create index improvement_deferred on improvement.improvement (review_at) where state = 'deferred';

grant select, insert, update on improvement.improvement to servicewright_app;
grant usage on all sequences in schema improvement to servicewright_app;
