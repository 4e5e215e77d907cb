-- A statement may take back an earlier one of the same role; what it is called follows from what it is, and is stored nowhere.
alter table core.evidence
  drop column kind,
  add column withdraws uuid,
  -- What the subject held when it was stated.
  add column subject_hash text;
create unique index evidence_withdrawn_once on core.evidence (provider_id, withdraws) where withdraws is not null;

alter table core.item drop column evidence_kind;
