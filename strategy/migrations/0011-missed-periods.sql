-- Breaks nothing: how many of an outcome's newest periods in a row missed its target.
alter table strategy.outcome add column missed_periods integer;
