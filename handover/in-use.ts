// What Operation works on: what runs for somebody, whether a version of it went live here or it was taken over as it ran.
import type { WhileIn } from '../core/record/define/fields.ts';

/**
 * A service stands in the catalogue as long as a version of it is live, in early life, restricted or retiring (model B.4); a
 * component is in service from the release that brought it until it is withdrawn.
 */
export const inUse: WhileIn = {
  states: { service: ['undecided', 'taken_over', 'catalogue'], component: ['in_service', 'deprecated'] },
  hint: 'Choose what is live or was taken over as it runs. A service that runs already though nothing led to it here is taken over first.',
};
