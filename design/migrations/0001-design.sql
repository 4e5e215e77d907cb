-- Breaks nothing: service design packages and components.
create schema if not exists design;
grant usage on schema design to servicewright_app;
create sequence design.number_design_package;
create sequence design.number_component;

create table design.design_package (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('initiated', 'in_design', 'in_review', 'complete', 'accepted', 'baselined', 'on_hold', 'superseded', 'cancelled')),
  package uuid not null, kind text, solution text, options jsonb, one_off_cost_minor bigint, one_off_cost_currency text, run_cost_per_month_minor bigint, run_cost_per_month_currency text,
  cost_variance double precision, predicted_availability double precision, variances jsonb, instruments jsonb, service uuid, answers jsonb,
  primary key (provider_id, id)
);
create index design_package_of_package on design.design_package (provider_id, package);
create index design_package_of_service on design.design_package (provider_id, service);

create table design.component (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('planned', 'sourcing', 'developing', 'procuring', 'received', 'integrated', 'baselined', 'in_service', 'deprecated', 'withdrawn')),
  design_package uuid, kind text, description text, options jsonb, sourcing text, rationale text, exit_option text, supplier text, contract text, contract_state text, contract_ends date,
  repository text, artefact_version text, artefact_hash text, licence text,
  primary key (provider_id, id)
);
create index component_of_design on design.component (provider_id, design_package);

grant select, insert, update on design.design_package, design.component to servicewright_app;
grant usage on all sequences in schema design to servicewright_app;
