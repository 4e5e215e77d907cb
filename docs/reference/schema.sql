-- schemas, with who may do what in them
schema core -- servicewright_app:USAGE
schema design -- servicewright_app:USAGE
schema handover -- servicewright_app:USAGE
schema identity -- servicewright_app:USAGE
schema improvement -- servicewright_app:USAGE
schema operation -- servicewright_app:USAGE
schema strategy -- servicewright_app:USAGE
schema transition -- servicewright_app:USAGE

-- tables, views and sequences, with who may do what with them
table core.api_key -- servicewright_app:INSERT, servicewright_app:SELECT
  id uuid not null
  provider_id uuid not null
  person_id uuid not null
  name text not null -- servicewright_app:UPDATE
  prefix text not null
  secret_hash text not null
  scopes text[] not null
  parent uuid
  created_at timestamp(3) with time zone not null
  expires_at timestamp(3) with time zone -- servicewright_app:UPDATE
  revoked_at timestamp(3) with time zone -- servicewright_app:UPDATE
  constraint api_key_parent_fkey FOREIGN KEY (parent) REFERENCES core.api_key(id)
  constraint api_key_pkey PRIMARY KEY (id)
  constraint api_key_secret_hash_key UNIQUE (secret_hash)
table core.basis_change -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  decision_id uuid not null
  subject_id uuid not null
  gate text not null
  customer_id uuid
  since timestamp(3) with time zone not null
  constraint basis_change_pkey PRIMARY KEY (provider_id, decision_id)
table core.basis_look -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT
  id uuid not null
  provider_id uuid not null
  gates text[]
  lineage_id uuid
  after uuid not null default '00000000-0000-0000-0000-000000000000'::uuid -- servicewright_app:UPDATE
  constraint basis_look_pkey PRIMARY KEY (id)
table core.basis_looked -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  at timestamp(3) with time zone not null
  constraint basis_looked_pkey PRIMARY KEY (provider_id)
table core.case_fact -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  record_id uuid not null
  record_type text not null
  service_id uuid
  customer_id uuid
  state text not null
  priority text
  category text
  team_id uuid
  opened_at timestamp(3) with time zone not null
  ended_at timestamp(3) with time zone
  closed_at timestamp(3) with time zone
  reassignments integer not null default 0
  reopens integer not null default 0
  entries integer not null default 1
  worked_minutes double precision
  target_minutes double precision
  waited_minutes double precision not null default 0
  breached boolean not null default false
  missed boolean generated always as (
CASE
    WHEN ((worked_minutes IS NOT NULL) AND (target_minutes IS NOT NULL)) THEN (breached OR (worked_minutes > target_minutes))
    ELSE NULL::boolean
END) stored
  edit bigint not null default nextval('core.case_fact_edit'::regclass)
  transaction xid8 not null default pg_current_xact_id()
  constraint case_fact_pkey PRIMARY KEY (provider_id, record_id)
sequence core.case_fact_edit -- servicewright_app:USAGE
table core.checkpoint -- servicewright_app:INSERT, servicewright_app:SELECT
  seq_to bigint not null
  seq_from bigint not null
  entries integer not null
  root text not null
  previous_root text
  at timestamp(3) with time zone not null
  key_id text not null
  signature text not null
  refusals bigint not null
  refusal_head text
  transactions text not null
  cluster text not null
  next_transaction text not null
  late jsonb not null
  constraint checkpoint_pkey PRIMARY KEY (seq_to)
table core.claim -- servicewright_app:INSERT, servicewright_app:SELECT
  id uuid not null
  provider_id uuid not null
  kind text not null
  customer_id uuid
  person_id uuid
  renews boolean not null default false
  token_hash text not null
  made_by uuid
  made_at timestamp(3) with time zone not null
  expires_at timestamp(3) with time zone not null -- servicewright_app:UPDATE
  used_at timestamp(3) with time zone -- servicewright_app:UPDATE
  used_by uuid -- servicewright_app:UPDATE
  taken_addresses integer not null default 0 -- servicewright_app:UPDATE
  constraint claim_kind_check CHECK ((kind = ANY (ARRAY['administrator'::text, 'customer'::text, 'person'::text])))
  constraint claim_pkey PRIMARY KEY (id)
  constraint claim_token_hash_key UNIQUE (token_hash)
table core.clock -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  record_id uuid not null
  kind text not null
  terms_id uuid not null
  terms_version integer not null
  definition jsonb not null
  target_minutes double precision not null
  course jsonb not null
  state text not null
  due_at timestamp(3) with time zone
  breached_at timestamp(3) with time zone
  stopped_at timestamp(3) with time zone
  constraint clock_state_check CHECK ((state = ANY (ARRAY['not_started'::text, 'running'::text, 'paused'::text, 'met'::text, 'breached_running'::text, 'breached_stopped'::text, 'cancelled'::text])))
  constraint clock_pkey PRIMARY KEY (provider_id, id)
table core.condition -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  decision_id uuid not null
  subject_id uuid not null
  text text not null
  owner_id uuid
  due_at timestamp(3) with time zone
  blocks text
  state text not null default 'open'::text -- servicewright_app:UPDATE
  met_by uuid -- servicewright_app:UPDATE
  met_at timestamp(3) with time zone -- servicewright_app:UPDATE
  evidence text -- servicewright_app:UPDATE
  reminded_at timestamp(3) with time zone -- servicewright_app:UPDATE
  lapsed_at timestamp(3) with time zone -- servicewright_app:UPDATE
  constraint condition_state_check CHECK ((state = ANY (ARRAY['open'::text, 'met'::text, 'lapsed'::text])))
  constraint condition_pkey PRIMARY KEY (provider_id, id)
table core.cursor -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  name text not null
  transaction xid8 not null default '0'::xid8
  seq bigint not null
  updated_at timestamp(3) with time zone not null
  constraint cursor_pkey PRIMARY KEY (name)
table core.customer -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  relationship text not null
  zone text not null
  claimed_at timestamp(3) with time zone
  standing text
  successor uuid
  successor_by uuid
  successor_agreed_by uuid
  announced uuid
  announced_by uuid
  announced_with uuid
  announced_until timestamp(3) with time zone
  constraint customer_relationship_check CHECK ((relationship = ANY (ARRAY['internal'::text, 'shared'::text, 'external'::text])))
  constraint customer_standing_check CHECK ((standing = ANY (ARRAY['self-declared'::text, 'confirmed'::text])))
  constraint customer_state_check CHECK ((state = ANY (ARRAY['active'::text, 'ended'::text])))
  constraint customer_pkey PRIMARY KEY (provider_id, id)
table core.decision -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  gate text not null
  subject_id uuid not null
  subject_type text not null
  subject_version integer not null
  subject_hash text not null
  evidence jsonb not null
  evidence_hash text not null
  policies jsonb not null default '[]'::jsonb
  side text not null
  outcome text not null
  variant text
  decided_by uuid not null
  role text not null
  on_behalf_of uuid
  delegation_id uuid
  customer_id uuid
  separation jsonb not null default '[]'::jsonb
  self_checked boolean not null default false
  self_declared boolean not null default false
  findings jsonb not null default '[]'::jsonb
  reason_code text
  reason text not null
  opened_at timestamp(3) with time zone
  occurred_at timestamp(3) with time zone not null
  recorded_at timestamp(3) with time zone not null
  constraint decision_check CHECK (((side = 'P'::text) OR (customer_id IS NOT NULL)))
  constraint decision_check1 CHECK ((occurred_at = recorded_at))
  constraint decision_outcome_check CHECK ((outcome = ANY (ARRAY['approve'::text, 'approve_with_conditions'::text, 'reject'::text, 'defer'::text, 'withdraw'::text, 'opt_out'::text])))
  constraint decision_side_check CHECK ((side = ANY (ARRAY['B'::text, 'P'::text])))
  constraint decision_pkey PRIMARY KEY (provider_id, id)
table core.decision_end -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  decision_id uuid not null
  state text not null
  at timestamp(3) with time zone not null
  reason text not null
  constraint decision_end_state_check CHECK ((state = ANY (ARRAY['consumed'::text, 'revoked'::text])))
  constraint decision_end_pkey PRIMARY KEY (provider_id, decision_id)
table core.delegation -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  delegator uuid not null
  delegate uuid not null
  role text not null
  customer uuid
  valid_from timestamp(3) with time zone not null
  valid_to timestamp(3) with time zone not null
  constraint delegation_check CHECK ((valid_to > valid_from))
  constraint delegation_check1 CHECK ((delegator <> delegate))
  constraint delegation_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text])))
  constraint delegation_pkey PRIMARY KEY (provider_id, id)
table core.evidence -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  subject_id uuid not null
  gate text
  title text not null
  statement text not null
  failed boolean not null default false
  file_name text
  file_hash text
  role text not null
  customer_id uuid
  attested_by uuid not null
  attested_at timestamp(3) with time zone not null
  expires_at timestamp(3) with time zone
  hash text not null
  withdraws uuid
  subject_hash text
  constraint evidence_pkey PRIMARY KEY (provider_id, id)
table core.file -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  record_id uuid not null
  audience text not null
  commitment text not null
  size bigint not null
  sha256 text not null
  kind text
  declared text
  given_by uuid not null
  at timestamp(3) with time zone not null
  gone text -- servicewright_app:UPDATE
  gone_by uuid -- servicewright_app:UPDATE
  gone_at timestamp(3) with time zone -- servicewright_app:UPDATE
  constraint file_audience_check CHECK ((audience = ANY (ARRAY['public'::text, 'internal'::text])))
  constraint file_gone_check CHECK ((gone = ANY (ARRAY['removed'::text, 'erased'::text])))
  constraint file_size_check CHECK ((size > 0))
  constraint file_pkey PRIMARY KEY (provider_id, id)
table core.file_chunk -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  file_id uuid not null
  number integer not null
  bytes bytea not null
  constraint file_chunk_bytes_check CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 1048576)))
  constraint file_chunk_provider_id_file_id_fkey FOREIGN KEY (provider_id, file_id) REFERENCES core.file(provider_id, id)
  constraint file_chunk_pkey PRIMARY KEY (provider_id, file_id, number)
table core.health_warning -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  code text not null
  of text not null
  place text not null
  sentence text not null
  hint text not null
  seen_at timestamp(3) with time zone not null
  constraint health_warning_pkey PRIMARY KEY (code, of, place)
table core.horizon -- servicewright_app:SELECT
  one boolean not null default true
  seq bigint not null
  transaction xid8 not null
  constraint horizon_one_check CHECK (one)
  constraint horizon_pkey PRIMARY KEY (one)
table core.idempotency -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  principal_id uuid not null
  key text not null
  request_hash text not null
  status integer
  response jsonb -- servicewright_app:UPDATE
  created_at timestamp(3) with time zone not null
  constraint idempotency_pkey PRIMARY KEY (provider_id, principal_id, key)
table core.import_part -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  upload_id uuid not null
  number integer not null
  bytes bytea not null
  constraint import_part_pkey PRIMARY KEY (provider_id, upload_id, number)
table core.import_reject -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  run_id uuid not null
  line bigint not null
  key text not null
  reason text not null
  constraint import_reject_pkey PRIMARY KEY (provider_id, run_id, line)
table core.import_run -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  record_type text not null
  system text not null
  mapping jsonb not null
  file_name text not null
  file_hash text not null
  file_bytes bigint not null
  upload_id uuid
  given jsonb not null
  customer_id uuid
  state text not null
  started_by uuid
  started_at timestamp(3) with time zone not null
  ended_at timestamp(3) with time zone
  fault jsonb
  cancel_asked boolean not null default false
  bytes_read bigint not null default 0
  rows_read bigint not null default 0
  rows_unreadable bigint not null default 0
  done_key text
  rows_done bigint not null default 0
  records bigint not null default 0
  made bigint not null default 0
  updated bigint not null default 0
  unchanged bigint not null default 0
  rows_left_out bigint not null default 0
  parties bigint not null default 0
  deviations jsonb not null default '{}'::jsonb
  writing_since timestamp(3) with time zone
  writing_from bigint
  first_at timestamp(3) with time zone
  last_at timestamp(3) with time zone
  taken_back_at timestamp(3) with time zone
  taken_back_by uuid
  taken_back_reason text
  constraint import_run_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'writing'::text, 'ended'::text, 'cancelled'::text, 'refused'::text, 'failed'::text, 'taken_back'::text])))
  constraint import_run_pkey PRIMARY KEY (provider_id, id)
table core.import_upload -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  name text not null
  bytes bigint not null
  hash text not null
  uploaded_by uuid
  uploaded_at timestamp(3) with time zone not null
  constraint import_upload_pkey PRIMARY KEY (provider_id, id)
table core.installation -- servicewright_app:SELECT
  one boolean not null default true
  keys text not null
  constraint installation_one_check CHECK (one)
  constraint installation_pkey PRIMARY KEY (one)
table core.item -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  record_id uuid not null
  item text not null
  "position" integer not null
  mandatory boolean not null
  applicable boolean not null default true -- servicewright_app:UPDATE
  not_applicable_reason text -- servicewright_app:UPDATE
  statement text -- servicewright_app:UPDATE
  state text not null default 'missing'::text -- servicewright_app:UPDATE
  drafted_by uuid -- servicewright_app:UPDATE
  accepted_by uuid -- servicewright_app:UPDATE
  accepted_role text -- servicewright_app:UPDATE
  self_checked boolean not null default false -- servicewright_app:UPDATE
  finding text -- servicewright_app:UPDATE
  updated_at timestamp(3) with time zone not null -- servicewright_app:UPDATE
  file_hash text -- servicewright_app:UPDATE
  constraint item_state_check CHECK ((state = ANY (ARRAY['missing'::text, 'drafted'::text, 'accepted'::text, 'rejected'::text])))
  constraint item_pkey PRIMARY KEY (provider_id, record_id, item)
table core.journal partition by RANGE (recorded_at) -- servicewright_app:SELECT
  provider_id uuid not null -- servicewright_app:INSERT
  transaction xid8 not null default pg_current_xact_id()
  seq bigint not null default nextval('core.journal_seq'::regclass)
  recorded_at timestamp(3) with time zone not null -- servicewright_app:INSERT
  occurred_at timestamp(3) with time zone not null -- servicewright_app:INSERT
  record_id uuid not null -- servicewright_app:INSERT
  record_type text not null -- servicewright_app:INSERT
  version integer not null -- servicewright_app:INSERT
  kind text not null -- servicewright_app:INSERT
  actor_id uuid -- servicewright_app:INSERT
  actor_kind text not null -- servicewright_app:INSERT
  on_behalf_of uuid -- servicewright_app:INSERT
  channel text not null -- servicewright_app:INSERT
  move text -- servicewright_app:INSERT
  from_state text -- servicewright_app:INSERT
  to_state text -- servicewright_app:INSERT
  edits jsonb not null -- servicewright_app:INSERT
  reason_code text -- servicewright_app:INSERT
  reason text -- servicewright_app:INSERT
  cause uuid -- servicewright_app:INSERT
  decision_id uuid -- servicewright_app:INSERT
  source text -- servicewright_app:INSERT
  content_hash text not null -- servicewright_app:INSERT
  previous_hash text -- servicewright_app:INSERT
  hash text not null -- servicewright_app:INSERT
  constraint journal_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'system'::text])))
  constraint journal_kind_check CHECK ((kind = ANY (ARRAY['created'::text, 'edited'::text, 'moved'::text, 'decided'::text, 'linked'::text, 'attested'::text, 'noted'::text, 'recounted'::text, 'observed'::text, 'erased'::text, 'corrected'::text, 'shared'::text])))
  constraint journal_pkey PRIMARY KEY (provider_id, recorded_at, seq)
sequence core.journal_seq -- servicewright_app:SELECT, servicewright_app:USAGE
table core.lineage_side -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  lineage_id uuid not null
  person_id uuid not null
  side text not null
  since timestamp(3) with time zone not null
  constraint lineage_side_side_check CHECK ((side = ANY (ARRAY['B'::text, 'P'::text, 'X'::text])))
  constraint lineage_side_pkey PRIMARY KEY (provider_id, lineage_id, person_id)
table core.link -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  type text not null
  from_id uuid not null
  to_id uuid not null
  from_hash text not null -- servicewright_app:UPDATE
  to_hash text not null -- servicewright_app:UPDATE
  asserted_by uuid
  asserted_at timestamp(3) with time zone not null
  withdrawn_at timestamp(3) with time zone -- servicewright_app:UPDATE
  constraint link_pkey PRIMARY KEY (provider_id, id)
table core.migration -- servicewright_app:SELECT
  name text not null
  sha256 text not null
  applied_at timestamp(3) with time zone not null default now()
  constraint migration_pkey PRIMARY KEY (name)
table core.note -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  record_id uuid not null
  audience text not null
  commitment text not null
  author_id uuid not null
  at timestamp(3) with time zone not null
  constraint note_audience_check CHECK ((audience = ANY (ARRAY['public'::text, 'internal'::text])))
  constraint note_pkey PRIMARY KEY (provider_id, id)
sequence core.number_customer -- servicewright_app:USAGE
sequence core.number_delegation -- servicewright_app:USAGE
sequence core.number_person -- servicewright_app:USAGE
sequence core.number_role_grant -- servicewright_app:USAGE
sequence core.number_team -- servicewright_app:USAGE
table core.person -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  email text
  customer uuid
  source_key text
  constraint person_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'left'::text])))
  constraint person_pkey PRIMARY KEY (provider_id, id)
table core.personal_value -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  record_id uuid not null
  commitment text not null
  field text not null
  salt text -- servicewright_app:UPDATE
  value jsonb -- servicewright_app:UPDATE
  erased_at timestamp(3) with time zone -- servicewright_app:UPDATE
  constraint personal_value_pkey PRIMARY KEY (provider_id, record_id, commitment)
table core.provider -- servicewright_app:INSERT, servicewright_app:SELECT
  id uuid not null
  name text not null
  kind text not null
  example boolean not null default false
  scenario_now timestamp(3) with time zone -- servicewright_app:UPDATE
  created_at timestamp(3) with time zone not null
  constraint provider_check CHECK (((scenario_now IS NULL) OR example))
  constraint provider_kind_check CHECK ((kind = ANY (ARRAY['internal'::text, 'shared'::text, 'external'::text])))
  constraint provider_pkey PRIMARY KEY (id)
table core.record -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  type text not null
  number bigint not null
  ref text not null
  title text not null -- servicewright_app:UPDATE
  state text not null -- servicewright_app:UPDATE
  stage text not null
  version integer not null -- servicewright_app:UPDATE
  customers uuid[] not null default '{}'::uuid[] -- servicewright_app:UPDATE
  owner_id uuid -- servicewright_app:UPDATE
  lineage_id uuid not null
  profile text
  content_hash text not null -- servicewright_app:UPDATE
  head_hash text not null -- servicewright_app:UPDATE
  commitments jsonb not null default '{}'::jsonb -- servicewright_app:UPDATE
  next_move text -- servicewright_app:UPDATE
  next_move_at timestamp(3) with time zone -- servicewright_app:UPDATE
  search_text text not null default ''::text -- servicewright_app:UPDATE
  search tsvector generated always as (array_to_tsvector(string_to_array(search_text, ' '::text))) stored
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null -- servicewright_app:UPDATE
  constraint record_profile_check CHECK ((profile = ANY (ARRAY['light'::text, 'standard'::text, 'regulated'::text])))
  constraint record_pkey PRIMARY KEY (provider_id, id)
  constraint record_provider_id_ref_key UNIQUE (provider_id, ref)
  constraint record_provider_id_type_number_key UNIQUE (provider_id, type, number)
table core.refusal -- servicewright_app:SELECT
  provider_id uuid -- servicewright_app:INSERT
  id uuid not null -- servicewright_app:INSERT
  at timestamp(3) with time zone not null -- servicewright_app:INSERT
  actor_id uuid -- servicewright_app:INSERT
  channel text not null -- servicewright_app:INSERT
  record_id uuid -- servicewright_app:INSERT
  record_type text -- servicewright_app:INSERT
  command text not null -- servicewright_app:INSERT
  kind text not null -- servicewright_app:INSERT
  codes text[] not null -- servicewright_app:INSERT
  refusals jsonb not null -- servicewright_app:INSERT
  transaction xid8 not null default pg_current_xact_id()
  number bigint not null
  previous_hash text
  hash text not null
  constraint refusal_pkey PRIMARY KEY (id)
table core.role_grant -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  person uuid not null
  role text not null
  customer uuid
  limit_minor bigint
  limit_currency text
  valid_from timestamp(3) with time zone
  valid_to timestamp(3) with time zone
  constraint role_grant_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text])))
  constraint role_grant_pkey PRIMARY KEY (provider_id, id)
table core.share -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  record_id uuid not null
  customer_id uuid not null
  kind text not null
  state text not null -- servicewright_app:UPDATE
  reason text not null
  asked_by uuid not null
  asked_at timestamp(3) with time zone not null
  since timestamp(3) with time zone -- servicewright_app:UPDATE
  constraint share_check CHECK (((state = 'done'::text) = (since IS NOT NULL)))
  constraint share_kind_check CHECK ((kind = ANY (ARRAY['join'::text, 'leave'::text])))
  constraint share_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'done'::text, 'declined'::text, 'withdrawn'::text])))
  constraint share_pkey PRIMARY KEY (provider_id, id)
table core.share_consent -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  id uuid not null
  share_id uuid not null
  record_id uuid not null
  customer_id uuid not null
  consents boolean not null
  given_by uuid not null
  at timestamp(3) with time zone not null
  constraint share_consent_pkey PRIMARY KEY (provider_id, id)
  constraint share_consent_provider_id_share_id_customer_id_key UNIQUE (provider_id, share_id, customer_id)
table core.sign_in -- servicewright_app:INSERT, servicewright_app:SELECT
  user_id text not null
  provider_id uuid not null
  person_id uuid not null
  constraint sign_in_pkey PRIMARY KEY (user_id)
table core.source_key -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  record_type text not null
  system text not null
  customer_id uuid
  key text not null
  record_id uuid not null
  made_by uuid
  read_by uuid
  read_at timestamp(3) with time zone not null
  seen bytea not null default '\x'::bytea
  last_at timestamp(3) with time zone
  last_place double precision
  constraint source_key_provider_id_record_type_system_customer_id_key_key UNIQUE NULLS NOT DISTINCT (provider_id, record_type, system, customer_id, key)
table core.team -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  source_key text
  members jsonb
  constraint team_state_check CHECK ((state = ANY (ARRAY['active'::text, 'ended'::text])))
  constraint team_pkey PRIMARY KEY (provider_id, id)
table design.component -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  design_package uuid
  kind text
  description text
  options jsonb
  sourcing text
  rationale text
  exit_option text
  supplier text
  contract text
  contract_state text
  contract_ends date
  repository text
  artefact_version text
  artefact_hash text
  licence text
  constraint component_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'sourcing'::text, 'developing'::text, 'procuring'::text, 'received'::text, 'integrated'::text, 'baselined'::text, 'in_service'::text, 'deprecated'::text, 'withdrawn'::text])))
  constraint component_pkey PRIMARY KEY (provider_id, id)
table design.design_package -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  package uuid not null
  kind text
  solution text
  options jsonb
  one_off_cost_minor bigint
  one_off_cost_currency text
  run_cost_per_month_minor bigint
  run_cost_per_month_currency text
  cost_variance double precision
  predicted_availability double precision
  variances jsonb
  instruments jsonb
  service uuid
  answers jsonb
  constraint design_package_state_check CHECK ((state = ANY (ARRAY['initiated'::text, 'in_design'::text, 'in_review'::text, 'complete'::text, 'accepted'::text, 'baselined'::text, 'rejected'::text, 'on_hold'::text, 'superseded'::text, 'cancelled'::text])))
  constraint design_package_pkey PRIMARY KEY (provider_id, id)
sequence design.number_component -- servicewright_app:USAGE
sequence design.number_design_package -- servicewright_app:USAGE
table handover.agreement_in_force -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  agreement_id uuid not null
  version integer not null
  service_id uuid not null
  customer_id uuid not null
  from_at timestamp(3) with time zone not null
  to_at timestamp(3) with time zone -- servicewright_app:UPDATE
  definition jsonb not null
  content_hash text not null
  constraint agreement_in_force_pkey PRIMARY KEY (provider_id, agreement_id, version)
table handover.live_interval -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  subscription_id uuid not null
  service_version_id uuid not null
  service_id uuid not null
  customer_id uuid not null
  lineage_id uuid not null
  from_at timestamp(3) with time zone not null
  to_at timestamp(3) with time zone -- servicewright_app:UPDATE
  constraint live_interval_pkey PRIMARY KEY (provider_id, subscription_id, from_at)
sequence handover.number_requirement_back -- servicewright_app:USAGE
sequence handover.number_service_design_package_hand_over -- servicewright_app:USAGE
sequence handover.number_service_package_hand_over -- servicewright_app:USAGE
sequence handover.number_service_performance -- servicewright_app:USAGE
sequence handover.number_service_release_hand_over -- servicewright_app:USAGE
table handover.package_summary -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  package_id uuid not null
  lineage_id uuid not null
  service_id uuid
  service_version_id uuid
  state text not null
  one_off_cost_minor bigint
  run_cost_minor bigint
  funding_minor bigint
  currency text
  cost_tolerance double precision
  availability_target double precision
  support_hours text
  restore_targets jsonb not null default '[]'::jsonb
  criticality text
  outcomes jsonb not null default '[]'::jsonb
  updated_at timestamp(3) with time zone not null
  constraint package_summary_pkey PRIMARY KEY (provider_id, package_id)
table handover.requirement_back -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  subject uuid not null
  edition integer not null
  target_stage text
  reason text
  requester uuid
  note text
  contents jsonb not null
  findings jsonb
  answered_by uuid
  constraint requirement_back_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'returned'::text, 'withdrawn'::text])))
  constraint requirement_back_pkey PRIMARY KEY (provider_id, id)
table handover.service_design_package -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  subject uuid not null
  edition integer not null
  items_accepted integer
  note text
  contents jsonb not null
  findings jsonb
  answered_by uuid
  constraint service_design_package_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'returned'::text, 'withdrawn'::text])))
  constraint service_design_package_pkey PRIMARY KEY (provider_id, id)
table handover.service_package -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  subject uuid not null
  edition integer not null
  note text
  contents jsonb not null
  findings jsonb
  answered_by uuid
  constraint service_package_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'returned'::text, 'withdrawn'::text])))
  constraint service_package_pkey PRIMARY KEY (provider_id, id)
table handover.service_performance -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  subject uuid not null
  edition integer not null
  for_customer uuid
  period_from date
  period_to date
  logged integer
  restored integer
  open_at_end integer
  target_met integer
  target_missed integer
  not_measurable integer
  median_restore_minutes double precision
  reopened integer
  handed_over_twice integer
  note text
  contents jsonb not null
  findings jsonb
  answered_by uuid
  constraint service_performance_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'returned'::text, 'withdrawn'::text])))
  constraint service_performance_pkey PRIMARY KEY (provider_id, id)
table handover.service_release -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  subject uuid not null
  edition integer not null
  note text
  contents jsonb not null
  findings jsonb
  answered_by uuid
  constraint service_release_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'returned'::text, 'withdrawn'::text])))
  constraint service_release_pkey PRIMARY KEY (provider_id, id)
table handover.service_summary -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  service_id uuid not null
  customers uuid[] not null
  open_incidents integer not null
  incidents_last_30 integer not null
  updated_at timestamp(3) with time zone not null
  constraint service_summary_pkey PRIMARY KEY (provider_id, service_id, customers)
table identity."rateLimit" -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  id uuid not null default gen_random_uuid()
  key text not null
  count integer not null
  "lastRequest" bigint not null
  constraint "rateLimit_pkey" PRIMARY KEY (id)
  constraint "rateLimit_key_key" UNIQUE (key)
table identity."twoFactor" -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  id uuid not null default gen_random_uuid()
  secret text not null
  "backupCodes" text not null
  "userId" uuid not null
  verified boolean
  "failedVerificationCount" integer
  "lockedUntil" timestamp with time zone
  constraint "twoFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES identity."user"(id) ON DELETE CASCADE
  constraint "twoFactor_pkey" PRIMARY KEY (id)
table identity."user" -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  id uuid not null default gen_random_uuid()
  name text not null
  email text not null
  "emailVerified" boolean not null
  image text
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  "updatedAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  "twoFactorEnabled" boolean
  constraint user_pkey PRIMARY KEY (id)
  constraint user_email_key UNIQUE (email)
table identity.account -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  id uuid not null default gen_random_uuid()
  "accountId" text not null
  "providerId" text not null
  "userId" uuid not null
  "accessToken" text
  "refreshToken" text
  "idToken" text
  "accessTokenExpiresAt" timestamp with time zone
  "refreshTokenExpiresAt" timestamp with time zone
  scope text
  password text
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  "updatedAt" timestamp with time zone not null
  constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES identity."user"(id) ON DELETE CASCADE
  constraint account_pkey PRIMARY KEY (id)
table identity.session -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  id uuid not null default gen_random_uuid()
  "expiresAt" timestamp with time zone not null
  token text not null
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  "updatedAt" timestamp with time zone not null
  "ipAddress" text
  "userAgent" text
  "userId" uuid not null
  constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES identity."user"(id) ON DELETE CASCADE
  constraint session_pkey PRIMARY KEY (id)
  constraint session_token_key UNIQUE (token)
table identity.sign_in_failure -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  key text not null
  count integer not null
  last_at timestamp with time zone not null
  wait_until timestamp with time zone
  constraint sign_in_failure_pkey PRIMARY KEY (key)
table identity.used_code -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  user_id uuid not null
  code_hash text not null
  used_at timestamp with time zone not null
  constraint used_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
  constraint used_code_pkey PRIMARY KEY (user_id, code_hash)
table identity.verification -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  id uuid not null default gen_random_uuid()
  identifier text not null
  value text not null
  "expiresAt" timestamp with time zone not null
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  "updatedAt" timestamp with time zone not null default CURRENT_TIMESTAMP
  constraint verification_pkey PRIMARY KEY (id)
table improvement.attained -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  measurement_id uuid not null
  outcome_id uuid not null
  package_id uuid not null
  day date not null
  service_id uuid not null
  customer_id uuid
  weight double precision not null
  attainment double precision not null
  unclamped double precision not null
  constraint attained_pkey PRIMARY KEY (provider_id, measurement_id)
table improvement.cursor -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  name text not null
  transaction xid8 not null default '0'::xid8
  place bigint not null
  constraint cursor_pkey PRIMARY KEY (name)
table improvement.gate_wait -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  decision_id uuid not null
  day date not null
  gate text not null
  side text not null
  subject_id uuid not null
  lineage_id uuid not null
  customer_id uuid
  waited_days double precision
  constraint gate_wait_pkey PRIMARY KEY (provider_id, decision_id)
table improvement.improvement -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  description text not null
  origin_stage text not null
  cell text
  service uuid
  outcome uuid
  customer uuid
  size text
  timescale text
  target_stage text
  metric text
  unit text
  baseline_value double precision
  target_value double precision
  benefit text
  benefit_per_month_minor bigint
  benefit_per_month_currency text
  one_off_cost_minor bigint
  one_off_cost_currency text
  run_cost_per_month_minor bigint
  run_cost_per_month_currency text
  risk text
  verification_plan text
  washout_days integer
  after_days integer
  before_series jsonb
  baseline_frozen jsonb
  review_at date
  answers jsonb
  implemented_on date
  after_series jsonb
  verdict jsonb
  merged_into uuid
  dedup_key text
  detector text
  occurrences integer
  last_seen_at timestamp(3) with time zone
  constraint improvement_state_check CHECK ((state = ANY (ARRAY['identified'::text, 'analysing'::text, 'justified'::text, 'approved'::text, 'declined'::text, 'deferred'::text, 'routed'::text, 'implementing'::text, 'implemented'::text, 'verifying'::text, 'verified_effective'::text, 'verified_not_effective'::text, 'closed'::text, 'merged'::text])))
  constraint improvement_pkey PRIMARY KEY (provider_id, id)
table improvement.incident_day -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  record_id uuid not null
  opened_day date not null
  restored_day date
  constraint incident_day_pkey PRIMARY KEY (provider_id, record_id)
sequence improvement.number_improvement -- servicewright_app:USAGE
sequence improvement.number_outcome_measurement -- servicewright_app:USAGE
table improvement.observed_period -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  service_id uuid not null
  from_day date not null
  to_day date not null
  min_n integer not null
  declared_by uuid not null
  declared_at timestamp(3) with time zone not null
  number bigint not null generated always as identity
  constraint observed_period_check CHECK ((to_day >= from_day))
  constraint observed_period_min_n_check CHECK ((min_n >= 1))
  constraint observed_period_pkey PRIMARY KEY (provider_id, service_id, number)
sequence improvement.observed_period_number_seq
table improvement.outcome_measurement -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  outcome uuid not null
  period_from date not null
  period_to date not null
  value double precision not null
  grade text not null
  source text not null
  evidence text
  constraint outcome_measurement_state_check CHECK ((state = ANY (ARRAY['recorded'::text, 'corrected'::text])))
  constraint outcome_measurement_pkey PRIMARY KEY (provider_id, id)
table improvement.rollup -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  service_id uuid not null
  customer_id uuid not null
  metric text not null
  grain text not null
  day date not null
  n integer not null
  numerator double precision
  denominator double precision
  value double precision
  computed_at timestamp(3) with time zone not null
  known_to timestamp(3) with time zone not null
  constraint rollup_grain_check CHECK ((grain = ANY (ARRAY['day'::text, 'week'::text, 'month'::text])))
  constraint rollup_pkey PRIMARY KEY (provider_id, service_id, customer_id, metric, grain, day)
table improvement.step_day -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  day date not null
  service_id uuid not null
  lineage_id uuid not null
  customer_id uuid not null
  stage text not null
  observed integer not null
  known integer not null
  moves integer not null
  back_moves integer not null
  constraint step_day_pkey PRIMARY KEY (provider_id, day, service_id, lineage_id, customer_id, stage)
table improvement.touched -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  source text not null
  day date not null
  constraint touched_pkey PRIMARY KEY (provider_id, source, day)
table improvement.zone -- servicewright_app:INSERT, servicewright_app:SELECT
  provider_id uuid not null
  service_id uuid not null
  customer_id uuid not null
  zone text not null
  constraint zone_pkey PRIMARY KEY (provider_id, service_id, customer_id)
table operation.agreement -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  service uuid not null
  customer uuid not null
  calendar jsonb
  zone text
  targets jsonb
  pause_reasons jsonb
  reopen_policy text
  availability_target double precision
  exclusions text
  effective_from timestamp(3) with time zone
  signed_by_customer uuid
  signed_by_provider uuid
  agreement_version integer
  hash_in_force text
  constraint agreement_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'negotiating'::text, 'agreed'::text, 'in_force'::text, 'under_review'::text, 'terminated'::text])))
  constraint agreement_pkey PRIMARY KEY (provider_id, id)
table operation.counted_incident -- servicewright_app:DELETE, servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  incident_id uuid not null
  service_id uuid
  customers uuid[] not null
  open boolean not null
  recent boolean not null
  logged_at timestamp(3) with time zone
  constraint counted_incident_pkey PRIMARY KEY (provider_id, incident_id)
table operation.incident -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  service uuid
  component uuid
  source text
  impact text
  urgency text
  priority text
  category text
  team uuid
  assignee uuid
  caller uuid
  description text
  impact_start_at timestamp(3) with time zone
  logged_at timestamp(3) with time zone
  pending_reason text
  resolution_code text
  resolution text
  service_restored_at timestamp(3) with time zone
  responded_at timestamp(3) with time zone
  resolved_at timestamp(3) with time zone
  reopen_count integer
  reassignment_count integer
  next_due_at timestamp(3) with time zone
  source_key text
  source_code text
  breached boolean
  constraint incident_state_check CHECK ((state = ANY (ARRAY['new'::text, 'assigned'::text, 'in_progress'::text, 'pending'::text, 'resolved'::text, 'closed'::text, 'cancelled'::text])))
  constraint incident_pkey PRIMARY KEY (provider_id, id)
table operation.known_error -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  problem uuid
  defect text
  service uuid
  component uuid
  category text
  affected_versions text
  symptom text
  detection_rule text
  workaround text
  workaround_by uuid
  verification text
  fixed_version text
  usage_count integer
  failure_count integer
  constraint known_error_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'workaround_verified'::text, 'fix_scheduled'::text, 'resolved'::text, 'archived'::text])))
  constraint known_error_pkey PRIMARY KEY (provider_id, id)
sequence operation.number_agreement -- servicewright_app:USAGE
sequence operation.number_incident -- servicewright_app:USAGE
sequence operation.number_known_error -- servicewright_app:USAGE
sequence operation.number_problem -- servicewright_app:USAGE
sequence operation.number_work_standard -- servicewright_app:USAGE
table operation.problem -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  service uuid
  component uuid
  category text
  source text
  source_named text
  description text
  frequency text
  impact text
  recurrence_cost text
  priority text
  team uuid
  assignee uuid
  method text
  causes jsonb
  contributing_factors jsonb
  origin_stage text
  cost_benefit text
  residual_impact text
  review_at date
  resolution text
  duplicate_of uuid
  resolved_at timestamp(3) with time zone
  recurrence_count integer
  effective boolean
  logged_at timestamp(3) with time zone
  next_due_at timestamp(3) with time zone
  breached boolean
  constraint problem_state_check CHECK ((state = ANY (ARRAY['detected'::text, 'logged'::text, 'prioritised'::text, 'investigating'::text, 'root_cause_known'::text, 'resolution_pending'::text, 'resolved'::text, 'closed'::text, 'cancelled'::text, 'accepted_unresolved'::text])))
  constraint problem_pkey PRIMARY KEY (provider_id, id)
table operation.work_standard -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  applies_to text not null
  calendar jsonb
  zone text
  targets jsonb
  in_force_from timestamp(3) with time zone
  in_force_to timestamp(3) with time zone
  constraint work_standard_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'in_force'::text, 'ended'::text])))
  constraint work_standard_pkey PRIMARY KEY (provider_id, id)
table strategy.business_requirement -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  statement text not null
  trigger text not null
  trigger_source text
  priority text
  required_by date
  customer uuid
  business_units jsonb
  stakeholders jsonb
  affected_services text
  answers jsonb
  constraint business_requirement_state_check CHECK ((state = ANY (ARRAY['identified'::text, 'analysing'::text, 'agreed'::text, 'packaged'::text, 'in_delivery'::text, 'satisfied'::text, 'not_satisfied'::text, 'declined'::text, 'superseded'::text, 'withdrawn'::text])))
  constraint business_requirement_pkey PRIMARY KEY (provider_id, id)
sequence strategy.number_business_requirement -- servicewright_app:USAGE
sequence strategy.number_outcome -- servicewright_app:USAGE
sequence strategy.number_outcome_amendment -- servicewright_app:USAGE
sequence strategy.number_policy -- servicewright_app:USAGE
sequence strategy.number_policy_waiver -- servicewright_app:USAGE
sequence strategy.number_service -- servicewright_app:USAGE
sequence strategy.number_service_package -- servicewright_app:USAGE
sequence strategy.number_service_version -- servicewright_app:USAGE
sequence strategy.number_subscription -- servicewright_app:USAGE
table strategy.outcome -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  requirement uuid not null
  statement text not null
  measure text
  unit text
  direction text
  baseline double precision
  baseline_from date
  baseline_to date
  target double precision
  attain_by date
  sustain_periods integer
  period text
  source text
  weight double precision
  unit_value_minor bigint
  unit_value_currency text
  verifier uuid
  latest double precision
  latest_at timestamp with time zone
  attainment double precision
  unclamped_attainment double precision
  attained_periods integer
  latest_grade text
  missed_periods integer
  constraint outcome_state_check CHECK ((state = ANY (ARRAY['stated'::text, 'agreed'::text, 'withdrawn'::text])))
  constraint outcome_pkey PRIMARY KEY (provider_id, id)
table strategy.outcome_amendment -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  outcome uuid not null
  kind text not null
  why text not null
  statement text
  measure text
  unit text
  direction text
  baseline double precision
  baseline_from date
  baseline_to date
  target double precision
  attain_by date
  sustain_periods integer
  period text
  source text
  weight double precision
  unit_value_minor bigint
  unit_value_currency text
  verifier uuid
  differences jsonb
  constraint outcome_amendment_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'applied'::text, 'refused'::text, 'withdrawn'::text])))
  constraint outcome_amendment_pkey PRIMARY KEY (provider_id, id)
table strategy.policy -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  statement text not null
  rule text not null
  gates jsonb
  effect text not null
  effective_from date
  constraint policy_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'reviewed'::text, 'approved'::text, 'in_force'::text, 'superseded'::text, 'withdrawn'::text])))
  constraint policy_pkey PRIMARY KEY (provider_id, id)
table strategy.policy_waiver -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  policy uuid not null
  subject uuid not null
  reason text not null
  control text
  risk text
  valid_until date
  constraint policy_waiver_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'granted'::text, 'refused'::text, 'expired'::text, 'revoked'::text])))
  constraint policy_waiver_pkey PRIMARY KEY (provider_id, id)
table strategy.service -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  description text
  criticality text
  decide_by date
  taken_over_at timestamp(3) with time zone
  status text
  constraint service_state_check CHECK ((state = ANY (ARRAY['undecided'::text, 'taken_over'::text, 'pipeline'::text, 'catalogue'::text, 'retired'::text])))
  constraint service_pkey PRIMARY KEY (provider_id, id)
table strategy.service_package -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  requirement uuid
  service uuid
  service_version uuid
  summary text
  out_of_scope text
  one_off_cost_minor bigint
  one_off_cost_currency text
  run_cost_per_month_minor bigint
  run_cost_per_month_currency text
  funding_minor bigint
  funding_currency text
  cost_tolerance double precision
  planned_benefit_per_month_minor bigint
  planned_benefit_per_month_currency text
  offer_valid_until date
  chargeable boolean
  charging text
  support_hours text
  availability_target double precision
  restore_targets jsonb
  criticality text
  required_by date
  review_every_months integer
  design_lead uuid
  resource_plan text
  sunk_cost_minor bigint
  sunk_cost_currency text
  answers jsonb
  quorum text
  lead_customer uuid
  quorum_percent integer
  funding_shares jsonb
  constraint service_package_state_check CHECK ((state = ANY (ARRAY['drafting'::text, 'submitted'::text, 'offered'::text, 'agreed'::text, 'chartered'::text, 'in_design'::text, 'delivered'::text, 'declined'::text, 'declined_by_provider'::text, 'superseded'::text, 'cancelled'::text])))
  constraint service_package_pkey PRIMARY KEY (provider_id, id)
table strategy.service_version -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  service uuid not null
  package uuid
  version_number integer not null
  retirement_plan text
  retire_on date
  constraint service_version_state_check CHECK ((state = ANY (ARRAY['requirements'::text, 'defined'::text, 'analysed'::text, 'approved'::text, 'chartered'::text, 'designed'::text, 'developed'::text, 'built'::text, 'tested'::text, 'released'::text, 'live_els'::text, 'live'::text, 'live_restricted'::text, 'retiring'::text, 'retired'::text, 'on_hold'::text, 'cancelled'::text])))
  constraint service_version_pkey PRIMARY KEY (provider_id, id)
table strategy.subscription -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  service_version uuid not null
  service uuid not null
  customer uuid not null
  agreement uuid
  live_since timestamp(3) with time zone
  constraint subscription_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'released'::text, 'live_els'::text, 'live'::text, 'retiring'::text, 'ended'::text])))
  constraint subscription_pkey PRIMARY KEY (provider_id, id)
table transition."freeze" -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  service uuid
  freeze_from timestamp(3) with time zone
  freeze_to timestamp(3) with time zone
  freeze_zone text
  cause text
  exception_for uuid
  declared_by_side text
  constraint freeze_state_check CHECK ((state = ANY (ARRAY['declared'::text, 'lifted'::text])))
  constraint freeze_pkey PRIMARY KEY (provider_id, id)
table transition.change -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  service uuid
  raised_by uuid
  reason text
  benefit text
  risks text
  resources text
  responsible uuid
  relationships text
  agreement_impact text
  back_out_plan text
  test_plan text
  impact integer
  likelihood integer
  touches_agreement boolean
  outage_in_service_hours boolean
  cost_minor bigint
  cost_currency text
  risk_score integer
  risk_level text
  test_evidence text
  back_out_test text
  window_from timestamp(3) with time zone
  window_to timestamp(3) with time zone
  window_zone text
  back_out_latest timestamp(3) with time zone
  review_criteria text
  verification text
  backed_out boolean
  review_summary text
  side_effects text
  answers jsonb
  constraint change_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'assessing'::text, 'authorised_build'::text, 'building'::text, 'built_tested'::text, 'authorised_deploy'::text, 'scheduled'::text, 'implementing'::text, 'implemented'::text, 'in_review'::text, 'closed_successful'::text, 'closed_successful_with_issues'::text, 'closed_failed_backed_out'::text, 'closed_failed_fixed_forward'::text, 'closed_partially_implemented'::text, 'rejected'::text, 'cancelled'::text])))
  constraint change_pkey PRIMARY KEY (provider_id, id)
table transition.criterion_waiver -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  subject uuid not null
  criterion text not null
  statement text
  impact text not null
  control text
  valid_until date not null
  ended_at timestamp(3) with time zone
  constraint criterion_waiver_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'granted'::text, 'expired'::text, 'refused'::text, 'dropped'::text])))
  constraint criterion_waiver_pkey PRIMARY KEY (provider_id, id)
table transition.early_life_support -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  release uuid not null
  team text
  window_days integer
  criteria jsonb
  activated_at timestamp(3) with time zone
  window_from timestamp(3) with time zone
  extensions integer
  constraint early_life_support_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'active'::text, 'exit_requested'::text, 'exited'::text, 'aborted'::text])))
  constraint early_life_support_pkey PRIMARY KEY (provider_id, id)
sequence transition.number_change -- servicewright_app:USAGE
sequence transition.number_criterion_waiver -- servicewright_app:USAGE
sequence transition.number_early_life_support -- servicewright_app:USAGE
sequence transition.number_freeze -- servicewright_app:USAGE
sequence transition.number_release -- servicewright_app:USAGE
table transition.release -- servicewright_app:INSERT, servicewright_app:SELECT, servicewright_app:UPDATE
  provider_id uuid not null
  id uuid not null
  state text not null
  design_package uuid
  service_version uuid
  purpose text
  kind text
  mode text
  go_live_on date
  manifest jsonb
  manifest_hash text
  criteria jsonb
  known_errors text
  back_out_plan text
  back_out_rehearsed boolean
  no_return_at timestamp(3) with time zone
  root_cause text
  answers jsonb
  constraint release_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'building'::text, 'built'::text, 'tested'::text, 'validated'::text, 'accepted'::text, 'deploying'::text, 'deployed'::text, 'verified'::text, 'backed_out'::text, 'fixed_forward'::text, 'closed'::text, 'cancelled'::text])))
  constraint release_pkey PRIMARY KEY (provider_id, id)

-- indexes
CREATE INDEX api_key_of_parent ON core.api_key USING btree (parent) WHERE (parent IS NOT NULL)
CREATE INDEX api_key_of_person ON core.api_key USING btree (provider_id, person_id)
CREATE INDEX basis_change_by_age ON core.basis_change USING btree (provider_id, since, decision_id)
CREATE INDEX basis_change_of_subject ON core.basis_change USING btree (provider_id, subject_id)
CREATE INDEX basis_look_of_provider ON core.basis_look USING btree (provider_id)
CREATE INDEX case_fact_edited ON core.case_fact USING btree (transaction, edit)
CREATE INDEX case_fact_ended ON core.case_fact USING btree (provider_id, record_type, service_id, ended_at)
CREATE INDEX case_fact_opened ON core.case_fact USING btree (provider_id, record_type, service_id, opened_at)
CREATE INDEX claim_by_maker ON core.claim USING btree (provider_id, made_by) WHERE (used_at IS NULL)
CREATE INDEX claim_of_customer ON core.claim USING btree (provider_id, customer_id) WHERE (used_at IS NOT NULL)
CREATE INDEX claim_of_person ON core.claim USING btree (provider_id, person_id) WHERE (used_at IS NULL)
CREATE INDEX clock_by_terms ON core.clock USING btree (provider_id, terms_id, record_id) WHERE (state = ANY (ARRAY['running'::text, 'paused'::text, 'breached_running'::text]))
CREATE INDEX clock_due ON core.clock USING btree (due_at) WHERE ((state = 'running'::text) AND (breached_at IS NULL))
CREATE INDEX clock_of_record ON core.clock USING btree (provider_id, record_id)
CREATE INDEX condition_by_due ON core.condition USING btree (due_at) WHERE (state = 'open'::text)
CREATE INDEX condition_of_subject ON core.condition USING btree (provider_id, subject_id, state)
CREATE INDEX condition_unmet ON core.condition USING btree (provider_id, due_at, id) WHERE (state <> 'met'::text)
CREATE INDEX decision_of_subject ON core.decision USING btree (provider_id, subject_id, gate, recorded_at)
CREATE INDEX decision_opt_out ON core.decision USING btree (provider_id, subject_id) WHERE (outcome = 'opt_out'::text)
CREATE INDEX delegation_to ON core.delegation USING btree (provider_id, delegate) WHERE (state = 'active'::text)
CREATE INDEX evidence_by_end ON core.evidence USING btree (expires_at) WHERE (expires_at IS NOT NULL)
CREATE INDEX evidence_of_subject ON core.evidence USING btree (provider_id, subject_id)
CREATE UNIQUE INDEX evidence_withdrawn_once ON core.evidence USING btree (provider_id, withdraws) WHERE (withdraws IS NOT NULL)
CREATE INDEX file_by_giver ON core.file USING btree (provider_id, given_by)
CREATE INDEX file_of_record ON core.file USING btree (provider_id, record_id, at)
CREATE INDEX idempotency_by_age ON core.idempotency USING btree (created_at)
CREATE INDEX import_run_by_start ON core.import_run USING btree (provider_id, started_at DESC, id)
CREATE INDEX journal_by_further_move ON ONLY core.journal USING btree (provider_id, record_type, recorded_at) WHERE (edits ? '_then'::text)
CREATE INDEX journal_by_move ON ONLY core.journal USING btree (provider_id, record_type, move, recorded_at) WHERE (move IS NOT NULL)
CREATE INDEX journal_by_record ON ONLY core.journal USING btree (provider_id, record_id, seq)
CREATE INDEX journal_by_seq ON ONLY core.journal USING btree (seq)
CREATE INDEX journal_by_transaction ON ONLY core.journal USING btree (transaction, seq)
CREATE INDEX journal_taken_back ON ONLY core.journal USING btree (provider_id, record_id) WHERE (edits ? '_takenBack'::text)
CREATE UNIQUE INDEX link_once ON core.link USING btree (provider_id, from_id, type, to_id) WHERE (withdrawn_at IS NULL)
CREATE INDEX link_to ON core.link USING btree (provider_id, to_id, type) WHERE (withdrawn_at IS NULL)
CREATE INDEX link_withdrawn ON core.link USING btree (provider_id, from_id, type) WHERE (withdrawn_at IS NOT NULL)
CREATE INDEX note_by_author ON core.note USING btree (provider_id, author_id)
CREATE INDEX note_of_record ON core.note USING btree (provider_id, record_id, at)
CREATE UNIQUE INDEX person_by_email ON core.person USING btree (provider_id, customer, lower(email)) NULLS NOT DISTINCT WHERE (email IS NOT NULL)
CREATE UNIQUE INDEX person_by_source ON core.person USING btree (provider_id, source_key) WHERE (source_key IS NOT NULL)
CREATE INDEX record_by_any_edit ON core.record USING btree (provider_id, updated_at, id)
CREATE INDEX record_by_customer ON core.record USING gin (customers)
CREATE INDEX record_by_edit ON core.record USING btree (provider_id, type, updated_at, id)
CREATE INDEX record_by_lineage ON core.record USING btree (provider_id, lineage_id, type)
CREATE INDEX record_by_next_move ON core.record USING btree (provider_id, next_move_at) WHERE (next_move_at IS NOT NULL)
CREATE INDEX record_by_owner ON core.record USING btree (provider_id, owner_id, type, state)
CREATE INDEX record_by_state ON core.record USING btree (provider_id, type, state, number DESC)
CREATE INDEX record_by_text ON core.record USING gin (search) WITH (gin_pending_list_limit='256')
CREATE UNIQUE INDEX refusal_by_number ON core.refusal USING btree (number)
CREATE INDEX refusal_by_time ON core.refusal USING btree (provider_id, at DESC)
CREATE INDEX refusal_by_transaction ON core.refusal USING btree (transaction)
CREATE INDEX refusal_of_record ON core.refusal USING btree (provider_id, record_id, at DESC)
CREATE INDEX role_grant_by_role ON core.role_grant USING btree (provider_id, role, customer) WHERE (state = 'active'::text)
CREATE INDEX role_grant_of_person ON core.role_grant USING btree (provider_id, person) WHERE (state = 'active'::text)
CREATE UNIQUE INDEX share_asked_once ON core.share USING btree (provider_id, record_id, customer_id) WHERE (state = 'asked'::text)
CREATE INDEX share_consent_of_record ON core.share_consent USING btree (provider_id, record_id)
CREATE INDEX share_of_record ON core.share USING btree (provider_id, record_id, customer_id)
CREATE INDEX share_waiting ON core.share USING btree (provider_id, asked_at, id) WHERE (state = 'asked'::text)
CREATE UNIQUE INDEX sign_in_once ON core.sign_in USING btree (provider_id, person_id)
CREATE INDEX source_by_key ON core.source_key USING btree (provider_id, key)
CREATE INDEX source_by_run ON core.source_key USING btree (provider_id, made_by) WHERE (made_by IS NOT NULL)
CREATE INDEX source_of_record ON core.source_key USING btree (provider_id, record_id)
CREATE UNIQUE INDEX team_by_source ON core.team USING btree (provider_id, source_key) WHERE (source_key IS NOT NULL)
CREATE INDEX component_of_design ON design.component USING btree (provider_id, design_package)
CREATE INDEX design_package_of_package ON design.design_package USING btree (provider_id, package)
CREATE INDEX design_package_of_service ON design.design_package USING btree (provider_id, service)
CREATE INDEX agreement_in_force_of ON handover.agreement_in_force USING btree (provider_id, service_id, customer_id, from_at DESC)
CREATE INDEX live_interval_of_lineage ON handover.live_interval USING btree (provider_id, lineage_id)
CREATE INDEX live_interval_of_service ON handover.live_interval USING btree (provider_id, service_id, customer_id)
CREATE INDEX package_summary_of_lineage ON handover.package_summary USING btree (provider_id, lineage_id)
CREATE UNIQUE INDEX requirement_back_edition ON handover.requirement_back USING btree (provider_id, subject, edition)
CREATE UNIQUE INDEX requirement_back_offered ON handover.requirement_back USING btree (provider_id, subject) WHERE (state = 'offered'::text)
CREATE UNIQUE INDEX service_design_package_edition ON handover.service_design_package USING btree (provider_id, subject, edition)
CREATE UNIQUE INDEX service_design_package_offered ON handover.service_design_package USING btree (provider_id, subject) WHERE (state = 'offered'::text)
CREATE UNIQUE INDEX service_package_edition ON handover.service_package USING btree (provider_id, subject, edition)
CREATE UNIQUE INDEX service_package_offered ON handover.service_package USING btree (provider_id, subject) WHERE (state = 'offered'::text)
CREATE UNIQUE INDEX service_performance_edition ON handover.service_performance USING btree (provider_id, subject, for_customer, period_from, edition)
CREATE UNIQUE INDEX service_performance_offered ON handover.service_performance USING btree (provider_id, subject, for_customer, period_from) WHERE (state = 'offered'::text)
CREATE UNIQUE INDEX service_release_edition ON handover.service_release USING btree (provider_id, subject, edition)
CREATE UNIQUE INDEX service_release_offered ON handover.service_release USING btree (provider_id, subject) WHERE (state = 'offered'::text)
CREATE INDEX "account_userId_idx" ON identity.account USING btree ("userId")
CREATE INDEX "session_userId_idx" ON identity.session USING btree ("userId")
CREATE INDEX "twoFactor_secret_idx" ON identity."twoFactor" USING btree (secret)
CREATE INDEX "twoFactor_userId_idx" ON identity."twoFactor" USING btree ("userId")
CREATE INDEX rate_limit_by_time ON identity."rateLimit" USING btree ("lastRequest")
CREATE INDEX session_by_end ON identity.session USING btree ("expiresAt")
CREATE INDEX sign_in_failure_by_time ON identity.sign_in_failure USING btree (last_at)
CREATE INDEX used_code_by_time ON identity.used_code USING btree (used_at)
CREATE INDEX verification_by_end ON identity.verification USING btree ("expiresAt")
CREATE INDEX verification_identifier_idx ON identity.verification USING btree (identifier)
CREATE INDEX attained_by_day ON improvement.attained USING btree (provider_id, day, measurement_id)
CREATE INDEX attained_of_outcome ON improvement.attained USING btree (provider_id, outcome_id, day)
CREATE INDEX gate_wait_by_day ON improvement.gate_wait USING btree (provider_id, day, decision_id)
CREATE INDEX gate_wait_of_lineage ON improvement.gate_wait USING btree (provider_id, lineage_id)
CREATE INDEX improvement_by_key ON improvement.improvement USING btree (provider_id, dedup_key) WHERE (dedup_key IS NOT NULL)
CREATE INDEX improvement_deferred ON improvement.improvement USING btree (review_at) WHERE (state = 'deferred'::text)
CREATE INDEX improvement_of_service ON improvement.improvement USING btree (provider_id, service)
CREATE INDEX incident_day_opened ON improvement.incident_day USING btree (provider_id, opened_day, record_id)
CREATE INDEX incident_day_restored ON improvement.incident_day USING btree (provider_id, restored_day, record_id) WHERE (restored_day IS NOT NULL)
CREATE INDEX outcome_measurement_by_period ON improvement.outcome_measurement USING btree (provider_id, outcome, period_to DESC)
CREATE INDEX rollup_by_day ON improvement.rollup USING btree (provider_id, day, grain, metric)
CREATE INDEX step_day_of_lineage ON improvement.step_day USING btree (provider_id, lineage_id)
CREATE INDEX agreement_by_start ON operation.agreement USING btree (provider_id, COALESCE(effective_from, 'infinity'::timestamp with time zone), id)
CREATE INDEX agreement_of_service ON operation.agreement USING btree (provider_id, service, customer)
CREATE INDEX counted_incident_recent ON operation.counted_incident USING btree (provider_id, logged_at) WHERE recent
CREATE INDEX incident_by_due ON operation.incident USING btree (provider_id, COALESCE(next_due_at, 'infinity'::timestamp with time zone), id)
CREATE INDEX incident_by_log ON operation.incident USING btree (provider_id, COALESCE(logged_at, 'infinity'::timestamp with time zone), id)
CREATE INDEX incident_by_priority ON operation.incident USING btree (provider_id, COALESCE(priority, ''::text), id)
CREATE INDEX incident_of_assignee ON operation.incident USING btree (assignee, state)
CREATE INDEX incident_of_category ON operation.incident USING btree (category, state)
CREATE INDEX incident_of_cluster ON operation.incident USING btree (provider_id, service, COALESCE(component, '00000000-0000-0000-0000-000000000000'::uuid), COALESCE(category, ''::text), logged_at)
CREATE INDEX incident_of_component ON operation.incident USING btree (component, state)
CREATE INDEX incident_of_priority ON operation.incident USING btree (priority, state)
CREATE INDEX incident_of_service ON operation.incident USING btree (service, state)
CREATE INDEX incident_of_service_by_log ON operation.incident USING btree (provider_id, service, logged_at)
CREATE INDEX incident_of_team ON operation.incident USING btree (team, state)
CREATE INDEX incident_unconfirmed ON operation.incident USING btree (resolved_at) WHERE (state = 'resolved'::text)
CREATE INDEX known_error_of_category ON operation.known_error USING btree (category, state)
CREATE INDEX known_error_of_component ON operation.known_error USING btree (component, state)
CREATE INDEX known_error_of_problem ON operation.known_error USING btree (problem, state)
CREATE INDEX known_error_of_service ON operation.known_error USING btree (service, state)
CREATE INDEX problem_by_due ON operation.problem USING btree (provider_id, COALESCE(next_due_at, 'infinity'::timestamp with time zone), id)
CREATE INDEX problem_by_priority ON operation.problem USING btree (provider_id, COALESCE(priority, ''::text), id)
CREATE INDEX problem_by_review ON operation.problem USING btree (provider_id, COALESCE(review_at, 'infinity'::date), id)
CREATE INDEX problem_of_assignee ON operation.problem USING btree (assignee, state)
CREATE INDEX problem_of_category ON operation.problem USING btree (category, state)
CREATE INDEX problem_of_cluster ON operation.problem USING btree (provider_id, service, COALESCE(component, '00000000-0000-0000-0000-000000000000'::uuid), COALESCE(category, ''::text), state)
CREATE INDEX problem_of_component ON operation.problem USING btree (component, state)
CREATE INDEX problem_of_origin ON operation.problem USING btree (origin_stage, state)
CREATE INDEX problem_of_priority ON operation.problem USING btree (priority, state)
CREATE INDEX problem_of_service ON operation.problem USING btree (service, state)
CREATE INDEX problem_of_team ON operation.problem USING btree (team, state)
CREATE INDEX problem_to_review ON operation.problem USING btree (review_at) WHERE (state = 'accepted_unresolved'::text)
CREATE INDEX work_standard_in_force ON operation.work_standard USING btree (provider_id, applies_to, in_force_from)
CREATE INDEX business_requirement_by_date ON strategy.business_requirement USING btree (provider_id, COALESCE(required_by, 'infinity'::date), id)
CREATE UNIQUE INDEX outcome_amendment_proposed ON strategy.outcome_amendment USING btree (provider_id, outcome) WHERE (state = 'proposed'::text)
CREATE INDEX outcome_of_requirement ON strategy.outcome USING btree (provider_id, requirement)
CREATE INDEX policy_in_force ON strategy.policy USING btree (provider_id) WHERE (state = 'in_force'::text)
CREATE INDEX policy_waiver_of_policy ON strategy.policy_waiver USING btree (provider_id, policy, state)
CREATE INDEX service_package_of_service ON strategy.service_package USING btree (provider_id, service)
CREATE INDEX service_version_of_service ON strategy.service_version USING btree (provider_id, service)
CREATE INDEX subscription_of_service ON strategy.subscription USING btree (provider_id, service, customer)
CREATE INDEX subscription_of_version ON strategy.subscription USING btree (provider_id, service_version)
CREATE INDEX change_by_window ON transition.change USING btree (provider_id, COALESCE(window_from, 'infinity'::timestamp with time zone), id)
CREATE INDEX change_schedule ON transition.change USING btree (provider_id, service, window_from) WHERE (state = ANY (ARRAY['scheduled'::text, 'implementing'::text]))
CREATE INDEX change_window_missed ON transition.change USING btree (window_to) WHERE (state = 'scheduled'::text)
CREATE INDEX criterion_waiver_by_end ON transition.criterion_waiver USING btree (valid_until) WHERE (state = 'granted'::text)
CREATE INDEX criterion_waiver_of_subject ON transition.criterion_waiver USING btree (provider_id, subject, state)
CREATE INDEX early_life_support_of_release ON transition.early_life_support USING btree (provider_id, release)
CREATE INDEX freeze_by_start ON transition."freeze" USING btree (provider_id, COALESCE(freeze_from, 'infinity'::timestamp with time zone), id)
CREATE INDEX freeze_in_force ON transition."freeze" USING btree (provider_id, freeze_to) WHERE (state = 'declared'::text)
CREATE INDEX release_by_date ON transition.release USING btree (provider_id, COALESCE(go_live_on, 'infinity'::date), id)
CREATE INDEX release_of_design ON transition.release USING btree (provider_id, design_package)
CREATE INDEX release_of_version ON transition.release USING btree (provider_id, service_version)

-- functions
CREATE OR REPLACE FUNCTION core.chain_refusal()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
declare
  last record;
begin
  -- A backup brings them as they stood.
  if not core.is_application() and new.hash is not null then return new; end if;
  perform pg_advisory_xact_lock(hashtext('core.refusal'));
  select r.number, r.hash into last from core.refusal r order by r.number desc limit 1;
  new.number := coalesce(last.number, 0) + 1;
  new.previous_hash := last.hash;
  -- Verification spells the same anew, in code of its own.
  new.hash := encode(sha256(convert_to(jsonb_build_array(
    new.previous_hash, new.number, new.provider_id, new.id, to_char(new.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
    new.actor_id, new.channel, new.record_id, new.record_type, new.command, new.kind, new.codes, new.refusals)::text, 'UTF8')), 'hex');
  return new;
end $function$
CREATE OR REPLACE FUNCTION core.ensure_journal_month(instant timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  month date := date_trunc('month', instant at time zone 'UTC');
  partition text := 'journal_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass('core.' || partition) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('core.' || partition));
  -- Whoever waited does not know yet that it is there: that is looked at by the statement itself.
  execute format('create table if not exists core.%I partition of core.journal for values from (%L) to (%L)', partition,
    month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
end $function$
-- public:EXECUTE, servicewright_app:EXECUTE
CREATE OR REPLACE FUNCTION core.forget_idempotency(before timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  delete from core.idempotency where created_at < least(before, now() - interval '1 day')
$function$
-- servicewright_app:EXECUTE
CREATE OR REPLACE FUNCTION core.forget_taken_back(provider uuid, kind text, kept regclass, ids uuid[])
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  gone uuid[];
begin
  select coalesce(array_agg(r.id), '{}') into gone
  from core.record r
  cross join lateral (
    select j.edits ? '_takenBack' as taken_back
    from core.journal j
    where j.provider_id = r.provider_id and j.record_id = r.id
    order by j.seq desc
    limit 1) last
  where r.provider_id = provider and r.type = kind and r.id = any(ids) and last.taken_back;
  execute format('delete from %s where provider_id = $1 and id = any($2)', kept) using provider, gone;
  delete from core.clock where provider_id = provider and record_id = any(gone);
  delete from core.case_fact where provider_id = provider and record_id = any(gone);
  delete from core.personal_value where provider_id = provider and record_id = any(gone);
  delete from core.source_key where provider_id = provider and record_id = any(gone);
  delete from core.record where provider_id = provider and id = any(gone);
  return cardinality(gone);
end $function$
-- servicewright_app:EXECUTE
CREATE OR REPLACE FUNCTION core.guard_api_key()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if core.is_application() and (
    (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at)
    or coalesce(new.expires_at, 'infinity') > coalesce(old.expires_at, 'infinity')) then
    perform core.refuse_write('a key that has ended stays ended, and none is prolonged');
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION core.guard_claim()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not core.is_application() then return new; end if;
  if tg_op = 'INSERT' then
    if new.kind = 'administrator' and not exists (
      select from core.provider p where p.id = new.provider_id and p.example) then
      perform core.refuse_write('the link of a platform administrator is made by the role that owns the database');
    end if;
  elsif (old.used_at is not null and new.used_at is distinct from old.used_at)
    or (old.used_by is not null and new.used_by is distinct from old.used_by)
    or new.expires_at > old.expires_at
    or new.taken_addresses < old.taken_addresses then
    perform core.refuse_write('a one-time link is used once, and none is prolonged');
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION core.guard_idempotency()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if core.is_application() and old.response is not null then
    perform core.refuse_write('an answer is given once');
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION core.guard_personal_value()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if core.is_application() and (new.value is not null or new.salt is not null or old.erased_at is not null) then
    perform core.refuse_write('a personal value is erased, once, and never another');
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION core.guard_provider()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if core.is_application() and (new.scenario_now is null or new.scenario_now < old.scenario_now) then
    perform core.refuse_write('a scenario clock moves forwards only');
  end if;
  return new;
end $function$
CREATE OR REPLACE FUNCTION core.is_application()
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select not pg_has_role(session_user, c.relowner, 'member')
  from pg_class c
  where c.oid = 'core.journal'::regclass
$function$
-- public:EXECUTE, servicewright_app:EXECUTE
CREATE OR REPLACE FUNCTION core.note_horizon(OUT seq bigint, OUT transaction xid8)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  noted core.horizon;
begin
  if pg_current_xact_id_if_assigned() is not null then
    raise exception 'the horizon is read before its transaction writes anything';
  end if;
  -- In this order: the id must be younger than every transaction that took a number up to this one.
  seq := (select case when s.is_called then s.last_value else 0 end from core.journal_seq s);
  transaction := pg_current_xact_id();
  select h.* into noted from core.horizon h;
  -- A note that still waits stays: were it replaced each time, a busy database would never settle.
  if noted.transaction is null
    or noted.transaction >= pg_snapshot_xmax(pg_current_snapshot())
    or noted.transaction <= pg_snapshot_xmin(pg_current_snapshot()) then
    insert into core.horizon (seq, transaction)
    values (note_horizon.seq, note_horizon.transaction)
    on conflict (one)
    do update set seq = excluded.seq, transaction = excluded.transaction;
  end if;
end $function$
-- servicewright_app:EXECUTE
CREATE OR REPLACE FUNCTION core.oldest_transaction()
 RETURNS TABLE(process integer, database text, login text, program text, seconds double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select pid, datname::text, usename::text, application_name, extract(epoch from now() - xact_start)
  from pg_stat_activity
  where backend_xid is not null and pid <> pg_backend_pid()
  union all
  select null, database::text, owner::text, 'prepared as ' || gid, extract(epoch from now() - prepared)
  from pg_prepared_xacts
  order by 5 desc nulls last
  limit 1
$function$
-- servicewright_app:EXECUTE
CREATE OR REPLACE FUNCTION core.refresh_statistics(tables text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  each text;
begin
  foreach each in array tables loop
    if to_regclass(each) is not null and split_part(each, '.', 1) in ('core', 'handover', 'strategy', 'design', 'transition', 'operation', 'improvement') then
      execute 'analyze ' || to_regclass(each)::text;
    end if;
  end loop;
end $function$
-- servicewright_app:EXECUTE
CREATE OR REPLACE FUNCTION core.refuse_write(what text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  raise exception '%', what using errcode = 'insufficient_privilege';
end $function$
-- public:EXECUTE, servicewright_app:EXECUTE

-- triggers
CREATE TRIGGER guard BEFORE UPDATE ON core.api_key FOR EACH ROW EXECUTE FUNCTION core.guard_api_key()
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON core.claim FOR EACH ROW EXECUTE FUNCTION core.guard_claim()
CREATE TRIGGER guard BEFORE UPDATE ON core.idempotency FOR EACH ROW EXECUTE FUNCTION core.guard_idempotency()
CREATE TRIGGER guard BEFORE UPDATE ON core.personal_value FOR EACH ROW EXECUTE FUNCTION core.guard_personal_value()
CREATE TRIGGER guard BEFORE UPDATE ON core.provider FOR EACH ROW EXECUTE FUNCTION core.guard_provider()
CREATE TRIGGER chain BEFORE INSERT ON core.refusal FOR EACH ROW EXECUTE FUNCTION core.chain_refusal()
