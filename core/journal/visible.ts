import { seesProvider } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';

/** Lists beside a record of which some elements are internal to the provider, as entries tell them. */
const mixed = ['_notes', '_files'];

/**
 * A condition on `core.journal j`: of a record that one may see, an entry about internal notes or files alone is shown only to
 * who acts for the provider or audits it.
 */
export const entriesSeenBy = (principal: Principal): string =>
  seesProvider(principal)
    ? 'true'
    : `(j.kind <> 'noted' or ${mixed.map((name) => `exists (${publicOf(name, 'select')})`).join(' or ')})`;

/** The edits of such an entry: an act may carry an internal note beside what everybody may read of it. */
export const editsSeenBy = (principal: Principal): string =>
  seesProvider(principal)
    ? 'j.edits'
    : `case when j.edits ?| array[${mixed.map((name) => `'${name}'`).join(', ')}]
        then (j.edits ${mixed.map((name) => `- '${name}'`).join(' ')}) ${mixed.map(publicPart).join(' ')}
        else j.edits end`;

const publicPart = (name: string) =>
  `|| coalesce((${publicOf(name, `select jsonb_build_object('${name}', jsonb_agg(n))`)} having count(*) > 0), '{}')`;

const publicOf = (name: string, select: string) =>
  `${select} from jsonb_array_elements(j.edits -> '${name}') n where n ->> 'audience' is distinct from 'internal'`;
