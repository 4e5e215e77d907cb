-- Breaks nothing: the hand-over of a service package, edition by edition.
create sequence handover.number_service_package_hand_over;
create table handover.service_package (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('offered', 'accepted', 'returned', 'withdrawn')),
  subject uuid not null, edition integer not null, note text, contents jsonb not null, findings jsonb, answered_by uuid,
  primary key (provider_id, id)
);
create unique index service_package_edition on handover.service_package (provider_id, subject, edition);
-- At most one edition waits for its answer.
create unique index service_package_offered on handover.service_package (provider_id, subject) where state = 'offered';
grant select, insert, update on handover.service_package to servicewright_app;
grant usage on sequence handover.number_service_package_hand_over to servicewright_app;
