// Shapes of the answers about incidents.
import { z } from 'zod';
import { headerSchema } from '../../core/http/views.ts';

/** What is known around an incident. */
export const aroundView = z.object({
  similar: z.array(z.object({ record: headerSchema, resolution: z.string().nullable(), because: z.array(z.string()) })),
  open: z.array(headerSchema),
});
