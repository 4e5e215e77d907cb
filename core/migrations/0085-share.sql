-- Breaks nothing: with whom a record is to be shared, or no longer, who of those already on it consented, and since when the new
-- side sees it. Each is told by an entry of the record.
create table core.share (
  provider_id uuid not null, id uuid not null, record_id uuid not null, customer_id uuid not null,
  kind text not null check (kind in ('join', 'leave')),
  state text not null check (state in ('asked', 'done', 'declined', 'withdrawn')),
  reason text not null, asked_by uuid not null, asked_at timestamptz(3) not null,
  -- The instant of the last consent: what came before, the new side does not see.
  since timestamptz(3) check ((state = 'done') = (since is not null)),
  primary key (provider_id, id)
);
create index share_of_record on core.share (provider_id, record_id, customer_id);
create unique index share_asked_once on core.share (provider_id, record_id, customer_id) where state = 'asked';
-- Those that wait for consent, the longest first.
create index share_waiting on core.share (provider_id, asked_at, id) where state = 'asked';

create table core.share_consent (
  provider_id uuid not null, id uuid not null, share_id uuid not null, record_id uuid not null,
  -- Whose consent it is.
  customer_id uuid not null, consents boolean not null, given_by uuid not null, at timestamptz(3) not null,
  primary key (provider_id, id),
  unique (provider_id, share_id, customer_id)
);
create index share_consent_of_record on core.share_consent (provider_id, record_id);
grant select, insert, update (state, since) on core.share to servicewright_app;
grant select, insert on core.share_consent to servicewright_app;
