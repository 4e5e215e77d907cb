-- Breaks nothing: people, teams, customer organisations, rights, delegations, API keys, one-time links.
create table core.customer (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('active', 'ended')),
  relationship text not null check (relationship in ('internal', 'shared', 'external')), zone text not null, claimed_at timestamptz(3),
  standing text check (standing in ('self-declared', 'confirmed')),
  successor uuid, successor_by uuid, successor_agreed_by uuid,
  announced uuid, announced_by uuid, announced_with uuid, announced_until timestamptz(3),
  primary key (provider_id, id)
);
create table core.person (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('active', 'suspended', 'left')),
  email text, customer uuid, source_key text,
  primary key (provider_id, id)
);
-- Of each side: that another side knows somebody is not told by a conflict.
create unique index person_by_email on core.person (provider_id, customer, lower(email)) nulls not distinct where email is not null;
create unique index person_by_source on core.person (provider_id, source_key) where source_key is not null;
create table core.team (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('active', 'ended')),
  source_key text, members jsonb,
  primary key (provider_id, id)
);
create unique index team_by_source on core.team (provider_id, source_key) where source_key is not null;
create table core.role_grant (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('active', 'revoked')),
  person uuid not null, role text not null, customer uuid, limit_minor bigint, limit_currency text,
  valid_from timestamptz(3), valid_to timestamptz(3),
  primary key (provider_id, id)
);
create index role_grant_of_person on core.role_grant (provider_id, person) where state = 'active';
create index role_grant_by_role on core.role_grant (provider_id, role, customer) where state = 'active';
create table core.delegation (
  provider_id uuid not null, id uuid not null, state text not null check (state in ('active', 'revoked')),
  delegator uuid not null, delegate uuid not null, role text not null, customer uuid,
  valid_from timestamptz(3) not null, valid_to timestamptz(3) not null, check (valid_to > valid_from), check (delegator <> delegate),
  primary key (provider_id, id)
);
create index delegation_to on core.delegation (provider_id, delegate) where state = 'active';

create table core.api_key (
  id uuid primary key, provider_id uuid not null, person_id uuid not null, name text not null,
  prefix text not null, secret_hash text not null unique, scopes text[] not null, parent uuid references core.api_key,
  created_at timestamptz(3) not null, expires_at timestamptz(3), revoked_at timestamptz(3)
);
create index api_key_of_person on core.api_key (provider_id, person_id);
create index api_key_of_parent on core.api_key (parent) where parent is not null;
create table core.claim (
  id uuid primary key, provider_id uuid not null, kind text not null check (kind in ('administrator', 'customer', 'person')),
  customer_id uuid, person_id uuid, renews boolean not null default false, token_hash text not null unique, made_by uuid, made_at timestamptz(3) not null,
  expires_at timestamptz(3) not null, used_at timestamptz(3), used_by uuid,
  -- Addresses that were tried with it and have an account: it is worth nothing after a few.
  taken_addresses integer not null default 0
);
create index claim_of_person on core.claim (provider_id, person_id) where used_at is null;
create index claim_of_customer on core.claim (provider_id, customer_id) where used_at is not null;
create index claim_by_maker on core.claim (provider_id, made_by) where used_at is null;
create table core.sign_in (
  user_id text primary key, provider_id uuid not null, person_id uuid not null
);

create sequence core.number_customer; create sequence core.number_person; create sequence core.number_team;
create sequence core.number_role_grant; create sequence core.number_delegation;
grant usage on all sequences in schema core to servicewright_app;
grant select, insert, update on core.customer, core.person, core.team, core.role_grant, core.delegation, core.api_key, core.claim, core.sign_in to servicewright_app;
