-- Breaks nothing: two tables. Which keys the processes of this installation work with: all with the same, or sign-out would hold
-- at one of them only, and checkpoints would be signed by strangers.
create table core.installation (
  one boolean primary key default true check (one),
  keys text not null);
comment on table core.installation is 'Left out of backups: an installation that is filled from one has keys of its own.';
grant select on core.installation to servicewright_app;

-- What somebody must look after, as the last look told it: whichever process looks next tells only what is new. `place` names the
-- disk that a warning is about, which only the processes beside it see; it is empty for what the database itself tells.
create table core.health_warning (
  code text not null,
  of text not null,
  place text not null,
  sentence text not null,
  hint text not null,
  seen_at timestamptz(3) not null,
  primary key (code, of, place));
comment on table core.health_warning is 'Left out of backups: what is wrong with a machine is not taken to another.';
grant select, insert, update, delete on core.health_warning to servicewright_app;
