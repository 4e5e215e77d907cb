-- Breaks nothing: the indexes of sorted lists carry the id that parts rows of one sort key.
drop index if exists operation.agreement_by_start, operation.incident_by_due, operation.incident_by_priority, operation.incident_by_log;
create index agreement_by_start on operation.agreement (provider_id, coalesce(effective_from, 'infinity'), id);
create index incident_by_due on operation.incident (provider_id, coalesce(next_due_at, 'infinity'), id);
create index incident_by_priority on operation.incident (provider_id, coalesce(priority, ''), id);
create index incident_by_log on operation.incident (provider_id, coalesce(logged_at, 'infinity'), id);
