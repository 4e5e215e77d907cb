import { decisionsSeen } from '../../decision/seen.ts';
import type { ToldDecision } from '../../decision/seen.ts';
import { facetOf } from '../../permission/facet.ts';
import { openGates } from '../../decision/open-gates.ts';
import { togetherOn } from '../../decision/together-store.ts';
import { eachDecides } from '../../decision/together.ts';
import type { OpenGate } from '../../decision/open-gates.ts';
import { standingDecisions } from '../../decision/standing-decisions.ts';
import type { StandingDecision } from '../../decision/standing.ts';
import { decide, neededFacts } from '../define/decide.ts';
import { asked, leadsTo, needsReason } from '../../lifecycle/lifecycle.ts';
import type { Lifecycle, Move } from '../../lifecycle/lifecycle.ts';
import { withRoleNames } from '../../permission/role-names.ts';
import type { Principal } from '../../permission/principal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { refusal } from '../../refusal/refusal.ts';
import type { ItemData } from '../define/checklist.ts';
import type { Header, RecordData } from '../define/data.ts';
import { editRefusals } from '../edit/edit.ts';
import { loadFacts } from '../edit/facts.ts';
import type { Fact } from '../define/fact.ts';
import { load } from '../read/load.ts';
import { readBy } from '../define/within.ts';
import { after, seenSince } from '../read/since.ts';
import { inKnownWords } from '../read/veil.ts';
import { pastActorsOf } from '../edit/move.ts';
import { idsIn, namesOf } from '../read/names.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { Application, ServerRecord } from '../define/work.ts';
import { linkLabel, linksOfMany } from '../relate/relate.ts';
import { surroundings } from './around.ts';

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
  decisions: ToldDecision[];
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
  const since = await seenSince(client, principal, data);
  const around = await surroundings(client, record, principal, { data, many, since });
  const decisions = around.decided ? await standingDecisions(client, record, data, now) : [];
  const facts = await factsFor(application, record, data, decisions, now);
  const shownDecisions = after(since, facetOf(principal, decisions));
  const conditions = conditionsOf(around.conditions, shownDecisions);
  const links = around.links.map((each) => ({ ...each, label: linkLabel(application.registry, each) }));
  const { roles } = application.registry;
  const refusals = withRoleNames(roles, editRefusals(record, data, principal, { facts, now }));
  const moves = (await movesOf(client, record, principal, data, facts, now)).map((each) => ({
    ...each,
    refusals: withRoleNames(roles, each.refusals),
  }));
  const { headHash: _head, commitments: _commitments, providerId: _provider, next: _next, ...told } = data;
  const shown = { ...told, fields: readBy(record.definition, principal, told.fields) };
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
      together: around.decided ? await togetherOn(client, application.registry, data) : eachDecides,
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
  const names = await namesOf(
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
  );
  return { ...answer, decisions: decisionsSeen(shownDecisions, names, idsOf(around.evidence)), names };
}

/** The ids of some rows of an answer. */
export const idsOf = (rows: readonly unknown[]): Set<string> => new Set((rows as { id: string }[]).map(({ id }) => id)); // the select lists

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
    .flatMap((each) => each.rules ?? [])
    .concat(record.definition.lifecycle.edit.rules ?? []);
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
  const judged = open.map(([name, each]) => (each.gate ? [decidedAt(each.label, each.gate)] : refusedNow(name)));
  const words = await inKnownWords(client, principal, judged.flat());
  return open.map(([name, each], index) => {
    const from = judged.slice(0, index).flat().length;
    const refusals = words.slice(from, from + (judged[index]?.length ?? 0));
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
