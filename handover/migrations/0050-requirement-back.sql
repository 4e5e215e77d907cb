-- Breaks nothing: what an improvement asks of the stage in which the cause lies, edition by edition.
create sequence handover.number_requirement_back;
create table handover.requirement_back (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('offered', 'accepted', 'returned', 'withdrawn')),
  subject uuid not null, edition integer not null, target_stage text, reason text, requester uuid, note text, contents jsonb not null, findings jsonb, answered_by uuid,
  primary key (provider_id, id)
);
create unique index requirement_back_edition on handover.requirement_back (provider_id, subject, edition);
create unique index requirement_back_offered on handover.requirement_back (provider_id, subject) where state = 'offered';
grant select, insert, update on handover.requirement_back to servicewright_app;
grant usage on sequence handover.number_requirement_back to servicewright_app;
