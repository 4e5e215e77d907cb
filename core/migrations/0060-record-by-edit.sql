-- Breaks nothing: the index of lists by last edit runs in one direction, so that it serves both.
drop index if exists core.record_by_edit;
create index record_by_edit on core.record (provider_id, type, updated_at, id);
