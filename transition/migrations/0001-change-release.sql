-- Breaks nothing: changes, releases and early life support.
create schema if not exists transition;
grant usage on schema transition to servicewright_app;
create sequence transition.number_change;
create sequence transition.number_release;
create sequence transition.number_early_life_support;

create table transition.change (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('draft', 'submitted', 'assessing', 'authorised_build', 'building', 'built_tested', 'authorised_deploy', 'scheduled', 'implementing', 'implemented',
    'in_review', 'closed_successful', 'closed_successful_with_issues', 'closed_failed_backed_out', 'closed_failed_fixed_forward', 'closed_partially_implemented', 'rejected', 'cancelled')),
  service uuid, raised_by uuid, reason text, benefit text, risks text, resources text, responsible uuid, relationships text, agreement_impact text,
  back_out_plan text, test_plan text, impact integer, likelihood integer, touches_agreement boolean, outage_in_service_hours boolean, cost_minor bigint, cost_currency text, risk_score integer, risk_level text,
  test_evidence text, back_out_test text, window_from timestamptz(3), window_to timestamptz(3), window_zone text, back_out_latest timestamptz(3), review_criteria text,
  verification text, backed_out boolean, review_summary text, side_effects text, answers jsonb,
  primary key (provider_id, id)
);
-- The schedule, the collision check, and the list by window.
create index change_schedule on transition.change (provider_id, service, window_from) where state in ('scheduled', 'implementing');
create index change_window_missed on transition.change (window_to) where state = 'scheduled';
create index change_by_window on transition.change (provider_id, coalesce(window_from, 'infinity'));

create table transition.release (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('planned', 'building', 'built', 'tested', 'validated', 'accepted', 'deploying', 'deployed', 'verified', 'backed_out', 'fixed_forward', 'closed', 'cancelled')),
  design_package uuid, service_version uuid, purpose text, kind text, mode text, go_live_on date, manifest jsonb, manifest_hash text, criteria jsonb, known_errors text,
  back_out_plan text, back_out_rehearsed boolean, no_return_at timestamptz(3), root_cause text, answers jsonb,
  primary key (provider_id, id)
);
create index release_by_date on transition.release (provider_id, coalesce(go_live_on, 'infinity'));
create index release_of_version on transition.release (provider_id, service_version);
create index release_of_design on transition.release (provider_id, design_package);

create table transition.early_life_support (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('planned', 'active', 'exit_requested', 'exited', 'aborted')),
  release uuid not null, team text, window_days integer, criteria jsonb, activated_at timestamptz(3), window_from timestamptz(3), extensions integer,
  primary key (provider_id, id)
);
create index early_life_support_of_release on transition.early_life_support (provider_id, release);

grant select, insert, update on transition.change, transition.release, transition.early_life_support to servicewright_app;
grant usage on all sequences in schema transition to servicewright_app;
