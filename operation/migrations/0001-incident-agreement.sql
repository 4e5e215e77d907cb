-- Breaks nothing: agreements and incidents.
create schema if not exists operation;
grant usage on schema operation to servicewright_app;
create sequence operation.number_agreement;
create sequence operation.number_incident;

create table operation.agreement (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('draft', 'negotiating', 'agreed', 'in_force', 'under_review', 'terminated')),
  service uuid not null, customer uuid not null, calendar jsonb, zone text, targets jsonb, pause_reasons jsonb, reopen_policy text, availability_target double precision,
  exclusions text, effective_from timestamptz(3), signed_by_customer uuid, signed_by_provider uuid, agreement_version integer, hash_in_force text,
  primary key (provider_id, id)
);
create index agreement_of_service on operation.agreement (provider_id, service, customer);
create index agreement_by_start on operation.agreement (provider_id, coalesce(effective_from, 'infinity'));

create table operation.incident (
  provider_id uuid not null, id uuid not null,
  state text not null check (state in ('new', 'assigned', 'in_progress', 'pending', 'resolved', 'closed', 'cancelled')),
  service uuid, component uuid, source text, impact text, urgency text, priority text, category text, team uuid, assignee uuid, caller uuid, description text,
  impact_start_at timestamptz(3), logged_at timestamptz(3), pending_reason text, resolution_code text, resolution text, service_restored_at timestamptz(3),
  responded_at timestamptz(3), resolved_at timestamptz(3), reopen_count integer, reassignment_count integer, next_due_at timestamptz(3), source_key text, source_code text, breached boolean,
  primary key (provider_id, id)
);
create index incident_by_due on operation.incident (provider_id, coalesce(next_due_at, 'infinity'));
create index incident_by_priority on operation.incident (provider_id, coalesce(priority, ''));
create index incident_by_log on operation.incident (provider_id, coalesce(logged_at, 'infinity'));
-- By what a list is filtered by, and the state: what is open is asked for most. Without the provider: it would make of each an index of everything.
create index incident_of_team on operation.incident (team, state);
create index incident_of_assignee on operation.incident (assignee, state);
create index incident_of_service on operation.incident (service, state);
create index incident_of_component on operation.incident (component, state);
create index incident_of_category on operation.incident (category, state);
create index incident_of_priority on operation.incident (priority, state);
create index incident_of_service_by_log on operation.incident (provider_id, service, logged_at);
create index incident_unconfirmed on operation.incident (resolved_at) where state = 'resolved';

-- What handover.service_summary counts of each incident: its next count is by the difference.
create table operation.counted_incident (
  provider_id uuid not null, incident_id uuid not null, service_id uuid, customers uuid[] not null, open boolean not null, recent boolean not null, logged_at timestamptz(3),
  primary key (provider_id, incident_id)
);
create index counted_incident_recent on operation.counted_incident (provider_id, logged_at) where recent;

grant select, insert, update on operation.agreement, operation.incident, operation.counted_incident to servicewright_app;
grant delete on operation.counted_incident to servicewright_app;
grant usage on all sequences in schema operation to servicewright_app;
