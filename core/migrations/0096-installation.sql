-- Breaks nothing: one table. Which keys the processes of this installation work with: all with the same, or sign-out would hold
-- at one of them only, and checkpoints would be signed by strangers.
create table core.installation (
  one boolean primary key default true check (one),
  keys text not null);
comment on table core.installation is 'Left out of backups: an installation that is filled from one has keys of its own.';
grant select on core.installation to servicewright_app;
