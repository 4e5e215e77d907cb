-- Breaks nothing: decisions with their conditions, and the side a person first used on a lineage.
create table core.decision (
  provider_id uuid not null,
  id uuid not null,
  gate text not null,
  subject_id uuid not null,
  subject_type text not null,
  subject_version integer not null,
  subject_hash text not null,
  evidence jsonb not null,
  evidence_hash text not null,
  policies jsonb not null default '[]',
  side text not null check (side in ('B', 'P')),
  outcome text not null check (outcome in ('approve', 'approve_with_conditions', 'reject', 'defer', 'withdraw', 'opt_out')),
  variant text,
  decided_by uuid not null,
  role text not null,
  on_behalf_of uuid,
  delegation_id uuid,
  customer_id uuid check (side = 'P' or customer_id is not null),
  separation jsonb not null default '[]',
  self_checked boolean not null default false,
  self_declared boolean not null default false,
  findings jsonb not null default '[]',
  reason_code text,
  reason text not null,
  opened_at timestamptz(3),
  occurred_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  -- Authority cannot be back-dated (model R7).
  check (occurred_at = recorded_at),
  primary key (provider_id, id)
);
create index decision_of_subject on core.decision (provider_id, subject_id, gate, recorded_at);
create index decision_opt_out on core.decision (provider_id, subject_id) where outcome = 'opt_out';

-- What happened to a decision later: consumed by a back-out, withdrawn before its effect began. Append-only, like the decision.
create table core.decision_end (
  provider_id uuid not null,
  decision_id uuid not null,
  state text not null check (state in ('consumed', 'revoked')),
  at timestamptz(3) not null,
  reason text not null,
  primary key (provider_id, decision_id)
);

create table core.condition (
  provider_id uuid not null,
  id uuid not null,
  decision_id uuid not null,
  subject_id uuid not null,
  text text not null,
  owner_id uuid,
  due_at timestamptz(3),
  blocks text,
  state text not null default 'open' check (state in ('open', 'met', 'lapsed')),
  met_by uuid,
  met_at timestamptz(3),
  evidence text,
  -- Its owner was told that its day is near; its day passed. What lapsed may still be met.
  reminded_at timestamptz(3),
  lapsed_at timestamptz(3),
  primary key (provider_id, id)
);
create index condition_of_subject on core.condition (provider_id, subject_id, state);
create index condition_by_due on core.condition (due_at) where state = 'open';
create index condition_unmet on core.condition (provider_id, due_at, id) where state <> 'met';

create table core.lineage_side (
  provider_id uuid not null,
  lineage_id uuid not null,
  person_id uuid not null,
  side text not null check (side in ('B', 'P', 'X')),
  since timestamptz(3) not null,
  primary key (provider_id, lineage_id, person_id)
);

grant select, insert on core.decision, core.decision_end, core.lineage_side to servicewright_app;
grant select, insert, update on core.condition to servicewright_app;
