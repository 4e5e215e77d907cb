import { scopeOf } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';
import { headerColumns, toHeader } from './data.ts';
import type { Header } from './data.ts';
import { prefixQuery, searchTerms } from './list.ts';
import type { Queryable } from './queryable.ts';

/** The records that a reference names or that hold all words or beginnings of words, edited last first. */
export async function searchHeaders(
  client: Queryable,
  principal: Principal,
  { words, types, limit }: { words: string; types: readonly string[] | null; limit: number },
): Promise<Header[]> {
  const scope = scopeOf(principal, 5);
  const { rows } = await client.query(
    `(select ${headerColumns} from core.record r where r.ref = upper($1) and ($3::text[] is null or r.type = any($3)) and ${scope.sql})
     union (select ${headerColumns} from core.record r where r.search @@ ${prefixQuery('$2')} and ($3::text[] is null or r.type = any($3)) and ${scope.sql} limit $4)
     order by "updatedAt" desc limit $4`,
    [words.trim(), searchTerms(words), types, limit, ...scope.values],
  );
  return (rows as Header[]).map(toHeader); // the select list is the header
}
