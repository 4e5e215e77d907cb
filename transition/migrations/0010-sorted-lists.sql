-- Breaks nothing: the indexes of sorted lists carry the id that parts rows of one sort key.
drop index if exists transition.change_by_window, transition.release_by_date;
create index change_by_window on transition.change (provider_id, coalesce(window_from, 'infinity'), id);
create index release_by_date on transition.release (provider_id, coalesce(go_live_on, 'infinity'), id);
