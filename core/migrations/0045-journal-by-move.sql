-- Breaks nothing: an index for counting moves of a kind within a span of time.
create index if not exists journal_by_move on core.journal (provider_id, record_type, move, recorded_at) where move is not null;
-- What came of such a move in the same act stands in the entry's edits; hardly any entry tells of one.
create index if not exists journal_by_further_move on core.journal (provider_id, record_type, recorded_at) where edits ? '_then';
