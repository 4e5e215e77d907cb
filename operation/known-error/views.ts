// Shapes of the answers about workarounds.
import { z } from 'zod';
import { headerSchema } from '../../core/http/views.ts';

const alike = { record: headerSchema, because: z.array(z.string()) };

/** How a workaround fared on an incident. */
export const useOutcome = z.enum(['worked', 'failed']);

/** What an incident looks like: known errors with their workarounds, and problems. */
export const workaroundsView = z.object({
  knownErrors: z.array(z.object({ ...alike, workaround: z.string().nullable(), used: useOutcome.nullable() })),
  problems: z.array(z.object(alike)),
  mayUse: z.boolean().describe('You may record on this incident how a workaround fared'),
});
