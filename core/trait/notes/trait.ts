import type { Trait } from '../trait.ts';
import { noteEndpoints } from './endpoints.ts';
import { notesBeside, notesBy } from './store.ts';

/** Notes: what is said of a record, to everybody who sees it or among the provider's people. */
export const notesTrait: Trait = {
  name: 'notes',
  endpoints: noteEndpoints,
  beside: notesBeside,
  personalOf:
    ({ definition: { type } }) =>
    (client, providerId, person) =>
      notesBy(client, { providerId, person, type }),
};
