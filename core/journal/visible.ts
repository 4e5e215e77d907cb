import { seesProvider } from '../permission/scope.ts';
import type { Principal } from '../permission/principal.ts';

/**
 * A condition on `core.journal j`: of a record that one may see, an entry about an internal note is shown only to who acts
 * for the provider or audits it.
 */
export const entriesSeenBy = (principal: Principal): string =>
  seesProvider(principal) ? 'true' : `j.edits -> '_note' ->> 'audience' is distinct from 'internal'`;
