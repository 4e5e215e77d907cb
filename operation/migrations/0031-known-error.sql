-- Breaks nothing: known errors.
create sequence operation.number_known_error;

create table operation.known_error (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('draft', 'active', 'workaround_verified', 'fix_scheduled', 'resolved', 'archived')),
  problem uuid, defect text, service uuid, component uuid, category text, affected_versions text, symptom text, detection_rule text, workaround text, workaround_by uuid,
  verification text, fixed_version text, usage_count integer, failure_count integer,
  primary key (provider_id, id)
);
create index known_error_of_service on operation.known_error (service, state);
create index known_error_of_component on operation.known_error (component, state);
create index known_error_of_category on operation.known_error (category, state);
create index known_error_of_problem on operation.known_error (problem, state);

grant select, insert, update on operation.known_error to servicewright_app;
grant usage on sequence operation.number_known_error to servicewright_app;
