-- Breaks nothing: policies and their waivers.
create sequence strategy.number_policy;
create sequence strategy.number_policy_waiver;

create table strategy.policy (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('draft', 'reviewed', 'approved', 'in_force', 'superseded', 'withdrawn')),
  statement text not null, rule text not null, gates jsonb, effect text not null, effective_from date,
  primary key (provider_id, id)
);
create index policy_in_force on strategy.policy (provider_id) where state = 'in_force';

create table strategy.policy_waiver (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('requested', 'granted', 'refused', 'expired', 'revoked')),
  policy uuid not null, subject uuid not null, reason text not null, control text, risk text, valid_until date,
  primary key (provider_id, id)
);
create index policy_waiver_of_policy on strategy.policy_waiver (provider_id, policy, state);

grant select, insert, update on strategy.policy, strategy.policy_waiver to servicewright_app;
grant usage on all sequences in schema strategy to servicewright_app;
