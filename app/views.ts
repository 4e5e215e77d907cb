// Shapes of the program's own answers, which server, API document and screens share.
import { z } from 'zod';

export const demoView = z
  .object({
    state: z.enum(['idle', 'running', 'finished', 'failed']),
    step: z.string().nullable(),
    steps: z.int(),
    done: z.int(),
    told: z.array(z.string()),
    fault: z.string().nullable(),
    provider: z.string().nullable(),
    wayIn: z
      .object({
        signIns: z.array(z.object({ name: z.string(), email: z.string(), role: z.string() })),
        password: z.string(),
      })
      .nullable()
      .describe('Whom to look around as; told to the one who started it, until the server stops'),
  })
  .meta({ id: 'Demo' });
