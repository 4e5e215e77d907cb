-- Breaks nothing: standards of work, and the clock of a problem's analysis.
create sequence operation.number_work_standard;
create table operation.work_standard (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('draft', 'in_force', 'ended')),
  applies_to text not null, calendar jsonb, zone text, targets jsonb, in_force_from timestamptz(3), in_force_to timestamptz(3),
  primary key (provider_id, id)
);
create index work_standard_in_force on operation.work_standard (provider_id, applies_to, in_force_from);
grant select, insert, update on operation.work_standard to servicewright_app;
grant usage on sequence operation.number_work_standard to servicewright_app;

alter table operation.problem add logged_at timestamptz(3), add next_due_at timestamptz(3), add breached boolean;
create index problem_by_due on operation.problem (provider_id, coalesce(next_due_at, 'infinity'), id);
