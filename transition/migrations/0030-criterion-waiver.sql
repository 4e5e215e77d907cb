-- Breaks nothing: waivers of acceptance and exit criteria.
create sequence transition.number_criterion_waiver;
create table transition.criterion_waiver (
  provider_id uuid not null,
  id uuid not null,
  state text not null check (state in ('proposed', 'granted', 'expired', 'refused', 'dropped')),
  subject uuid not null,
  criterion text not null,
  statement text,
  impact text not null,
  control text,
  valid_until date not null,
  ended_at timestamptz(3),
  primary key (provider_id, id)
);
create index criterion_waiver_of_subject on transition.criterion_waiver (provider_id, subject, state);
create index criterion_waiver_by_end on transition.criterion_waiver (valid_until) where state = 'granted';
grant select, insert, update on transition.criterion_waiver to servicewright_app;
grant usage on sequence transition.number_criterion_waiver to servicewright_app;
