-- Breaks nothing: an index for counting moves of a kind within a span of time.
create index if not exists journal_by_move on core.journal (provider_id, record_type, move, recorded_at) where move is not null;
