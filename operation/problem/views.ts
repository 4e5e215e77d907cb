// Shapes of the answers about problems.
import { z } from 'zod';
import { headerSchema } from '../../core/http/views.ts';

/** The incidents that a problem caused: how many, and the newest. */
export const causedView = z.object({ count: z.int(), newest: z.array(headerSchema) });
