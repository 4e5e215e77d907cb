-- Breaks nothing: two tables and an index. What was decided on is looked at again, some at a time: whose rules moved waits here, with
-- the place up to which it was done.
create table core.basis_look (
  id uuid primary key,
  provider_id uuid not null,
  -- Null: all gates.
  gates text[],
  -- Null: all lineages.
  lineage_id uuid,
  after uuid not null default '00000000-0000-0000-0000-000000000000'
);
create index basis_look_of_provider on core.basis_look (provider_id);
grant select, insert, delete, update (after) on core.basis_look to servicewright_app;

-- Up to when all was looked for whose day is over, by the clock of its provider.
create table core.basis_looked (
  provider_id uuid primary key,
  at timestamptz(3) not null
);
grant select, insert, update on core.basis_looked to servicewright_app;

create index evidence_by_end on core.evidence (expires_at) where expires_at is not null;
