-- Breaks nothing: the hand-overs of a service design package and of a release, edition by edition.
create sequence handover.number_service_design_package_hand_over;
create table handover.service_design_package (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('offered', 'accepted', 'returned', 'withdrawn')),
  subject uuid not null, edition integer not null, items_accepted integer, note text, contents jsonb not null, findings jsonb, answered_by uuid,
  primary key (provider_id, id)
);
create unique index service_design_package_edition on handover.service_design_package (provider_id, subject, edition);
create unique index service_design_package_offered on handover.service_design_package (provider_id, subject) where state = 'offered';

create sequence handover.number_service_release_hand_over;
create table handover.service_release (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('offered', 'accepted', 'returned', 'withdrawn')),
  subject uuid not null, edition integer not null, note text, contents jsonb not null, findings jsonb, answered_by uuid,
  primary key (provider_id, id)
);
create unique index service_release_edition on handover.service_release (provider_id, subject, edition);
create unique index service_release_offered on handover.service_release (provider_id, subject) where state = 'offered';

grant select, insert, update on handover.service_design_package, handover.service_release to servicewright_app;
grant usage on sequence handover.number_service_design_package_hand_over, handover.number_service_release_hand_over to servicewright_app;
