// What a decider reads before any hash: of the records that the decision rests on the figures that matter, and what stood there
// before, of the subject's own figures too. Read from the journal, in one statement.
import { facetsOf, sinceOf } from '../permission/facet.ts';
import { fieldsOf } from '../record/define/define.ts';
import { readBy } from '../record/define/within.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Work } from '../record/define/work.ts';
import type { GateContext } from './context.ts';

export interface Gist {
  type: string;
  id: string;
  ref: string | null;
  title: string;
  /** Of the subject none: all of it is shown. */
  values: Record<string, unknown>;
  /** What stood there before, oldest first, each until when. */
  earlier: { name: string; value: unknown; until: string }[];
}

/** Kinds of field that are figures: what they were says how far one came. */
const figures: ReadonlySet<string> = new Set(['integer', 'decimal', 'money', 'date']);
/** Told values that are looked through at most. */
const most = 2000;

interface Told {
  id: string;
  name: string;
  value: unknown;
  at: string;
  /** Before its reader's organisation came to share in it. */
  before: boolean;
}

export async function gistOf(
  work: Work,
  { subject, evidence }: Pick<GateContext, 'subject' | 'evidence'>,
): Promise<Gist[]> {
  const { registry } = work.application;
  const definitionOf = (type: string) => registry.records.get(type)?.definition;
  const namesIn = new Map<string, readonly string[]>([[subject.id, figuresOf(work, subject.type)]]);
  const records = evidence.filter(({ type }) => definitionOf(type)?.gist);
  for (const { id, type } of records) namesIn.set(id, definitionOf(type)?.gist ?? []);
  const { rows } = await work.client.query<Told>(
    `select j.record_id as id,
       e.key as name,
       e.value,
       j.occurred_at as at,
       j.occurred_at <= ${sinceOf('$4')} as before
     from core.record r
     join core.journal j on j.provider_id = r.provider_id and j.record_id = r.id
     cross join lateral jsonb_each(j.edits) e
     where r.provider_id = $1 and r.id = any($2::uuid[]) and e.key = any($3::text[])
     order by j.seq
     limit ${most}`,
    [
      work.caller.principal.providerId,
      [...namesIn.keys()],
      [...new Set([...namesIn.values()].flat())],
      facetsOf(work.caller.principal),
    ],
  );
  return [subject, ...records].map(({ type, id, ref, title }) => {
    const names = namesIn.get(id) ?? [];
    const told = names.map((name) => [name, rows.filter((row) => row.id === id && row.name === name)] as const);
    return {
      type,
      id,
      ref,
      title,
      values:
        id === subject.id ? {} : Object.fromEntries(told.map(([name, each]) => [name, each.at(-1)?.value ?? null])),
      earlier: told.flatMap(([name, each]) => before(each).map((was) => ({ name, ...was }))),
    };
  });
}

/** A figure of the subject that its reader may read, and that a decision binds. */
function figuresOf({ application, caller }: Work, type: string): string[] {
  const { definition } = serverRecord(application.registry, type);
  const shown = fieldsOf(definition).filter(
    ([, field]) => figures.has(field.kind) && !field.unhashed && !field.personal,
  );
  return Object.keys(readBy(definition, caller.principal, Object.fromEntries(shown.map(([name]) => [name, null]))));
}

/** What was told before the value that stands now, of what was told anew. */
function before(told: readonly Told[]): { value: unknown; until: string }[] {
  return told.flatMap(({ value, before: isBefore }, at) => {
    const next = told[at + 1];
    const isAltered = next !== undefined && JSON.stringify(next.value) !== JSON.stringify(value);
    return isAltered && !isBefore && value !== null ? [{ value, until: next.at }] : [];
  });
}
