-- Breaks nothing: problems.
create sequence operation.number_problem;

create table operation.problem (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('detected', 'logged', 'prioritised', 'investigating', 'root_cause_known', 'resolution_pending', 'resolved', 'closed', 'cancelled', 'accepted_unresolved')),
  service uuid, component uuid, category text, source text, source_named text, description text, frequency text, impact text, recurrence_cost text, priority text,
  team uuid, assignee uuid, method text, causes jsonb, contributing_factors jsonb, origin_stage text, cost_benefit text, residual_impact text, review_at date,
  resolution text, duplicate_of uuid, resolved_at timestamptz(3), recurrence_count integer, effective boolean,
  primary key (provider_id, id)
);
create index problem_by_priority on operation.problem (provider_id, coalesce(priority, ''), id);
create index problem_by_review on operation.problem (provider_id, coalesce(review_at, 'infinity'), id);
create index problem_of_service on operation.problem (service, state);
create index problem_of_component on operation.problem (component, state);
create index problem_of_category on operation.problem (category, state);
create index problem_of_team on operation.problem (team, state);
create index problem_of_assignee on operation.problem (assignee, state);
create index problem_of_priority on operation.problem (priority, state);
create index problem_of_origin on operation.problem (origin_stage, state);
create index problem_to_review on operation.problem (review_at) where state = 'accepted_unresolved';

-- Incidents that count as the same, newest last: what recurs is found among them.
create index incident_of_cluster on operation.incident
  (provider_id, service, coalesce(component, '00000000-0000-0000-0000-000000000000'), coalesce(category, ''), logged_at);
create index problem_of_cluster on operation.problem
  (provider_id, service, coalesce(component, '00000000-0000-0000-0000-000000000000'), coalesce(category, ''), state);

grant select, insert, update on operation.problem to servicewright_app;
grant usage on sequence operation.number_problem to servicewright_app;
