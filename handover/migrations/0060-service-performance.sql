-- Breaks nothing: what a service delivered to a customer in a month, edition by edition where late data altered it.
create sequence handover.number_service_performance;
create table handover.service_performance (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('offered', 'accepted', 'returned', 'withdrawn')),
  subject uuid not null, edition integer not null, for_customer uuid, period_from date, period_to date,
  logged integer, restored integer, open_at_end integer, target_met integer, target_missed integer, not_measurable integer, median_restore_minutes double precision,
  reopened integer, handed_over_twice integer, note text, contents jsonb not null, findings jsonb, answered_by uuid,
  primary key (provider_id, id)
);
create unique index service_performance_edition on handover.service_performance (provider_id, subject, for_customer, period_from, edition);
create unique index service_performance_offered on handover.service_performance (provider_id, subject, for_customer, period_from) where state = 'offered';
grant select, insert, update on handover.service_performance to servicewright_app;
grant usage on sequence handover.number_service_performance to servicewright_app;
