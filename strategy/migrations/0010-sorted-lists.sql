-- Breaks nothing: the index of the sorted list carries the id that parts rows of one sort key.
drop index if exists strategy.business_requirement_by_date;
create index business_requirement_by_date on strategy.business_requirement (provider_id, coalesce(required_by, 'infinity'), id);
