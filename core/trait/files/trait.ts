import type { Trait } from '../trait.ts';
import { filesBeside } from './beside.ts';
import { fileEndpoints } from './endpoints.ts';
import { eraseFiles } from './keep.ts';
import { filesBy } from './store.ts';

/** Files: bytes that belong to a record, for everybody who sees it or for the provider alone. */
export const filesTrait: Trait = {
  name: 'files',
  endpoints: fileEndpoints,
  beside: filesBeside,
  erasing: eraseFiles,
  personalOf:
    ({ definition: { type } }) =>
    (client, providerId, person) =>
      filesBy(client, { providerId, person, type }),
};
