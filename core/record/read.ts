import { facetOf } from '../decision/facet.ts';
import { openGates, postsIn } from '../decision/open-gates.ts';
import type { OpenGate } from '../decision/open-gates.ts';
import { standingDecisions } from '../decision/standing-decisions.ts';
import type { StandingDecision } from '../decision/standing.ts';
import { stillAsked } from '../journal/made.ts';
import { decide, neededFacts } from '../lifecycle/decide.ts';
import { asked, leadsTo, needsReason } from '../lifecycle/lifecycle.ts';
import type { Lifecycle, Move } from '../lifecycle/lifecycle.ts';
import { withRoleNames } from '../permission/role-names.ts';
import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { refusal } from '../refusal/refusal.ts';
import type { ItemData } from './checklist.ts';
import type { Header, RecordData } from './data.ts';
import { editRefusals } from './edit.ts';
import { loadFacts } from './facts.ts';
import type { Fact } from './facts.ts';
import { load } from './load.ts';
import { pastActorsOf } from './move.ts';
import { idsIn, namesOf } from './names.ts';
import type { Queryable } from './queryable.ts';
import type { Application, ServerRecord } from './work.ts';
import { linkLabel, linksOfMany } from './relate.ts';

export interface MoveView {
  name: string;
  label: string;
  to: string;
  allowed: boolean;
  refusals: Refusal[];
  asks: { field: string; required: boolean }[];
  gate: string | null;
  on: string | null;
  needsReason: boolean;
  /** Kinds of reason to choose from, by code. */
  reasonCodes: Readonly<Record<string, string>>;
  primary: boolean;
}
export interface LinkView {
  id: string;
  type: string;
  label: string;
  direction: 'out' | 'in';
  state: 'asserted' | 'suspect';
  other: Header;
  assertedBy: string | null;
  at: string;
}
export interface ReadView {
  record: Omit<RecordData, 'headHash' | 'commitments' | 'providerId' | 'next'>;
  moves: MoveView[];
  /** The gates whose decision may be recorded as the record stands. */
  gates: OpenGate[];
  links: LinkView[];
  checklist: ItemData[];
  decisions: StandingDecision[];
  conditions: unknown[];
  evidence: unknown[];
  names: Record<string, string>;
  canEdit: boolean;
  editRefusals: Refusal[];
  /** Fields that, once they hold a value, are altered by a move that stays in its state, by that move's name. */
  alteredBy: Record<string, string>;
  /** Set when the record is shown as of a past instant. */
  asOf?: string;
}

/** A record with what the caller may do about it now, and why not the rest. Undefined when it is not to be seen. */
export async function read(
  application: Application,
  record: ServerRecord,
  principal: Principal,
  name: string,
): Promise<ReadView | undefined> {
  const data = await load(application.pool, record, principal, name);
  return data && view(application, record, principal, data);
}

/** As `read`, of a record in hand. */
export async function view(
  application: Application,
  record: ServerRecord,
  principal: Principal,
  data: RecordData,
): Promise<ReadView> {
  const { pool: client } = application;
  const now = principal.scenarioNow ?? new Date(application.clock()).toISOString();
  const many = linksOfMany(application.registry);
  const around = await surroundings(client, record, principal, { data, many });
  const decisions = around.decided ? await standingDecisions(client, record, data, now) : [];
  const facts = await factsFor(application, record, data, decisions, now);
  const shownDecisions = facetOf(principal, decisions);
  const conditions = conditionsOf(around.conditions, shownDecisions);
  const links = around.links.map((each) => ({ ...each, label: linkLabel(application.registry, each) }));
  const { roles } = application.registry;
  const refusals = withRoleNames(roles, editRefusals(record, data, principal));
  const moves = (await movesOf(client, record, principal, data, facts, now)).map((each) => ({
    ...each,
    refusals: withRoleNames(roles, each.refusals),
  }));
  const { headHash: _head, commitments: _commitments, providerId: _provider, next: _next, ...shown } = data;
  const answer = {
    record: shown,
    moves,
    gates: openGates({
      lifecycle: record.definition.lifecycle,
      gates: application.registry.gates,
      record: data,
      principal,
      decisions,
      asked: around.asked,
    }),
    links,
    checklist: around.items,
    decisions: shownDecisions,
    conditions,
    evidence: around.evidence,
    canEdit: refusals.length === 0,
    editRefusals: refusals,
    alteredBy: alteredBy(record.definition.lifecycle, data),
  };
  return {
    ...answer,
    names: await namesOf(
      client,
      principal,
      idsIn([
        data.fields,
        data.customers,
        data.owner,
        around.items,
        shownDecisions,
        links.map((each) => [each.assertedBy, each.other.owner]),
        around.evidence,
        conditions,
      ]),
    ),
  };
}

/** What such a move asks for is altered with what that act needs (a reason, say), not by an edit in passing. */
function alteredBy({ moves }: Lifecycle, { state, fields }: RecordData): Record<string, string> {
  const staying = Object.entries(moves).filter(([, each]) => each.to === 'same' && each.from.includes(state));
  return Object.fromEntries(
    staying.flatMap(([name, each]) =>
      asked(each).flatMap(({ field }) =>
        fields[field] === null || fields[field] === undefined ? [] : [[field, name]],
      ),
    ),
  );
}

/** A condition is read by whoever reads the decision that made it. */
const conditionsOf = (conditions: unknown[], decisions: readonly StandingDecision[]): unknown[] =>
  (conditions as { decision: string }[]).filter(({ decision }) => decisions.some(({ id }) => id === decision)); // the select list

interface Surroundings {
  links: Omit<LinkView, 'label'>[];
  items: ItemData[];
  conditions: unknown[];
  evidence: unknown[];
  decided: boolean;
  /** Of the moves that ask for a decision open now: those by which it still is asked for. */
  asked: string[];
}

/** Links, items, conditions and attestations of a record, and what was asked for, in one statement. */
async function surroundings(
  client: Queryable,
  record: ServerRecord,
  principal: Principal,
  { data, many }: { data: RecordData; many: readonly string[] },
): Promise<Surroundings> {
  const scope = scopeOf(principal, 6);
  const asking = postsIn(record.definition.lifecycle, data.state).flatMap(({ askedBy, within }) =>
    askedBy === null ? [] : [{ move: askedBy, within }],
  );
  const { rows } = await client.query({
    text: `select
      coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'type', l.type, 'direction', case when l.from_id = $2 then 'out' else 'in' end,
          'state', case when l.type = any($5::text[]) or (case when l.from_id = $2 then l.to_hash else l.from_hash end) = r.content_hash then 'asserted' else 'suspect' end,
          'assertedBy', l.asserted_by, 'at', l.asserted_at,
          'other', jsonb_build_object('id', r.id, 'type', r.type, 'ref', r.ref, 'number', r.number, 'title', r.title, 'state', r.state, 'stage', r.stage, 'version', r.version,
            'customers', r.customers, 'owner', r.owner_id, 'createdAt', r.created_at, 'updatedAt', r.updated_at)) order by l.asserted_at, l.id)
        from (select * from core.link where provider_id = $1 and from_id = $2 and withdrawn_at is null union all
              select * from core.link where provider_id = $1 and to_id = $2 and withdrawn_at is null and type <> all($5::text[]) limit 200) l
        join core.record r on r.provider_id = l.provider_id and r.id = case when l.from_id = $2 then l.to_id else l.from_id end where ${scope.sql}), '[]') as links,
      ${record.definition.checklist ? itemsExpression : "'[]'::jsonb"} as items,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'decision', c.decision_id, 'text', c.text, 'owner', c.owner_id, 'dueAt', c.due_at, 'blocks', c.blocks, 'state', c.state) order by c.id)
        from core.condition c where c.provider_id = $1 and c.subject_id = $2), '[]') as conditions,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'gate', e.gate, 'title', e.title, 'statement', e.statement, 'kind', e.kind, 'failed', e.failed, 'fileName', e.file_name, 'fileHash', e.file_hash,
          'hash', e.hash, 'role', e.role, 'attestedBy', e.attested_by, 'at', e.attested_at, 'expiresAt', e.expires_at) order by e.attested_at)
        from core.evidence e where e.provider_id = $1 and e.subject_id = $2), '[]') as evidence,
      exists (select from core.decision d where d.provider_id = $1 and d.subject_id = $2) as decided, $3::text as type,
      ${askedExpression} as asked`,
    values: [data.providerId, data.id, data.type, JSON.stringify(asking), many, ...scope.values],
  });
  return rows[0] as Surroundings; // one row, with the columns above
}

const askedExpression = `array(
  select w.move
  from jsonb_to_recordset($4::jsonb) as w(move text, within text[])
  where ${stillAsked({ provider: '$1', record: '$2', move: 'w.move', within: 'w.within' })})`;

const itemsExpression = `coalesce((select jsonb_agg(jsonb_build_object('item', i.item, 'mandatory', i.mandatory, 'applicable', i.applicable, 'notApplicableReason', i.not_applicable_reason,
  'statement', i.statement, 'fileHash', i.file_hash, 'evidenceKind', i.evidence_kind, 'state', i.state, 'draftedBy', i.drafted_by, 'acceptedBy', i.accepted_by, 'acceptedRole', i.accepted_role,
  'selfChecked', i.self_checked, 'finding', i.finding, 'updatedAt', i.updated_at) order by i.position) from core.item i where i.provider_id = $1 and i.record_id = $2), '[]')`;

/** Facts of the moves that start from here; `decisions` is in hand already. */
async function factsFor(
  application: Application,
  record: ServerRecord,
  data: RecordData,
  decisions: StandingDecision[],
  now: string,
): Promise<Record<string, unknown>> {
  const rules = Object.values(record.definition.lifecycle.moves)
    .filter((each) => each.from.includes(data.state) && !each.gate)
    .flatMap((each) => each.rules ?? []);
  const known: Record<string, Fact> = { ...record.facts, decisions: async () => decisions };
  return loadFacts(
    { client: application.pool, registry: application.registry, now },
    { ...record, facts: known },
    data,
    neededFacts(rules, record.rules),
  );
}

/** Why nobody makes such a move by itself. */
const decidedAt = (label: string, gate: string): Refusal =>
  refusal('move.gate', `"${label}" is made by a decision at gate ${gate}.`, `Record the decision at gate ${gate}.`);

async function movesOf(
  client: Queryable,
  record: ServerRecord,
  principal: Principal,
  data: RecordData,
  facts: Record<string, unknown>,
  now: string,
): Promise<MoveView[]> {
  const { lifecycle } = record.definition;
  const open = Object.entries(lifecycle.moves).filter(
    ([, each]) => each.from.includes(data.state) && !(each.who.length === 1 && each.who[0] === 'system' && !each.gate),
  );
  const barring = open.flatMap(([, each]) => each.separation ?? []);
  const pastActors = barring.length ? await pastActorsOf(client, data, { separation: barring }) : {};
  const refusedNow = (moveName: string): Refusal[] => {
    const judged = decide({
      lifecycle,
      moveName,
      input: { reason: '-' },
      rules: record.rules,
      pastActors,
      by: 'person',
      context: { record: data, values: data.fields, facts, actor: principal, now },
    });
    return judged.ok ? [] : judged.refusals.filter((each) => !isAnsweredBy(lifecycle.moves[moveName], each));
  };
  return open.map(([name, each]) => {
    const refusals = each.gate ? [decidedAt(each.label, each.gate)] : refusedNow(name);
    return { ...declaredView(name, each, data.state), allowed: refusals.length === 0 && !each.gate, refusals };
  });
}

/** What is wrong with a value that the move itself asks for, is mended by making it: no reason why it cannot be made. */
function isAnsweredBy(move: Move | undefined, { code, field }: Refusal): boolean {
  if (code === 'move.asked' || code === 'move.reason-code') return true;
  return move !== undefined && asked(move).some((each) => each.field === field);
}

/** What a lifecycle declares of a move, as it is told of a record in a state. */
export const declaredView = (name: string, move: Move, state: string): Omit<MoveView, 'allowed' | 'refusals'> => ({
  name,
  label: move.label,
  to: leadsTo(move, state),
  asks: asked(move),
  gate: move.gate ?? null,
  on: move.on ?? null,
  needsReason: needsReason(move),
  reasonCodes: move.reasonCodes ?? {},
  primary: move.primary === true,
});
