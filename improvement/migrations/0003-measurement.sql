-- Breaks nothing: facts by day for measurement, figures by period, declared observed periods.

-- The zone whose days a service's figures speak of for a customer (nil: of no customer): taken at its first figure, so that days never shift under figures.
create table improvement.zone (
  provider_id uuid not null, service_id uuid not null, customer_id uuid not null, zone text not null,
  primary key (provider_id, service_id, customer_id)
);

-- The days that an incident's fact counts for, as last seen; an edit recomputes the day it leaves and the day it comes to.
create table improvement.incident_day (
  provider_id uuid not null, record_id uuid not null, opened_day date not null, restored_day date,
  primary key (provider_id, record_id)
);
create index incident_day_opened on improvement.incident_day (provider_id, opened_day, record_id);
create index incident_day_restored on improvement.incident_day (provider_id, restored_day, record_id) where restored_day is not null;

create table improvement.gate_wait (
  provider_id uuid not null, decision_id uuid not null, day date not null, gate text not null, side text not null, subject_id uuid not null, lineage_id uuid not null, customer_id uuid, waited_days double precision,
  primary key (provider_id, decision_id)
);
create index gate_wait_by_day on improvement.gate_wait (provider_id, day, decision_id);
create index gate_wait_of_lineage on improvement.gate_wait (provider_id, lineage_id);

-- Steps by day, counted once as the journal is read; the nil id where there is no service, lineage or single customer.
create table improvement.step_day (
  provider_id uuid not null, day date not null, service_id uuid not null, lineage_id uuid not null, customer_id uuid not null, stage text not null,
  observed integer not null, known integer not null, moves integer not null, back_moves integer not null,
  primary key (provider_id, day, service_id, lineage_id, customer_id, stage)
);
create index step_day_of_lineage on improvement.step_day (provider_id, lineage_id);

create table improvement.attained (
  provider_id uuid not null, measurement_id uuid not null, outcome_id uuid not null, package_id uuid not null, day date not null, service_id uuid not null, customer_id uuid,
  -- Of 1, as it is weighed (clamped to 0 to 1.2) and as it was measured.
  weight double precision not null, attainment double precision not null, unclamped double precision not null,
  primary key (provider_id, measurement_id)
);
create index attained_of_outcome on improvement.attained (provider_id, outcome_id, day);
create index attained_by_day on improvement.attained (provider_id, day, measurement_id);

-- Days whose figures are to be computed anew.
create table improvement.touched (provider_id uuid not null, source text not null, day date not null, primary key (provider_id, source, day));

create table improvement.cursor (name text primary key, transaction xid8 not null default '0', place bigint not null);
comment on table improvement.cursor is 'Left out of backups: everything is read again.';
comment on table improvement.step_day is 'Left out of backups: counted again from the journal.';

-- Figures; the nil id stands for all services, and for all customers.
create table improvement.rollup (
  provider_id uuid not null, service_id uuid not null, customer_id uuid not null, metric text not null, grain text not null check (grain in ('day', 'week', 'month')), day date not null,
  n integer not null, numerator double precision, denominator double precision, value double precision,
  computed_at timestamptz(3) not null, known_to timestamptz(3) not null,
  primary key (provider_id, service_id, customer_id, metric, grain, day)
);
create index rollup_by_day on improvement.rollup (provider_id, day, grain, metric);

-- The newest declaration counts; earlier ones stay.
create table improvement.observed_period (
  provider_id uuid not null, service_id uuid not null, from_day date not null, to_day date not null check (to_day >= from_day), min_n integer not null check (min_n >= 1),
  declared_by uuid not null, declared_at timestamptz(3) not null, number bigint generated always as identity,
  primary key (provider_id, service_id, number)
);

grant select, insert, update on improvement.zone, improvement.incident_day, improvement.gate_wait, improvement.step_day, improvement.cursor to servicewright_app;
-- The day of a case that was taken back goes.
grant delete on improvement.incident_day to servicewright_app;
grant select, insert on improvement.observed_period to servicewright_app;
-- Derived from facts, and computed anew at will.
grant select, insert, update, delete on improvement.rollup, improvement.touched, improvement.attained to servicewright_app;
