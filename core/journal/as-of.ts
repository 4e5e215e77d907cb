import { facetOf } from '../permission/facet.ts';
import { decisionsAsOf } from '../decision/standing-decisions.ts';
import type { Principal } from '../permission/principal.ts';
import { notFound } from '../record/read/load.ts';
import { after, seenSince } from '../record/read/since.ts';
import { idsIn, namesOf } from '../record/read/names.ts';
import type { Queryable } from '../database/queryable.ts';
import { tombstone } from '../record/define/content.ts';
import { isEdit } from '../record/act/entries.ts';
import { readBy } from '../record/define/within.ts';
import { fieldsOf } from '../record/define/define.ts';
import type { ServerRecord } from '../record/define/work.ts';
import type { Application } from '../record/define/work.ts';
import { idsOf } from '../record/page/read.ts';
import type { ReadView } from '../record/page/read.ts';
import { decisionsSeen } from '../decision/seen.ts';
import { attestedAsOf, itemsAsOf, linksAsOf } from './around-as-of.ts';
import { refusal, refuse, stop, timed } from '../refusal/refusal.ts';

interface PastEntry {
  kind: string;
  version: number;
  to_state: string | null;
  edits: Record<string, unknown>;
  occurred_at: string;
  content_hash: string;
}

/** A record as it was at an instant: its entries up to then, folded. What could be done about it is not told of the past. */
export async function foldAsOf(
  application: Application,
  record: ServerRecord,
  { current, principal, asOf }: { current: ReadView; principal: Principal; asOf: string },
): Promise<ReadView> {
  const { pool } = application;
  const { id } = current.record;
  const since = await seenSince(pool, principal, { providerId: principal.providerId, id });
  // Of the time before one came to share in it, it is as unknown as what one does not see.
  if (since !== null && Date.parse(asOf) <= Date.parse(since)) stop(notFound(record.definition, id));
  const entries = await entriesUntil(pool, id, asOf);
  const first = entries[0];
  if (!first)
    stop(
      refuse(
        'not_found',
        timed(
          refusal(
            'record.not-yet',
            `${current.record.ref} did not exist at ${asOf}.`,
            `It was created at ${current.record.createdAt}.`,
          ),
          asOf,
          current.record.createdAt,
        ),
      ),
    );
  const values: Record<string, unknown> = {};
  for (const entry of entries) Object.assign(values, entry.edits);
  const personal = await personalValues(pool, id);
  const plain = (value: unknown) => (isCommitment(value) ? (personal.get(value.commitment) ?? null) : (value ?? null));
  const last = entries.at(-1) ?? first;
  const subject = { id, providerId: principal.providerId, contentHash: last.content_hash };
  const past = {
    decisions: current.decisions.length
      ? after(since, facetOf(principal, await decisionsAsOf(pool, record, subject, asOf)))
      : [],
    checklist: itemsAsOf(entries, current.checklist),
    links: await linksAsOf(application, principal, subject, asOf),
    ...(await attestedAsOf(pool, principal, subject, { asOf, since })),
  };
  const names = { ...current.names, ...(await namesOf(pool, principal, idsIn([values, Object.values(past)]))) };
  return {
    ...current,
    ...past,
    decisions: decisionsSeen(past.decisions, names, idsOf(past.evidence)),
    moves: [],
    gates: [],
    alteredBy: {},
    canEdit: false,
    names,
    editRefusals: [
      timed(
        refusal(
          'record.past',
          `This is ${current.record.ref} as of ${asOf}; the past cannot be edited.`,
          'Leave the past to edit it.',
        ),
        asOf,
      ),
    ],
    record: {
      ...current.record,
      version: last.version,
      contentHash: last.content_hash,
      updatedAt: (entries.findLast(({ kind, edits }) => isEdit(kind, edits)) ?? last).occurred_at,
      title: (plain(values['title']) ?? tombstone) as string,
      state: entries.findLast((entry) => entry.to_state)?.to_state ?? current.record.state,
      owner: (values['_owner'] ?? null) as string | null,
      customers: (values['_customers'] ?? []) as string[],
      fields: readBy(
        record.definition,
        principal,
        Object.fromEntries(fieldsOf(record.definition).map(([name]) => [name, plain(values[name])])),
      ),
    },
    asOf: new Date(asOf).toISOString(),
  };
}

async function entriesUntil(client: Queryable, id: string, asOf: string): Promise<PastEntry[]> {
  const { rows } = await client.query(
    `select kind, version, to_state, edits, occurred_at, content_hash
     from core.journal
     where record_id = $1 and occurred_at <= $2
     order by seq`,
    [id, asOf],
  );
  return rows as PastEntry[];
}

async function personalValues(client: Queryable, id: string): Promise<Map<string, unknown>> {
  const { rows } = await client.query('select commitment, value from core.personal_value where record_id = $1', [id]);
  return new Map((rows as { commitment: string; value: unknown }[]).map((row) => [row.commitment, row.value]));
}

export const isCommitment = (value: unknown): value is { commitment: string } =>
  typeof value === 'object' && value !== null && 'commitment' in value && Object.keys(value).length === 1;
