-- Breaks nothing: change freezes.
create sequence transition.number_freeze;
create table transition.freeze (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('declared', 'lifted')),
  service uuid, freeze_from timestamptz(3), freeze_to timestamptz(3), freeze_zone text, cause text, exception_for uuid, declared_by_side text,
  primary key (provider_id, id)
);
-- What holds at the time of a window, and the list by first day.
create index freeze_in_force on transition.freeze (provider_id, freeze_to) where state = 'declared';
create index freeze_by_start on transition.freeze (provider_id, coalesce(freeze_from, 'infinity'), id);
grant select, insert, update on transition.freeze to servicewright_app;
grant usage on sequence transition.number_freeze to servicewright_app;
