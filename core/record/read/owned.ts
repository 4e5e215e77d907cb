// What a person owns, whatever its type: one keyset page over the index by owner.
import { z } from 'zod';
import { idText, instantText } from '../../names/forms.ts';
import { namesHidden } from './veil.ts';
import type { Principal } from '../../permission/principal.ts';
import { scopeOf } from '../../permission/scope.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import { headerColumns, toHeader } from '../define/data.ts';
import type { Header } from '../define/data.ts';
import type { Application } from '../define/work.ts';

export interface OwnedQuery {
  owner: string;
  /** Only what still has a way to go: in a state that its lifecycle does not end in. */
  open: boolean;
  limit: number;
  cursor?: string | undefined;
}

/** Records of one owner that the principal may see, edited last first. Refuses a foreign cursor by `stop`. */
export async function ownedBy(
  { pool, registry }: Application,
  principal: Principal,
  { owner, open, limit, cursor }: OwnedQuery,
): Promise<{ items: Header[]; nextCursor: string | null }> {
  const after = cursor === undefined ? [null, null] : readCursor(cursor);
  if (await namesHidden(pool, principal, owner)) return { items: [], nextCursor: null };
  const ended = [...registry.records.values()].flatMap(({ definition }) =>
    Object.entries(definition.lifecycle.states)
      .filter(([, state]) => state.final)
      .map(([name]) => [definition.type, name] as const),
  );
  const scope = scopeOf(principal, 7);
  const { rows } = await pool.query<Header>(
    `select ${headerColumns}
     from core.record r
     where ${scope.sql}
       and r.owner_id = $1
       and (not $2::boolean or (r.type, r.state) not in (select * from unnest($3::text[], $4::text[])))
       and ($5::timestamptz is null or (r.updated_at, r.id) < ($5, $6::uuid))
     order by r.updated_at desc, r.id desc
     limit ${limit + 1}`,
    [owner, open, ended.map(([type]) => type), ended.map(([, state]) => state), ...after, ...scope.values],
  );
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(toHeader),
    nextCursor: rows.length > limit && last ? writeCursor(last) : null,
  };
}

const position = z.tuple([instantText, idText]);

const writeCursor = ({ updatedAt, id }: Header): string =>
  Buffer.from(JSON.stringify([updatedAt, id])).toString('base64url');

function readCursor(cursor: string): [string, string] {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return stop(
      refuse(
        'invalid',
        refusal('list.cursor', 'The cursor is not one that this list gave.', 'Start again without a cursor.', 'cursor'),
      ),
    );
  }
}
