import { z } from 'zod';
import type { Principal } from '../permission/principal.ts';
import { loadHeader, missing } from '../record/read/load.ts';
import { editsReadBy } from '../record/define/within.ts';
import { idsIn, namesOf } from '../record/read/names.ts';
import type { Application } from '../record/define/work.ts';
import type { Json } from './format/hash.ts';
import { done, refusal, refuse } from '../refusal/refusal.ts';
import { facetsOf } from '../permission/facet.ts';
import { editsOfAll, editsSeenBy, entriesSeenBy, isAnothersEntry, linksKnown } from './visible.ts';

interface EntryRow {
  seq: number;
  occurredAt: string;
  recordedAt: string;
  actor: string | null;
  actorKind: string;
  onBehalfOf: string | null;
  channel: string;
  kind: string;
  move: string | null;
  from: string | null;
  to: string | null;
  version: number;
  edits: Record<string, Json>;
  reasonCode: string | null;
  reason: string | null;
  hash: string;
  previousHash: string | null;
  anothers: boolean;
}

/** What all see stands in another customer's entry; who made it and why is that customer's. */
const shown = ({ anothers, ...entry }: EntryRow): Omit<EntryRow, 'anothers'> =>
  anothers
    ? { ...entry, actor: null, onBehalfOf: null, reason: null, reasonCode: null, edits: editsOfAll(entry.edits) }
    : entry;

/**
 * A page of a record's entries, newest first. Personal values are not repeated here: only their commitments are. Who does not
 * read all of them is not told how they hang together: it would tell that something lies between.
 */
export async function journalPage(
  application: Application,
  principal: Principal,
  name: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const header = await loadHeader(application.pool, principal, name);
  if (!header) return missing('record', name);
  const before =
    cursor === undefined ? Number.MAX_SAFE_INTEGER : z.coerce.number().int().positive().safe().safeParse(cursor).data;
  if (before === undefined)
    return refuse(
      'invalid',
      refusal('list.cursor', 'The cursor is not one that this list gave.', 'Start again without a cursor.', 'cursor'),
    );
  const facets = facetsOf(principal);
  const { rows } = await application.pool.query<EntryRow>(
    `select seq, occurred_at as "occurredAt", recorded_at as "recordedAt", actor_id as actor, actor_kind as "actorKind",
       on_behalf_of as "onBehalfOf", channel, kind, move, from_state as "from", to_state as "to", version,
       ${editsSeenBy('$5')} as edits, reason_code as "reasonCode", reason, hash,
       case when $5::uuid[] is null then previous_hash end as "previousHash", ${isAnothersEntry('$5')} as anothers
     from core.journal j
     where j.provider_id = $1
       and j.record_id = $2
       and j.seq < $3
       and ${entriesSeenBy('$5')}
     order by j.seq desc
     limit $4`,
    [principal.providerId, header.id, before, limit + 1, facets],
  );
  const record = application.registry.records.get(header.type);
  const items = rows
    .slice(0, limit)
    .map(shown)
    .map((entry) => (record ? { ...entry, edits: editsReadBy(record.definition, principal, entry.edits) } : entry))
    // What was counted anew of what one does not read was nothing to read.
    .filter(({ kind, edits }) => kind !== 'recounted' || Object.keys(edits).length > 0);
  const names = await namesOf(
    application.pool,
    principal,
    idsIn(items.map((item) => [item.actor, item.onBehalfOf, item.edits])),
  );
  const told = facets === null ? items : items.map((item) => ({ ...item, edits: linksKnown(item, names) }));
  return done({ items: told, nextCursor: rows.length > limit ? String(rows[limit - 1]?.seq) : null, names });
}
