-- Breaks nothing: what the application's role never needs to write, it may not; and refusals form a chain.

-- Whether the session is the application's, and not one of the role that owns the tables (or a superuser).
create function core.is_application() returns boolean
  language sql stable set search_path = pg_catalog as $$
  select not pg_has_role(session_user, c.relowner, 'member')
  from pg_class c
  where c.oid = 'core.journal'::regclass
$$;
grant execute on function core.is_application() to servicewright_app;

create function core.refuse_write(what text) returns void
  language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '%', what using errcode = 'insufficient_privilege';
end $$;
grant execute on function core.refuse_write(text) to servicewright_app;

-- A provider is what it was made as; an example's clock moves forwards only.
revoke update on core.provider from servicewright_app;
grant update (scenario_now) on core.provider to servicewright_app;
create function core.guard_provider() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if core.is_application() and (new.scenario_now is null or new.scenario_now < old.scenario_now) then
    perform core.refuse_write('a scenario clock moves forwards only');
  end if;
  return new;
end $$;
create trigger guard before update on core.provider for each row execute function core.guard_provider();

-- An answer is given once, and kept for two days.
revoke update, delete on core.idempotency from servicewright_app;
grant update (response) on core.idempotency to servicewright_app;
create function core.guard_idempotency() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if core.is_application() and old.response is not null then
    perform core.refuse_write('an answer is given once');
  end if;
  return new;
end $$;
create trigger guard before update on core.idempotency for each row execute function core.guard_idempotency();
create function core.forget_idempotency(before timestamptz) returns void
  language sql security definer set search_path = pg_catalog as $$
  delete from core.idempotency where created_at < least(before, now() - interval '1 day')
$$;
revoke execute on function core.forget_idempotency(timestamptz) from public;
grant execute on function core.forget_idempotency(timestamptz) to servicewright_app;

-- A key is of the person, and may what, it was made for; once ended it stays ended.
revoke update on core.api_key from servicewright_app;
grant update (name, expires_at, revoked_at) on core.api_key to servicewright_app;
create function core.guard_api_key() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if core.is_application() and (
    (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at)
    or coalesce(new.expires_at, 'infinity') > coalesce(old.expires_at, 'infinity')) then
    perform core.refuse_write('a key that has ended stays ended, and none is prolonged');
  end if;
  return new;
end $$;
create trigger guard before update on core.api_key for each row execute function core.guard_api_key();

-- A one-time link is used once, and none is prolonged. Who administers the platform is named by the role that owns it.
revoke update on core.claim from servicewright_app;
grant update (used_at, used_by, expires_at, taken_addresses) on core.claim to servicewright_app;
create function core.guard_claim() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if not core.is_application() then return new; end if;
  if tg_op = 'INSERT' then
    if new.kind = 'administrator' and not exists (
      select from core.provider p where p.id = new.provider_id and p.example) then
      perform core.refuse_write('the link of a platform administrator is made by the role that owns the database');
    end if;
  elsif (old.used_at is not null and new.used_at is distinct from old.used_at)
    or (old.used_by is not null and new.used_by is distinct from old.used_by)
    or new.expires_at > old.expires_at
    or new.taken_addresses < old.taken_addresses then
    perform core.refuse_write('a one-time link is used once, and none is prolonged');
  end if;
  return new;
end $$;
create trigger guard before insert or update on core.claim for each row execute function core.guard_claim();

-- Whose account it is never alters.
revoke update on core.sign_in from servicewright_app;
create unique index sign_in_once on core.sign_in (provider_id, person_id);

-- What the journal is settled up to is noted as the database itself sees it.
revoke insert, update on core.horizon from servicewright_app;
create function core.note_horizon(out seq bigint, out transaction xid8)
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  noted core.horizon;
begin
  if pg_current_xact_id_if_assigned() is not null then
    raise exception 'the horizon is read before its transaction writes anything';
  end if;
  -- In this order: the id must be younger than every transaction that took a number up to this one.
  seq := (select case when s.is_called then s.last_value else 0 end from core.journal_seq s);
  transaction := pg_current_xact_id();
  select h.* into noted from core.horizon h;
  -- A note that still waits stays: were it replaced each time, a busy database would never settle.
  if noted.transaction is null
    or noted.transaction >= pg_snapshot_xmax(pg_current_snapshot())
    or noted.transaction <= pg_snapshot_xmin(pg_current_snapshot()) then
    insert into core.horizon (seq, transaction)
    values (note_horizon.seq, note_horizon.transaction)
    on conflict (one)
    do update set seq = excluded.seq, transaction = excluded.transaction;
  end if;
end $$;
revoke execute on function core.note_horizon() from public;
grant execute on function core.note_horizon() to servicewright_app;

-- Refusals are numbered without a gap in the order in which they commit, and each covers the one before.
alter table core.refusal add column number bigint not null;
alter table core.refusal add column previous_hash text;
alter table core.refusal add column hash text not null;
create unique index refusal_by_number on core.refusal (number);
create function core.chain_refusal() returns trigger
  language plpgsql set search_path = pg_catalog as $$
declare
  last record;
begin
  -- A backup brings them as they stood.
  if not core.is_application() and new.hash is not null then return new; end if;
  perform pg_advisory_xact_lock(hashtext('core.refusal'));
  select r.number, r.hash into last from core.refusal r order by r.number desc limit 1;
  new.number := coalesce(last.number, 0) + 1;
  new.previous_hash := last.hash;
  -- Verification spells the same anew, in code of its own.
  new.hash := encode(sha256(convert_to(jsonb_build_array(
    new.previous_hash, new.number, new.provider_id, new.id, to_char(new.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
    new.actor_id, new.channel, new.record_id, new.record_type, new.command, new.kind, new.codes, new.refusals)::text, 'UTF8')), 'hex');
  return new;
end $$;
create trigger chain before insert on core.refusal for each row execute function core.chain_refusal();

-- A checkpoint signs the chain of refusals too, and in which transactions of this cluster the entries were written.
alter table core.checkpoint add column refusals bigint not null;
alter table core.checkpoint add column refusal_head text;
alter table core.checkpoint add column transactions text not null;
alter table core.checkpoint add column cluster text not null;
-- And what began before it was taken, by the number of the transaction that came next: text, for a backup brings it as it was signed.
alter table core.checkpoint add column next_transaction text not null;
alter table core.checkpoint add column late jsonb not null;

-- An attestation tells of what kind it is in its entry; the application never alters one.
revoke update on core.evidence from servicewright_app;

-- What a record is, and what was told, agreed or linked, never alters; what happened to it since may be noted beside.
revoke update on core.record, core.item, core.link, core.condition, core.personal_value from servicewright_app;
grant update (title, state, version, customers, owner_id, content_hash, head_hash, commitments, search_text, updated_at, next_move, next_move_at)
  on core.record to servicewright_app;
grant update (applicable, not_applicable_reason, statement, evidence_kind, state, drafted_by, accepted_by, accepted_role, self_checked, finding, updated_at, file_hash)
  on core.item to servicewright_app;
grant update (from_hash, to_hash, withdrawn_at) on core.link to servicewright_app;
grant update (state, met_by, met_at, evidence, reminded_at, lapsed_at) on core.condition to servicewright_app;
grant update (salt, value, erased_at) on core.personal_value to servicewright_app;
create function core.guard_personal_value() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if core.is_application() and (new.value is not null or new.salt is not null or old.erased_at is not null) then
    perform core.refuse_write('a personal value is erased, once, and never another');
  end if;
  return new;
end $$;
create trigger guard before update on core.personal_value for each row execute function core.guard_personal_value();

-- Numbers and transactions are the database's to give.
revoke insert on core.journal, core.refusal from servicewright_app;
grant insert (
  provider_id, recorded_at, occurred_at, record_id, record_type, version, kind, actor_id, actor_kind, on_behalf_of, channel, move,
  from_state, to_state, edits, reason_code, reason, cause, decision_id, source, content_hash, previous_hash, hash)
  on core.journal to servicewright_app;
grant insert (provider_id, id, at, actor_id, channel, record_id, record_type, command, kind, codes, refusals)
  on core.refusal to servicewright_app;
