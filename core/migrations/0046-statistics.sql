-- Breaks nothing: after many rows came at once, the planner's statistics are refreshed; the application may ask for it.
create function core.refresh_statistics(tables text[]) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  each text;
begin
  foreach each in array tables loop
    if to_regclass(each) is not null and split_part(each, '.', 1) in ('core', 'handover', 'strategy', 'design', 'transition', 'operation', 'improvement') then
      execute 'analyze ' || to_regclass(each)::text;
    end if;
  end loop;
end $$;
revoke execute on function core.refresh_statistics(text[]) from public;
grant execute on function core.refresh_statistics(text[]) to servicewright_app;
