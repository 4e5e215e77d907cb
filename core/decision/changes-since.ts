// What reads otherwise than it did when a decision in force was made: for who is asked whether it stands.
import { fieldsOf } from '../record/define/define.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { serverRecord } from '../record/define/work.ts';
import type { ServerRecord, Work } from '../record/define/work.ts';
import { facetOf } from '../permission/facet.ts';
import type { GateContext } from './context.ts';
import type { StandingDecision } from './standing.ts';

export interface Part {
  name: string;
  label: string;
  was: unknown;
  becomes: unknown;
}

export interface Change {
  type: string;
  id: string;
  ref: string | null;
  title: string;
  how: 'altered' | 'added' | 'gone' | 'ended';
  parts: Part[];
}

/** At most the newest fifty entries' worth of parts are told: the record's history has the rest. */
const most = 50;

/**
 * What reads otherwise than the newest decision had it whose basis changed; where it waits again, than the last one here. Nothing where
 * each stands as it was made.
 */
export async function changesSince(work: Work, record: ServerRecord, context: GateContext): Promise<Change[]> {
  const decision = context.changed.at(-1) ?? (context.inState ? lastHere(work, context) : undefined);
  if (!decision) return [];
  const { subject } = context;
  const own: Change[] =
    decision.subjectHash === subject.contentHash
      ? []
      : [
          {
            type: subject.type,
            id: subject.id,
            ref: subject.ref,
            title: subject.title,
            how: 'altered',
            parts: await partsSince(work, record.definition, subject.id, { decision, subject: subject.id }),
          },
        ];
  return [...own, ...(await evidenceSince(work, context, decision)), ...policiesSince(context, decision)];
}

/** The last word that was said here, in the facet that is read. */
const lastHere = ({ caller }: Work, { gate, decisions }: GateContext): StandingDecision | undefined =>
  facetOf(caller.principal, decisions).findLast((each) => each.gate === gate.code && each.outcome !== 'defer');

async function evidenceSince(work: Work, context: GateContext, decision: StandingDecision): Promise<Change[]> {
  const before = new Map(decision.evidence.map((each) => [each.id, each]));
  const now = new Map(context.evidence.map((each) => [each.id, each]));
  const changes: Change[] = [];
  for (const { type, id, ref, title, hash } of now.values()) {
    const earlier = before.get(id);
    if (!earlier) changes.push({ type, id, ref, title, how: 'added', parts: [] });
    else if (decision.ranOut.includes(id)) changes.push({ type, id, ref, title, how: 'ended', parts: [] });
    else if (earlier.hash !== hash) {
      const { definition } = serverRecord(work.application.registry, type);
      changes.push({
        type,
        id,
        ref,
        title,
        how: 'altered',
        parts: await partsSince(work, definition, id, { decision, subject: context.subject.id }),
      });
    }
  }
  for (const { type, id, ref } of before.values())
    if (!now.has(id)) changes.push({ type, id, ref, title: ref ?? 'A statement', how: 'gone', parts: [] });
  return changes;
}

/** Policies that bind it now and did not when it was made, and waivers that it was made on and that ended. */
function policiesSince({ policies }: GateContext, decision: StandingDecision): Change[] {
  if (!decision.rebound) return [];
  const before = new Map(decision.policies.map((each) => [each.id, each]));
  return policies.flatMap(({ id, title, effect, verdict }): Change[] => {
    const then = before.get(id)?.verdict;
    const told = { type: 'policy', id, ref: null, parts: [] };
    if (then === undefined) return effect === 'advise' ? [] : [{ ...told, title, how: 'added' }];
    return then === 'waived' && verdict !== 'waived'
      ? [{ ...told, title: `The waiver of ${title}`, how: 'ended' }]
      : [];
  });
}

/** The fields of a record that were told anew after a decision, as they were and as they are. */
async function partsSince(
  work: Work,
  definition: RecordDefinition,
  id: string,
  { decision, subject }: { decision: StandingDecision; subject: string },
): Promise<Part[]> {
  const shown = fieldsOf(definition).filter(([, field]) => !field.personal && !field.within && !field.unhashed);
  const labels = new Map(shown.map(([name, { label }]) => [name, label]));
  const { rows } = await work.client.query<{ name: string; was: unknown; becomes: unknown }>(
    `with told as (
       select e.key as name, e.value, j.seq, j.seq > made.seq as later
       from (
         select max(seq) as seq
         from core.journal
         where provider_id = $1 and record_id = $5 and decision_id = $3) made
       cross join core.journal j
       cross join lateral jsonb_each(j.edits) e
       where j.provider_id = $1 and j.record_id = $2 and e.key = any($4::text[]))
     select t.name,
       (array_agg(t.value order by t.seq desc) filter (where not t.later))[1] as was,
       (array_agg(t.value order by t.seq desc) filter (where t.later))[1] as becomes
     from told t
     group by t.name
     having bool_or(t.later)
     order by t.name
     limit ${most}`,
    [work.caller.principal.providerId, id, decision.id, [...labels.keys()], subject],
  );
  return rows
    .filter(({ was, becomes }) => JSON.stringify(was) !== JSON.stringify(becomes))
    .map(({ name, was, becomes }) => ({
      name,
      label: labels.get(name) ?? name,
      was: was ?? null,
      becomes: becomes ?? null,
    }));
}
