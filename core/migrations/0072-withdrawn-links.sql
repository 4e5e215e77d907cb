-- Breaks nothing: what a record was once linked to is found as what it is linked to.
create index link_withdrawn on core.link (provider_id, from_id, type) where withdrawn_at is not null;
