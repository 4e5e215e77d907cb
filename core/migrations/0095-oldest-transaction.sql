-- Breaks nothing: one more function.
-- The transaction of the whole cluster, other databases included, that has been writing for longest: what reads the journal in
-- order waits until it ends. The application's role may not look at other sessions; it learns this much, and no statement's text.
create function core.oldest_transaction() returns table (
  process integer,
  database text,
  login text,
  program text,
  seconds double precision)
language sql
stable
security definer
set search_path = pg_catalog
as $$
  select pid, datname::text, usename::text, application_name, extract(epoch from now() - xact_start)
  from pg_stat_activity
  where backend_xid is not null and pid <> pg_backend_pid()
  union all
  select null, database::text, owner::text, 'prepared as ' || gid, extract(epoch from now() - prepared)
  from pg_prepared_xacts
  order by 5 desc nulls last
  limit 1
$$;
revoke execute on function core.oldest_transaction() from public;
grant execute on function core.oldest_transaction() to servicewright_app;
