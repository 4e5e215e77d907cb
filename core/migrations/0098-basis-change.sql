-- Breaks nothing: decisions in force that stand on what reads otherwise now.
create table core.basis_change (
  provider_id uuid not null,
  decision_id uuid not null,
  subject_id uuid not null,
  gate text not null,
  customer_id uuid,
  since timestamptz(3) not null,
  primary key (provider_id, decision_id)
);
create index basis_change_of_subject on core.basis_change (provider_id, subject_id);
create index basis_change_by_age on core.basis_change (provider_id, since, decision_id);

grant select, insert, delete on core.basis_change to servicewright_app;
