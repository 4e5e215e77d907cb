// After each act: which decisions in force stand on what it altered. They are kept in a table of their own, for the list of what
// waits; each follows from the decisions and what they stand on, and is computed anew by `verify`.
import type { EntryKind } from '../journal/format/entry.ts';
import type { Queryable } from '../database/queryable.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Registry, Work } from '../record/define/work.ts';
import type { RecordData } from '../record/define/data.ts';
import { basisChanged } from './basis.ts';
import { isDecided } from './declared.ts';
import { standingDecisions } from './standing-decisions.ts';
import type { StandingDecision } from './standing.ts';

/** A record that was decided on, as its basis is judged. */
export type Decided = Pick<RecordData, 'id' | 'providerId' | 'type' | 'state' | 'contentHash'>;

interface Watched {
  /** Types of record that are decided on. */
  decided: readonly string[];
  /** Those, and what such a one stands on. */
  types: ReadonlySet<string>;
  links: readonly string[];
}

const known = new WeakMap<Registry, Watched>();

function watchedIn(registry: Registry): Watched {
  const before = known.get(registry);
  if (before) return before;
  const decided: string[] = [];
  const types = new Set<string>();
  const links = new Set<string>();
  for (const { definition, evidence } of registry.records.values()) {
    if (!isDecided(definition.lifecycle)) continue;
    decided.push(definition.type);
    types.add(definition.type);
    for (const { type } of Object.values(evidence ?? {}).flat()) {
      links.add(type);
      const declared = registry.links.get(type);
      for (const end of [...(declared?.from ?? []), ...(declared?.to ?? [])]) types.add(end);
    }
  }
  const watched = { decided, types, links: [...links] };
  known.set(registry, watched);
  return watched;
}

/** What is told without altering anything that a decision could stand on. */
const keepsContent: ReadonlySet<string> = new Set<EntryKind>(['noted', 'recounted', 'erased']);

/** Keeps the list of changed bases up to date with what an act altered. */
export async function watchBasis(work: Work): Promise<void> {
  const { registry } = work.application;
  const watched = watchedIn(registry);
  const altered = [...work.entries.values()].filter(
    ({ recordType, kind, edits }) =>
      watched.types.has(recordType) && (!keepsContent.has(kind) || '_condition' in edits),
  );
  if (!altered.length) return;
  await keepBasis(
    work,
    altered.map(({ recordId }) => recordId),
  );
}

/** Keeps the list up to date of what was decided on some records, or stands on them. */
export async function keepBasis(work: Work, ids: readonly string[]): Promise<void> {
  const { registry } = work.application;
  const watched = watchedIn(registry);
  for (const subject of await subjectsOf(work, ids, watched)) {
    const changed = await changedOf(work.client, registry, subject, work.now);
    await keep(work, subject, changed);
  }
}

/**
 * Records that were decided on, among those altered and those that stand on them. They are locked first: who decides on one holds
 * it while the decision is under way, and of two at the same moment one would not see what the other does.
 */
async function subjectsOf(work: Work, ids: readonly string[], { decided, links }: Watched): Promise<Decided[]> {
  const { providerId } = work.caller.principal;
  const { rows } = await work.client.query<Decided>({
    name: 'basis locked',
    text: `with near as (
        select id
        from unnest($2::uuid[]) x(id)
        union
        select l.to_id
        from core.link l
        where l.provider_id = $1 and l.from_id = any($2) and l.type = any($3)
        union
        select l.from_id
        from core.link l
        where l.provider_id = $1 and l.to_id = any($2) and l.type = any($3))
      select r.id, r.provider_id as "providerId", r.type, r.state, r.content_hash as "contentHash"
      from near n
      join core.record r on r.provider_id = $1 and r.id = n.id
      where r.type = any($4)
      order by r.id
      for update of r`,
    values: [providerId, ids, links, decided],
  });
  if (!rows.length) return [];
  const { rows: found } = await work.client.query<{ id: string }>({
    name: 'basis subjects',
    text: `select s.id
      from unnest($2::uuid[]) s(id)
      where exists (
        select
        from core.decision d
        where d.provider_id = $1 and d.subject_id = s.id)`,
    values: [providerId, rows.map(({ id }) => id)],
  });
  return rows.filter(({ id }) => found.some((each) => each.id === id));
}

/** The decisions in force on a record whose basis changed. */
export async function changedOf(
  client: Queryable,
  registry: Registry,
  subject: Decided,
  now: string,
): Promise<StandingDecision[]> {
  const record = serverRecord(registry, subject.type);
  const decisions = await standingDecisions(client, record, subject, now);
  return basisChanged(record.definition.lifecycle, registry.gates, subject.state, decisions);
}

async function keep(work: Work, { id, providerId }: Decided, changed: readonly StandingDecision[]): Promise<void> {
  await work.client.query({
    name: 'basis kept',
    text: `with changed as (
        select *
        from jsonb_to_recordset($3::jsonb) as x(id uuid, gate text, customer uuid)),
      gone as (
        delete from core.basis_change b
        where b.provider_id = $1
          and b.subject_id = $2
          and b.decision_id not in (select id from changed))
      insert into core.basis_change (provider_id, decision_id, subject_id, gate, customer_id, since)
      select $1, c.id, $2, c.gate, c.customer, $4
      from changed c
      on conflict do nothing`,
    values: [
      providerId,
      id,
      JSON.stringify(changed.map(({ id: decision, gate, customer }) => ({ id: decision, gate, customer }))),
      work.now,
    ],
  });
}
