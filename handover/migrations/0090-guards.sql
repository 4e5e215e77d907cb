-- Breaks nothing: a live interval ends, and nothing else of it alters.
revoke update on handover.live_interval from servicewright_app;
grant update (to_at) on handover.live_interval to servicewright_app;
