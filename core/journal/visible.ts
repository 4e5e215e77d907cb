import { seesProvider } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';

/**
 * A condition on `core.journal j`: of a record that one may see, an entry about an internal note is shown only to who acts
 * for the provider or audits it.
 */
export const entriesSeenBy = (principal: Principal): string =>
  seesProvider(principal) ? 'true' : `(j.kind <> 'noted' or exists (${publicNotes('select')}))`;

/** The edits of such an entry: an act may carry an internal note beside what everybody may read of it. */
export const editsSeenBy = (principal: Principal): string =>
  seesProvider(principal)
    ? 'j.edits'
    : `case when j.edits ? '_notes'
        then (j.edits - '_notes') || coalesce((${publicNotes("select jsonb_build_object('_notes', jsonb_agg(n))")} having count(*) > 0), '{}')
        else j.edits end`;

const publicNotes = (select: string) =>
  `${select} from jsonb_array_elements(j.edits -> '_notes') n where n ->> 'audience' is distinct from 'internal'`;
